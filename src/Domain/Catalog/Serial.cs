using Platform.Domain.Kernel;

namespace Platform.Domain.Catalog;

/// <summary>One unit that is known by its own number.</summary>
public sealed class Serial
{
    private Serial()
    {
    }

    public SerialId Id { get; private set; }

    public ItemId ItemId { get; private set; }

    public string Code { get; private set; } = string.Empty;

    /// <summary>The scope of its item when it was registered: no other unit of such an item may have its number.</summary>
    public bool IsGlobal { get; private set; }

    public LotId? LotId { get; private set; }

    public LotStatus Status { get; private set; }

    public string? BlockReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static Serial Create(SerialRegistered registered, DateTimeOffset now) => new()
    {
        Id = registered.Serial,
        ItemId = registered.Item,
        Code = registered.Code,
        IsGlobal = registered.Scope == SerialScope.Global,
        LotId = registered.Lot,
        Status = LotStatus.Open,
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    internal void Block(string reason, DateTimeOffset at)
    {
        Status = LotStatus.Blocked;
        BlockReason = reason;
        Version++;
        UpdatedAt = at;
    }

    internal void Unblock(DateTimeOffset at)
    {
        Status = LotStatus.Open;
        BlockReason = null;
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>A unit got its number.</summary>
public sealed record SerialRegistered(SerialId Serial, ItemId Item, string Code, SerialScope Scope, LotId? Lot)
    : IEvent
{
    public Subject Subject => new(nameof(Catalog.Serial), Serial.Value);
}
