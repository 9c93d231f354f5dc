using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Quality;

/// <summary>What was decided about a lot when it arrived: whether it is looked at, by which rule, and why.</summary>
public sealed class InspectionJudgement
{
    private InspectionJudgement()
    {
    }

    public Guid Id { get; private set; }

    /// <summary>Counts lots in the order in which they were judged.</summary>
    public long Sequence { get; private set; }

    public string SourceKind { get; private set; } = string.Empty;

    public Guid SourceId { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public ItemId ItemId { get; private set; }

    public decimal Quantity { get; private set; }

    public decimal? Risk { get; private set; }

    public bool IsInspected { get; private set; }

    public decimal Sample { get; private set; }

    public int? PolicyNumber { get; private set; }

    public string? Rule { get; private set; }

    public string Why { get; private set; } = string.Empty;

    public DateTimeOffset JudgedAt { get; private set; }

    internal static InspectionJudgement Of(ArrivedGoods goods, InspectionNeed need, Envelope envelope) => new()
    {
        Id = Guid.CreateVersion7(envelope.Now),
        SourceKind = goods.Source.Kind,
        SourceId = goods.Source.Id,
        LegalEntityId = goods.LegalEntity,
        WarehouseId = goods.Warehouse,
        SupplierId = goods.Supplier,
        ItemId = goods.Item,
        Quantity = goods.Quantity,
        Risk = goods.Risk,
        IsInspected = need.IsNeeded,
        Sample = need.Sample,
        PolicyNumber = need.PolicyNumber,
        Rule = need.Rule,
        Why = need.Why,
        JudgedAt = envelope.Now,
    };
}
