using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Recommendations;

public readonly record struct RecommendationId(Guid Value) : ITypedId<RecommendationId>
{
    public static RecommendationId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>How often earlier ones of a kind were right, of those whose outcome is known.</summary>
internal sealed record TrackRecord(int Right, int Of);

/// <summary>One reason in planners' words: what it is, what is usual, and what it adds to the score.</summary>
public sealed class RecommendationReason
{
    private RecommendationReason()
    {
    }

    public Guid Id { get; private set; }

    public RecommendationId RecommendationId { get; private set; }

    /// <summary>1 weighs most.</summary>
    public int Rank { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Says { get; private set; } = string.Empty;

    public decimal? Value { get; private set; }

    public string? Unit { get; private set; }

    public decimal? Usual { get; private set; }

    /// <summary>What it adds to the score, with its sign.</summary>
    public decimal Contribution { get; private set; }

    internal static RecommendationReason Of(RecommendationId id, int rank, GivenReason given, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        RecommendationId = id,
        Rank = rank,
        Code = given.Code,
        Says = given.Says,
        Value = given.Value,
        Unit = given.Unit,
        Usual = given.Usual,
        Contribution = given.Contribution,
    };
}

/// <summary>A row behind a reason, which can be looked up.</summary>
public sealed class RecommendationEvidence
{
    private RecommendationEvidence()
    {
    }

    public Guid Id { get; private set; }

    public RecommendationId RecommendationId { get; private set; }

    public string ReasonCode { get; private set; } = string.Empty;

    public string RecordKind { get; private set; } = string.Empty;

    public Guid RecordId { get; private set; }

    public string Says { get; private set; } = string.Empty;

    /// <summary>When it was noted: later than the recommendation where it was added.</summary>
    public DateTimeOffset NotedAt { get; private set; }

    internal static RecommendationEvidence Of(RecommendationId id, string reason, GivenEvidence given, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        RecommendationId = id,
        ReasonCode = reason,
        RecordKind = given.RecordKind,
        RecordId = given.RecordId,
        Says = given.Says,
        NotedAt = at,
    };
}

public enum AlternativeKind
{
    /// <summary>Another site gives some of what it has too much.</summary>
    Transfer,

    /// <summary>Somebody else delivers.</summary>
    OtherSupplier,

    /// <summary>Nothing is changed.</summary>
    Keep,
}

/// <summary>What else could be done, with its cost and effect.</summary>
public sealed class RecommendationAlternative
{
    private RecommendationAlternative()
    {
    }

    public Guid Id { get; private set; }

    public RecommendationId RecommendationId { get; private set; }

    public int Rank { get; private set; }

    public AlternativeKind Kind { get; private set; }

    public string Says { get; private set; } = string.Empty;

    public string Effect { get; private set; } = string.Empty;

    public decimal? Quantity { get; private set; }

    public decimal? Cost { get; private set; }

    public string? CurrencyCode { get; private set; }

    public int? Days { get; private set; }

    public WarehouseId? FromWarehouseId { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    internal static RecommendationAlternative Of(RecommendationId id, int rank, GivenAlternative given, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        RecommendationId = id,
        Rank = rank,
        Kind = given.Kind,
        Says = given.Says,
        Effect = given.Effect,
        Quantity = given.Quantity,
        Cost = given.Cost,
        CurrencyCode = given.Currency,
        Days = given.Days,
        FromWarehouseId = given.FromWarehouse,
        SupplierId = given.Supplier,
    };
}
