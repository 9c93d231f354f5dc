using System.Text.Json;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality;

/// <summary>Goods of one document line that are looked at before they are anybody's to take.</summary>
public sealed class Inspection
{
    private Inspection()
    {
    }

    public InspectionId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public InspectionStatus Status { get; private set; }

    public InspectionVerdict? Verdict { get; private set; }

    public string SourceKind { get; private set; } = string.Empty;

    public Guid SourceId { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    /// <summary>Where the goods lay when it was opened.</summary>
    public BinId BinId { get; private set; }

    public ItemId ItemId { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public OwnerId OwnerId { get; private set; }

    /// <summary>What accepted goods are: usable, or received again where their release waits for something else.</summary>
    public StockCondition AcceptedAs { get; private set; }

    public decimal Quantity { get; private set; }

    public decimal Sample { get; private set; }

    public int AcceptUpTo { get; private set; }

    /// <summary>What is looked at, as JSON, as the rules said it when the goods arrived.</summary>
    public string Characteristics { get; private set; } = "[]";

    public int? PolicyNumber { get; private set; }

    public string? Rule { get; private set; }

    public string Why { get; private set; } = string.Empty;

    public decimal Accepted { get; private set; }

    public decimal Rejected { get; private set; }

    /// <summary>Of what was rejected, that of which it was carried out what becomes of it.</summary>
    public decimal Disposed { get; private set; }

    public DateTimeOffset DueAt { get; private set; }

    /// <summary>Since when it is known to wait too long.</summary>
    public DateTimeOffset? StrandedAt { get; private set; }

    public Guid? InspectorId { get; private set; }

    public Guid? InspectorPerson { get; private set; }

    public string? Inspector { get; private set; }

    public DateTimeOffset? StartedAt { get; private set; }

    public Guid? DecidedByPerson { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? Reason { get; private set; }

    public DateTimeOffset? EndedAt { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal IReadOnlyList<Characteristic> ReadCharacteristics() =>
        JsonSerializer.Deserialize<IReadOnlyList<Characteristic>>(Characteristics, KernelJson.Options)!;

    internal static Inspection Open(
        InspectionId id, string number, ArrivedGoods goods, InspectionNeed need, DateTimeOffset due, DateTimeOffset now) => new()
    {
        Id = id,
        Number = number,
        Status = InspectionStatus.Waiting,
        SourceKind = goods.Source.Kind,
        SourceId = goods.Source.Id,
        LegalEntityId = goods.LegalEntity,
        WarehouseId = goods.Warehouse,
        BinId = goods.Bin,
        ItemId = goods.Item,
        SupplierId = goods.Supplier,
        OwnerId = goods.Owner ?? OwnerId.From(goods.LegalEntity.Value),
        AcceptedAs = goods.AcceptedAs,
        Quantity = goods.Quantity,
        Sample = need.Sample,
        AcceptUpTo = need.AcceptUpTo,
        Characteristics = JsonSerializer.Serialize(need.Characteristics, KernelJson.Options),
        PolicyNumber = need.PolicyNumber,
        Rule = need.Rule,
        Why = need.Why,
        DueAt = due,
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    internal void Start(Envelope envelope)
    {
        Take(InspectionStep.Start, envelope.Now);
        (InspectorId, InspectorPerson, Inspector) = (envelope.Actor.Id, envelope.Actor.Person, envelope.Actor.Name);
        StartedAt ??= envelope.Now;
    }

    internal void Record(DateTimeOffset at) => Take(InspectionStep.Record, at);

    /// <returns>The step that the decision is.</returns>
    internal InspectionStep Decide(decimal accepted, decimal rejected, string? reason, Envelope envelope)
    {
        var step = rejected == 0m ? InspectionStep.Accept : InspectionStep.Reject;
        Take(step, envelope.Now);
        (Accepted, Rejected, Reason) = (accepted, rejected, reason);
        Verdict = (accepted, rejected) switch
        {
            (_, 0m) => InspectionVerdict.Accepted,
            (0m, _) => InspectionVerdict.Rejected,
            _ => InspectionVerdict.Split,
        };
        (DecidedByPerson, DecidedAt) = (envelope.Actor.Person, envelope.Now);
        return step;
    }

    /// <returns>The step that it is: of the last rejected unit it closes.</returns>
    internal InspectionStep Dispose(decimal quantity, DateTimeOffset at)
    {
        var step = Disposed + quantity == Rejected ? InspectionStep.DisposeAll : InspectionStep.Dispose;
        Take(step, at);
        Disposed += quantity;
        return step;
    }

    internal void Cancel(string reason, DateTimeOffset at)
    {
        Take(InspectionStep.Cancel, at);
        Reason = reason;
    }

    internal void Strand(DateTimeOffset at)
    {
        StrandedAt = at;
        Version++;
        UpdatedAt = at;
    }

    internal InspectionMoved Moved(InspectionStep step, InspectionStatus from) => new(
        Id, Number, step, from, Status, Verdict, Quantity, Accepted, Rejected, Disposed, SourceKind, SourceId, LegalEntityId,
        WarehouseId, ItemId, SupplierId, Version, Reason);

    private void Take(InspectionStep step, DateTimeOffset at)
    {
        Status = InspectionSteps.After(Status, step);
        EndedAt = Status is InspectionStatus.Closed or InspectionStatus.Cancelled ? at : null;
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>The units of an inspection that share a lot, a serial or a handling unit.</summary>
public sealed class InspectionPart
{
    private InspectionPart()
    {
    }

    public InspectionPartId Id { get; private set; }

    public InspectionId InspectionId { get; private set; }

    public int Part { get; private set; }

    public LotId? LotId { get; private set; }

    public SerialId? SerialId { get; private set; }

    public HandlingUnitId? HandlingUnitId { get; private set; }

    public decimal Quantity { get; private set; }

    public decimal Accepted { get; private set; }

    /// <summary>Of what was accepted, that over which a hold stands.</summary>
    public decimal Withheld { get; private set; }

    public decimal Rejected { get; private set; }

    public decimal Disposed { get; private set; }

    public int Version { get; private set; }

    internal static InspectionPart Of(InspectionPartId id, InspectionId inspection, int part, GoodsPart goods) => new()
    {
        Id = id,
        InspectionId = inspection,
        Part = part,
        LotId = goods.Lot,
        SerialId = goods.Serial,
        HandlingUnitId = goods.HandlingUnit,
        Quantity = goods.Quantity,
        Version = 1,
    };

    internal void Withhold(decimal quantity) => Withheld += quantity;

    internal void Free(decimal quantity)
    {
        Withheld -= quantity;
        Version++;
    }

    internal void Decide(decimal accepted, decimal rejected)
    {
        (Accepted, Rejected) = (accepted, rejected);
        Version++;
    }

    internal void Dispose(decimal quantity)
    {
        Disposed += quantity;
        Version++;
    }
}
