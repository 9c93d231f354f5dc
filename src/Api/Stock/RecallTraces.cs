using Platform.Api.Access;
using Platform.Api.Reading;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Tracing;
using Platform.Domain.Warehouses;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Stock;

/// <summary>Everything the ledger knows of a lot or numbered unit, for a recall: whom it came from, where it lies, who has it.</summary>
/// <param name="Suppliers">Backward: whom it came from, and with which receipts.</param>
/// <param name="Customers">Forward: everybody who has some of it, and with which shipments; returns are taken off.</param>
/// <param name="Holdings">Where it still lies, on the road included.</param>
[Authorize("stock.read")]
public sealed record RecallTrace(
    [property: ListSize(AssumedSize = 5)] IReadOnlyList<RecallEnd> Suppliers,
    [property: ListSize(AssumedSize = 20)] IReadOnlyList<RecallEnd> Customers,
    [property: ListSize(AssumedSize = 20)] IReadOnlyList<RecallHolding> Holdings)
{
    internal static RecallTrace Of(StockTrace trace) => new(
        [.. trace.Suppliers.Select(RecallEnd.Of)], [.. trace.Customers.Select(RecallEnd.Of)], [.. trace.Holdings.Select(RecallHolding.Of)]);
}

/// <summary>One company that goods of a lot came from or went to.</summary>
/// <param name="Quantity">Base units, returns and reversals taken off.</param>
/// <param name="FirstAt">When the first of them moved.</param>
/// <param name="LastAt">When the last of them moved.</param>
/// <param name="Documents">What they came or went with; the first hundred.</param>
[Authorize("stock.read")]
public sealed record RecallEnd(
    decimal Quantity,
    DateTimeOffset FirstAt,
    DateTimeOffset LastAt,
    [property: ListSize(AssumedSize = 5)] IReadOnlyList<RecallDocument> Documents)
{
    internal Guid? Partner { get; init; }

    internal static RecallEnd Of(TraceEnd end) => new(
        end.Quantity, end.First, end.Last, [.. end.Postings.Select(posting => new RecallDocument(posting.Value))])
    {
        Partner = end.Partner?.Value,
    };
}

/// <summary>A posted document of a trace.</summary>
/// <param name="PostingId">Its id.</param>
[Authorize("stock.read")]
public sealed record RecallDocument([property: ID("StockPosting")] Guid PostingId);

/// <summary>Goods of a lot that still lie somewhere.</summary>
/// <param name="Condition">What may be done with them.</param>
/// <param name="IsInTransit">Whether they are on the road.</param>
/// <param name="Quantity">Base units.</param>
[Authorize("stock.read")]
public sealed record RecallHolding(StockCondition Condition, bool IsInTransit, decimal Quantity)
{
    internal Guid Bin { get; init; }

    internal Guid Warehouse { get; init; }

    internal static RecallHolding Of(TraceHolding holding) =>
        new(holding.Condition, holding.IsInTransit, holding.Quantity) { Bin = holding.Bin.Value, Warehouse = holding.Warehouse.Value };
}

/// <summary>What lay in a bin at an instant.</summary>
/// <param name="Condition">What could be done with it.</param>
/// <param name="Quantity">Base units.</param>
[Authorize("stock.read")]
public sealed record PastStock(StockCondition Condition, decimal Quantity)
{
    internal Guid Bin { get; init; }
}

[QueryType]
internal static class RecallQueries
{
    /// <summary>A lot from every receipt to every customer, as far as the caller may see; null when there is no such lot.</summary>
    /// <param name="id">The lot.</param>
    [Authorize("stock.read")]
    public static async Task<RecallTrace?> GetLotTraceAsync([ID("Lot")] Guid id, StockTraces traces, RequestContext request, CancellationToken ct) =>
        await traces.OfLotAsync(LotId.From(id), Principal.Of(request).Rows, ct) is { } trace ? RecallTrace.Of(trace) : null;

    /// <summary>A numbered unit from its receipt to its customer, as far as the caller may see; null when there is no such unit.</summary>
    /// <param name="id">The numbered unit.</param>
    [Authorize("stock.read")]
    public static async Task<RecallTrace?> GetSerialTraceAsync([ID("Serial")] Guid id, StockTraces traces, RequestContext request, CancellationToken ct) =>
        await traces.OfSerialAsync(SerialId.From(id), Principal.Of(request).Rows, ct) is { } trace ? RecallTrace.Of(trace) : null;

    /// <summary>What lay where at an instant, as the ledger knew it then.</summary>
    /// <param name="itemId">The item.</param>
    /// <param name="at">The instant.</param>
    [Authorize("stock.read"), ListSize(AssumedSize = 50)]
    public static async Task<IReadOnlyList<PastStock>> GetStockAsOfAsync(
        [ID("Item")] Guid itemId, DateTimeOffset at, StockTraces traces, RequestContext request, CancellationToken ct) =>
        [
            .. (await traces.AsOfAsync(ItemId.From(itemId), at, Principal.Of(request).Rows, ct))
                .Select(held => new PastStock(held.Key.Condition, held.Value) { Bin = held.Key.Bin.Value }),
        ];
}

/// <summary>The rows that traces name, planned like every other read: with the reader's own permissions and rows.</summary>
internal static class RecallRows
{
    public static void Add(SchemaBuilder schema)
    {
        Hang<RecallEnd>(schema, "partner", typeof(PartnerId), end => end.Partner, "The company; null where the ledger names none.");
        Hang<RecallDocument>(schema, "posting", typeof(StockPostingId), document => document.PostingId, "The posted document, with its movements.");
        Hang<RecallHolding>(schema, "bin", typeof(BinId), holding => holding.Bin, "The bin it lies in.");
        Hang<RecallHolding>(schema, "warehouse", typeof(WarehouseId), holding => holding.Warehouse, "The warehouse it lies in.");
        Hang<PastStock>(schema, "bin", typeof(BinId), held => held.Bin, "The bin it lay in.");
    }

    private static void Hang<T>(SchemaBuilder schema, string name, Type id, Func<T, Guid?> idOf, string description)
    {
        var field = schema.Object(typeof(T).Name).Field(name);
        field.Description = description;
        EntityFields.Hang(field, id, parent => idOf((T)parent));
    }
}
