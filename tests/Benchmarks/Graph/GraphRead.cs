using Platform.GraphQL.Conventions;

namespace Platform.Tests.Benchmarks.Graph;

/// <summary>
/// One read that is measured: as a document for ours and, but for ids, for Mercurius, whose schema is the same; and for
/// PostGraphile, whose names are made of the tables' and told as ours by aliases.
/// </summary>
internal sealed record GraphRead(string Name, string Query, string PostGraphile, int Requests)
{
    private static readonly Guid RawItem = GraphRows.Id(3, 4711);
    private static readonly string Item = NodeIdFormat.Write("Item", RawItem);

    /// <summary>The document for a server that has the same schema and ids as they stand in the table.</summary>
    public string WithRawIds => Query.Replace(Item, RawItem.ToString(), StringComparison.Ordinal);

    /// <summary>The four reads of DESIGN §6, over the entities that exist.</summary>
    public static IReadOnlyList<GraphRead> All { get; } =
    [
        new(
            "item-by-id",
            $$"""{ itemById(id: "{{Item}}") { id code name status version } }""",
            $$"""{ itemById: itemByRowId(rowId: "{{RawItem}}") { id: rowId code name status version } }""",
            8_000),
        new(
            "page-of-50",
            """{ items(first: 50, where: { code: { startsWith: "I0012" } }, order: [{ name: ASC }]) { nodes { id code name status version } } }""",
            """{ items: items(prefix: "I0012", first: 50) { nodes { id: rowId code name status version } } }""",
            2_000),
        new(
            "postings-movements-item",
            """{ stockPostings(first: 20, order: [{ documentNumber: ASC }]) { nodes { id documentNumber postingDate legalEntity { code } movements(first: 10) { nodes { id line quantity item { code name } } } } } }""",
            """{ stockPostings: allStockPostings(first: 20, orderBy: [DOCUMENT_NUMBER_ASC]) { nodes { id: rowId documentNumber postingDate legalEntity: legalEntityByLegalEntityId { code } movements: stockMovementsByPostingId(first: 10) { nodes { id: rowId line quantity item: itemByItemId { code name } } } } } }""",
            1_500),
        new(
            "postings-movements-item-stock",
            """{ stockPostings(first: 20, order: [{ documentNumber: ASC }]) { nodes { id documentNumber movements(first: 10) { nodes { id quantity item { code name stockBalances(first: 4) { nodes { onHand warehouse { code } } } } } } } } }""",
            """{ stockPostings: allStockPostings(first: 20, orderBy: [DOCUMENT_NUMBER_ASC]) { nodes { id: rowId documentNumber movements: stockMovementsByPostingId(first: 10) { nodes { id: rowId quantity item: itemByItemId { code name stockBalances: stockBalancesByItemId(first: 4) { nodes { onHand warehouse: warehouseByWarehouseId { code } } } } } } } } }""",
            600),
    ];
}
