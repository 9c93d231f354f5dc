using Platform.Api.Access;
using Platform.Api.Reading.Running;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Quality;
using Platform.Domain.Warehouses;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;

namespace Platform.Api.Quality;

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

        return await StockExplanations.ExplainAsync(
            connection, transaction, new ExplainedPlace(new ItemId(itemId), new WarehouseId(warehouseId), clock.GetUtcNow()), ct);
    }
}
