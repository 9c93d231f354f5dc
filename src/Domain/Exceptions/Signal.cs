using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Exceptions;

/// <summary>One thing that the signal knows: "expected" is "1000".</summary>
public sealed record CaseFact(string Name, string Value);

/// <summary>Something is not as it should be, told by whoever found it, in the transaction in which it was found.</summary>
public sealed record Signal
{
    public required string Category { get; init; }

    /// <summary>Equal for signals about the same trouble: <c>SHORT_RECEIPT/order line 17</c>.</summary>
    public required string CorrelationKey { get; init; }

    public required string Title { get; init; }

    /// <summary>The document or record that it is about.</summary>
    public required Subject Source { get; init; }

    /// <summary>What happened to it: the name of the event, which every function can look up by the source.</summary>
    public required string SourceEvent { get; init; }

    /// <summary>The category's own when null.</summary>
    public CaseSeverity? Severity { get; init; }

    public ServiceImpact ServiceImpact { get; init; }

    public decimal? ValueAtStake { get; init; }

    public string? Currency { get; init; }

    public LegalEntityId? LegalEntity { get; init; }

    public WarehouseId? Warehouse { get; init; }

    public SupplierId? Supplier { get; init; }

    public CustomerId? Customer { get; init; }

    public ItemId? Item { get; init; }

    public IReadOnlyList<CaseFact> Facts { get; init; } = [];
}

/// <summary>Where a signal went.</summary>
/// <param name="Case">The case.</param>
/// <param name="IsNew">True when it opened the case, false when it joined one.</param>
public sealed record Signalled(ExceptionCaseId Case, bool IsNew);
