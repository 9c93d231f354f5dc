using Platform.GraphQL.Conventions;

namespace Platform.Tests.Benchmarks.Graph;

/// <summary>One read that is measured: as a document for ours, as a path for the hand-written endpoint.</summary>
internal sealed record GraphRead(string Name, string Query, int Requests)
{
    /// <summary>The four reads of DESIGN §6, over the entities that exist.</summary>
    public static IReadOnlyList<GraphRead> All { get; } =
    [
        new("item-by-id", $$"""{ itemById(id: "{{NodeIdFormat.Write("Item", GraphRows.Id(3, 4711))}}") { id code name status version } }""", 8_000),
        new(
            "page-of-50",
            """{ items(first: 50, where: { code: { startsWith: "I0012" } }, order: [{ name: ASC }]) { nodes { id code name status version } } }""",
            2_000),
        new(
            "postings-movements-item",
            """{ stockPostings(first: 20, order: [{ documentNumber: ASC }]) { nodes { id documentNumber postingDate legalEntity { code } movements(first: 10) { nodes { id line quantity item { code name } } } } } }""",
            1_500),
        new(
            "postings-movements-item-stock",
            """{ stockPostings(first: 20, order: [{ documentNumber: ASC }]) { nodes { id documentNumber movements(first: 10) { nodes { id quantity item { code name stockBalances(first: 4) { nodes { onHand warehouse { code } } } } } } } } }""",
            600),
    ];
}
