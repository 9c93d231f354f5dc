using Platform.Api.Access;
using Platform.Api.Reading.Running;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Quality;
using Platform.Domain.Warehouses;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;

namespace Platform.Api.Quality;

/// <summary>So many units in one state, and why nobody may take them, if so.</summary>
/// <param name="Bucket">The state: AVAILABLE, ALLOCATED, STAGED, RECEIVING, INSPECTION, QUARANTINED, DAMAGED and so on.</param>
/// <param name="Quantity">How many base units.</param>
/// <param name="IsUsable">Whether they may be promised.</param>
/// <param name="Why">What stands in the way, in words; null when nothing does.</param>
/// <param name="Since">Since when the oldest of them lies so.</param>
/// <param name="References">Numbers of the inspections and holds behind it.</param>
[Authorize("stock.read")]
public sealed record ExplainedStock(
    string Bucket, decimal Quantity, bool IsUsable, string? Why, DateTimeOffset? Since, IReadOnlyList<string> References);

/// <summary>What there is of an item at a site, and why it is not all to be had.</summary>
/// <param name="OnHand">How many base units lie there, in whatever state.</param>
/// <param name="Available">How many of them may be promised or taken.</param>
/// <param name="Promised">How many are promised and not yet taken from a bin.</param>
/// <param name="IsFalseShortage">More is promised than may be taken, while enough lies there.</param>
/// <param name="Sentence">The same in one sentence.</param>
/// <param name="Buckets">State by state.</param>
/// <param name="At">When it was looked at.</param>
[Authorize("stock.read")]
public sealed record StockExplanation(
    decimal OnHand, decimal Available, decimal Promised, bool IsFalseShortage, string Sentence, IReadOnlyList<ExplainedStock> Buckets, DateTimeOffset At);

[QueryType]
internal static class StockExplanationQueries
{
    /// <summary>What there is of an item at a site, what of it may be taken, and what stands in the way of the rest.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="warehouseId">The site.</param>
    /// <param name="reads">Knows the connections of the caller.</param>
    /// <param name="clock">The time of the answer.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="ct">Ends the waiting.</param>
    [Authorize("stock.read")]
    public static async Task<StockExplanation> GetStockExplanationAsync(
        [ID("Item")] Guid itemId, [ID("Warehouse")] Guid warehouseId, ReadServices reads, TimeProvider clock, RequestContext request,
        CancellationToken ct)
    {
        var rows = Principal.Of(request).Rows;
        await using var connection = await reads.SourceFor(rows).OpenConnectionAsync(ct);
        await using var transaction = await connection.BeginTransactionAsync(ct);
        if (!rows.IsEverything)
        {
            await using var batch = new Npgsql.NpgsqlBatch(connection, transaction) { BatchCommands = { RowSettings.Of(rows) } };
            await batch.ExecuteNonQueryAsync(ct);
        }

        var found = await StockExplanations.ExplainAsync(
            connection, transaction, new ExplainedPlace(new ItemId(itemId), new WarehouseId(warehouseId), clock.GetUtcNow()), ct);
        return new StockExplanation(
            found.OnHand, found.Available, found.Promised, found.IsFalseShortage, found.Sentence,
            [
                .. found.Buckets.Select(one => new ExplainedStock(one.Bucket, one.Quantity, one.IsUsable, one.Why, one.Since, one.References)),
            ],
            found.At);
    }
}
