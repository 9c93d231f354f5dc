using Platform.Domain.Kernel;

namespace Platform.Domain.Catalog;

/// <summary>Two items that look like one, and who said with what reason that they are two.</summary>
public sealed class ItemDuplicateOverride
{
    private ItemDuplicateOverride()
    {
    }

    public ItemId ItemId { get; private set; }

    public ItemId OtherId { get; private set; }

    public DuplicateCause Cause { get; private set; }

    public Guid OverriddenBy { get; private set; }

    public string Reason { get; private set; } = string.Empty;

    public DateTimeOffset CreatedAt { get; private set; }

    internal static ItemDuplicateOverride Create(DuplicateOverridden overridden, Envelope envelope) => new()
    {
        ItemId = overridden.Item,
        OtherId = overridden.Other,
        Cause = overridden.Cause,
        OverriddenBy = envelope.Actor.Id,
        Reason = overridden.Reason,
        CreatedAt = envelope.Now,
    };
}
