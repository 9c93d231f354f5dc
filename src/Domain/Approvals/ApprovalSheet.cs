using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Approvals;

/// <summary>One thing that will be otherwise: "status" from "draft" to "released".</summary>
public sealed record ShownEffect(string What, string? Before, string? After);

/// <summary>What an approver is shown, and what decides who that is; written by the capability that asks.</summary>
public sealed record ApprovalSheet
{
    /// <summary>A kind of the register: <c>PURCHASE_ORDER</c>.</summary>
    public required string Kind { get; init; }

    public required Subject Subject { get; init; }

    public required string Title { get; init; }

    public string? Note { get; init; }

    public required IReadOnlyList<ShownEffect> Effects { get; init; }

    /// <summary>
    /// Whose facts must still be the same when the action runs; their kinds are read by <see cref="IMaterialFacts"/>.
    /// </summary>
    public required IReadOnlyList<Subject> Preconditions { get; init; }

    public decimal? Amount { get; init; }

    public string? Currency { get; init; }

    public LegalEntityId? LegalEntity { get; init; }

    public WarehouseId? Warehouse { get; init; }

    public SupplierId? Supplier { get; init; }

    public string? SupplierCategory { get; init; }

    public string? Criticality { get; init; }

    public string? ExceptionType { get; init; }

    public bool IsOffContract { get; init; }
}

/// <summary>
/// Reads what an approver relies on of one kind of subject: status, quantities, prices, the version of a policy. Contributed
/// by the capability that owns it.
/// </summary>
public interface IMaterialFacts
{
    string Kind { get; }

    /// <summary>The facts as an object of plain values, its rows locked until the commit; null when there is no such subject.</summary>
    Task<object?> ReadAsync(Guid id, CancellationToken ct);
}

/// <summary>The facts of one subject as they were shown.</summary>
internal sealed record ShownFacts(string Kind, Guid Id, JsonElement Facts);

/// <summary>One fact that is no longer as it was shown.</summary>
public sealed record FactChange(string Kind, Guid Id, string Fact, string? Was, string? Now);
