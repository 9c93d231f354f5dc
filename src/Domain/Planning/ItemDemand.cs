using Platform.Domain.Catalog;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>Where a demand is known from.</summary>
public enum DemandSource
{
    /// <summary>What left for customers, as the ledger shows it.</summary>
    Ledger,
    SalesOrder,
    Forecast,
    Promotion,

    /// <summary>A project or a customer's order that the goods are meant for.</summary>
    Project,
}

public enum DemandStatus
{
    Counted,

    /// <summary>Another channel brought the same; it counts once somebody said so.</summary>
    Suspect,
    Refused,
}

public enum DemandVerdict
{
    /// <summary>It is wanted beside the other.</summary>
    Count,

    /// <summary>It is the other, told twice.</summary>
    Refuse,
}

/// <summary>How much of an item was or will be wanted at a site on a day, and who says so (PRC-01).</summary>
public sealed class ItemDemand
{
    private ItemDemand()
    {
    }

    public ItemDemandId Id { get; private set; }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public DateOnly Day { get; private set; }

    public DemandSource Source { get; private set; }

    public FulfillmentChannelId? ChannelId { get; private set; }

    /// <summary>The document it stands in.</summary>
    public string? Reference { get; private set; }

    public decimal Quantity { get; private set; }

    public DemandStatus Status { get; private set; }

    /// <summary>Why somebody decided so.</summary>
    public string? Reason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset RecordedAt { get; private set; }

    internal static ItemDemand Of(RecordDemand recorded, DemandDay day, DemandStatus status, DateTimeOffset at) => new()
    {
        Id = new ItemDemandId(Guid.CreateVersion7(at)),
        ItemId = recorded.Item,
        WarehouseId = recorded.Warehouse,
        Day = day.Day,
        Source = recorded.Source,
        ChannelId = recorded.Channel,
        Reference = recorded.Reference,
        Quantity = day.Quantity,
        Status = status,
        Version = 1,
        RecordedAt = at,
    };

    internal void Restate(decimal quantity, DateTimeOffset at)
    {
        (Quantity, RecordedAt) = (quantity, at);
        Version++;
    }

    internal void Decide(DemandVerdict verdict, string reason)
    {
        Status = verdict == DemandVerdict.Count ? DemandStatus.Counted : DemandStatus.Refused;
        Reason = reason;
        Version++;
    }
}
