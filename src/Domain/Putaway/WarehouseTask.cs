using System.Collections.Frozen;
using System.Text.Json;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Putaway;

public enum WarehouseTaskKind
{
    Putaway,

    /// <summary>Straight to where orders leave, because somebody waits for it (RCV-11).</summary>
    CrossDock,
}

public enum WarehouseTaskStatus
{
    /// <summary>Anybody may take it.</summary>
    Offered,
    Claimed,

    /// <summary>It cannot be done as it was thought; somebody decides how it goes on.</summary>
    Exception,
    Done,
    Cancelled,
}

public enum WarehouseTaskStep
{
    Claim,

    /// <summary>Given back, for somebody else to take.</summary>
    GiveBack,
    Confirm,
    Fail,

    /// <summary>Sent to another bin.</summary>
    Redirect,
    Cancel,
}

/// <summary>The life of a task, as its whole table.</summary>
internal static class WarehouseTaskSteps
{
    public static FrozenDictionary<(WarehouseTaskStatus From, WarehouseTaskStep Step), WarehouseTaskStatus> Table { get; } =
        new Dictionary<(WarehouseTaskStatus From, WarehouseTaskStep Step), WarehouseTaskStatus>
        {
            [(WarehouseTaskStatus.Offered, WarehouseTaskStep.Claim)] = WarehouseTaskStatus.Claimed,
            [(WarehouseTaskStatus.Offered, WarehouseTaskStep.Redirect)] = WarehouseTaskStatus.Offered,
            [(WarehouseTaskStatus.Offered, WarehouseTaskStep.Fail)] = WarehouseTaskStatus.Exception,
            [(WarehouseTaskStatus.Offered, WarehouseTaskStep.Cancel)] = WarehouseTaskStatus.Cancelled,
            [(WarehouseTaskStatus.Claimed, WarehouseTaskStep.GiveBack)] = WarehouseTaskStatus.Offered,
            [(WarehouseTaskStatus.Claimed, WarehouseTaskStep.Redirect)] = WarehouseTaskStatus.Claimed,
            [(WarehouseTaskStatus.Claimed, WarehouseTaskStep.Confirm)] = WarehouseTaskStatus.Done,
            [(WarehouseTaskStatus.Claimed, WarehouseTaskStep.Fail)] = WarehouseTaskStatus.Exception,
            [(WarehouseTaskStatus.Claimed, WarehouseTaskStep.Cancel)] = WarehouseTaskStatus.Cancelled,
            [(WarehouseTaskStatus.Exception, WarehouseTaskStep.Redirect)] = WarehouseTaskStatus.Offered,
            [(WarehouseTaskStatus.Exception, WarehouseTaskStep.Fail)] = WarehouseTaskStatus.Exception,
            [(WarehouseTaskStatus.Exception, WarehouseTaskStep.Cancel)] = WarehouseTaskStatus.Cancelled,
        }.ToFrozenDictionary();

    public static DomainError? Refuse(WarehouseTask task, int version, WarehouseTaskStep step) =>
        task.Version == version
            ? RefuseStep(task, step)
            : new StaleVersion(nameof(WarehouseTask), task.Id.Value, version, task.Version);

    public static WrongTaskStatus? RefuseStep(WarehouseTask task, WarehouseTaskStep step) =>
        Table.ContainsKey((task.Status, step)) ? null : new WrongTaskStatus(task.Id, task.Status, step);
}

/// <summary>Goods that somebody is to carry from one bin to another.</summary>
public sealed class WarehouseTask
{
    private WarehouseTask()
    {
    }

    public WarehouseTaskId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public WarehouseTaskKind Kind { get; private set; }

    public WarehouseTaskStatus Status { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public ReceiptLineId? ReceiptLineId { get; private set; }

    /// <summary>Whose goods they will be, where they go straight to an order.</summary>
    public ReservationId? ReservationId { get; private set; }

    public WarehouseTaskId? SplitFromId { get; private set; }

    public ItemId ItemId { get; private set; }

    public LotId? LotId { get; private set; }

    public SerialId? SerialId { get; private set; }

    public HandlingUnitId? HandlingUnitId { get; private set; }

    public OwnerId OwnerId { get; private set; }

    public BinId FromBinId { get; private set; }

    public StockCondition Condition { get; private set; }

    public decimal Quantity { get; private set; }

    public BinId? ToBinId { get; private set; }

    /// <summary>Which rule chose the bin, and which bins refused, as JSON.</summary>
    public string Explanation { get; private set; } = "{}";

    /// <summary>The lowest is offered first.</summary>
    public int Priority { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    public DateTimeOffset? LateAt { get; private set; }

    public Guid? WorkerId { get; private set; }

    public Guid? WorkerPerson { get; private set; }

    public string? Worker { get; private set; }

    public DateTimeOffset? ClaimedAt { get; private set; }

    public BinId? ActualBinId { get; private set; }

    public decimal? Confirmed { get; private set; }

    public string? OverrideReason { get; private set; }

    public StockPostingId? PostingId { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public string? Reason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal GoodsToPut Goods => new(
        LegalEntityId, WarehouseId, FromBinId, ItemId, LotId, SerialId, HandlingUnitId, OwnerId, Condition, ReceiptLineId);

    internal static WarehouseTask Of(WarehouseTaskId id, string number, GoodsToPut goods, DirectedShare share, DateTimeOffset due, DateTimeOffset now) => new()
    {
        Id = id,
        Number = number,
        Kind = share.Kind,
        Status = share.Bin is null ? WarehouseTaskStatus.Exception : WarehouseTaskStatus.Offered,
        LegalEntityId = goods.LegalEntity,
        WarehouseId = goods.Warehouse,
        ReceiptLineId = goods.ReceiptLine,
        ReservationId = share.Reservation,
        SplitFromId = share.SplitFrom,
        ItemId = goods.Item,
        LotId = goods.Lot,
        SerialId = goods.Serial,
        HandlingUnitId = goods.HandlingUnit,
        OwnerId = goods.Owner,
        FromBinId = goods.Bin,
        Condition = goods.Condition,
        Quantity = share.Quantity,
        ToBinId = share.Bin,
        Explanation = JsonSerializer.Serialize(share.Explanation, KernelJson.Options),
        Priority = share.Kind == WarehouseTaskKind.CrossDock ? 1 : 5,
        DueAt = due,
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    internal void Claim(Envelope envelope)
    {
        Take(WarehouseTaskStep.Claim, envelope.Now);
        (WorkerId, WorkerPerson, Worker, ClaimedAt) = (envelope.Actor.Id, envelope.Actor.Person, envelope.Actor.Name, envelope.Now);
    }

    internal void GiveBack(DateTimeOffset at)
    {
        Take(WarehouseTaskStep.GiveBack, at);
        Forget();
    }

    internal void Redirect(DirectedShare share, DateTimeOffset at)
    {
        Take(WarehouseTaskStep.Redirect, at);
        (ToBinId, Quantity) = (share.Bin, share.Quantity);
        Explanation = JsonSerializer.Serialize(share.Explanation, KernelJson.Options);
        if (Status == WarehouseTaskStatus.Offered)
        {
            Forget();
        }
    }

    internal void Fail(string reason, DateTimeOffset at)
    {
        Take(WarehouseTaskStep.Fail, at);
        Reason = reason;
    }

    internal void Cancel(string reason, DateTimeOffset at)
    {
        Take(WarehouseTaskStep.Cancel, at);
        (Reason, EndedAt) = (reason, at);
    }

    internal void Confirm(BinId bin, decimal quantity, string? overrideReason, StockPostingId posting, DateTimeOffset at)
    {
        Take(WarehouseTaskStep.Confirm, at);
        (ActualBinId, Confirmed, OverrideReason, PostingId, EndedAt) = (bin, quantity, overrideReason, posting, at);
    }

    internal void RunLate(DateTimeOffset at)
    {
        LateAt = at;
        Version++;
        UpdatedAt = at;
    }

    internal WarehouseTaskMoved Moved(WarehouseTaskStep? step, WarehouseTaskStatus from) => new(
        Id, Number, Kind, step, from, Status, LegalEntityId, WarehouseId, ItemId, FromBinId, ToBinId, ActualBinId, Quantity, Confirmed, Worker,
        ReceiptLineId, PostingId, Version, OverrideReason ?? Reason);

    private void Forget() => (WorkerId, WorkerPerson, Worker, ClaimedAt) = (null, null, null, null);

    private void Take(WarehouseTaskStep step, DateTimeOffset at)
    {
        Status = WarehouseTaskSteps.Table[(Status, step)];
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>A task was made or took a step; everything a list shows of it stands in the event.</summary>
public sealed record WarehouseTaskMoved(
    WarehouseTaskId Task,
    string Number,
    WarehouseTaskKind Kind,
    WarehouseTaskStep? Step,
    WarehouseTaskStatus From,
    WarehouseTaskStatus To,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    ItemId Item,
    BinId FromBin,
    BinId? ToBin,
    BinId? ActualBin,
    decimal Quantity,
    decimal? Confirmed,
    string? Worker,
    ReceiptLineId? ReceiptLine,
    StockPostingId? Posting,
    int Version,
    string? Reason) : IEvent
{
    public Subject Subject => new(nameof(WarehouseTask), Task.Value);
}
