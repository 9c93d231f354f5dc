using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Reading;

/// <summary>
/// The SQL of representative operations, kept beside this file: reviews read its changes first. The number of statements is
/// the number of list levels, whatever the number of rows. `UPDATE_SNAPSHOTS=1` rewrites.
/// </summary>
public sealed partial class StatementTests(ReadWorld world) : IClassFixture<ReadWorld>, IAsyncLifetime
{
    public static TheoryData<string, int, string> Operations => new()
    {
        { "lookup", 1, "{ itemByCode(code: \"X\") { name baseUnit { code kind } } }" },
        { "page", 1, "{ items(first: 50, where: { code: { startsWith: \"A_\" } }, order: [{ name: ASC }]) { nodes { id code } } }" },
        {
            "page-and-total", 2,
            "{ bins(first: 5, order: [{ dedicatedItem: { code: DESC_NULLS_LAST } }, { rank: ASC }]) { totalCount edges { cursor node { code zone { code warehouse { code } } } } pageInfo { endCursor } } }"
        },
        {
            "three-levels", 3,
            "{ warehouses(first: 3) { nodes { code legalEntity { code } zones(first: 2, where: { status: { eq: ACTIVE } }) { nodes { code bins(first: 4, order: [{ code: ASC }]) { nodes { code dedicatedItem { code } } } } } } } }"
        },
        {
            "stock-of-items", 3,
            "{ items(first: 20) { nodes { code stockBalancesAggregate(groupBy: [WAREHOUSE, CONDITION]) { key { condition warehouse { code } } sum { onHand available } } stockBalances(first: 5, order: [{ onHand: DESC }]) { nodes { available bin { code } } } } } }"
        },
        {
            "relations-in-filters", 1,
            "{ items(where: { or: [{ lots: { some: { expiresOn: { lt: \"2026-01-01\" } } } }, { stockBalances: { all: { onHand: { eq: 0 } } } }, { baseUnit: { kind: { eq: COUNT } }, serials: { any: false } }] }) { nodes { code } } }"
        },
        { "two-lists", 2, "{ units(first: 2) { nodes { code } } currencies(first: 2) { nodes { code } } }" },
        { "nodes", 2, "{ nodes(ids: [\"VW5pdDpFQQ==\", \"Q3VycmVuY3k6RVVS\", \"VW5pdDpLRw==\"]) { id ... on Unit { kind } ... on Currency { digits } } }" },
    };

    public async Task InitializeAsync()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, 2, 1m));
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task An_operation_is_these_statements_and_no_others(string name, int statements, string query)
    {
        var answer = await world.AskAsync(query);

        answer.Json["errors"].ShouldBeNull(answer.Text);
        answer.Sql.Count.ShouldBe(statements);
        ShouldBeStored($"{name}.sql", answer.Sql);
    }

    [Fact]
    public async Task The_callers_rows_are_part_of_every_statement_at_every_level()
    {
        var some = new Platform.Domain.Kernel.RowScope(
            new HashSet<Guid> { world.Entity.Value }, new HashSet<Guid> { world.Warehouse.Value }, Suppliers: null);

        var answer = await world.AskAsync(
            ReadWorld.Everyone with { Rows = some },
            "{ items(first: 3, where: { stockBalances: { some: { onHand: { gt: 0 } } } }) { totalCount nodes { stockBalances(first: 2, order: [{ warehouse: { code: ASC } }]) { totalCount nodes { bin { code } } } stockMovementsAggregate { count } } } }",
            variables: null);

        answer.Json["errors"].ShouldBeNull(answer.Text);
        ShouldBeStored("scoped.sql", answer.Sql);
    }

    private static void ShouldBeStored(string file, IReadOnlyList<string> statements, [CallerFilePath] string here = "")
    {
        var path = Path.Combine(Path.GetDirectoryName(here)!, "Sql", file);
        var text = string.Join("\n", statements.Select(Readable));
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            File.WriteAllText(path, text);
        }

        text.ShouldBe(File.ReadAllText(path), $"Look at the difference; if it is meant, run the test with UPDATE_SNAPSHOTS=1 ({file}).");
    }

    /// <summary>A line for each part, so that a difference is seen.</summary>
    private static string Readable(string sql) => Parts().Replace(sql, match => $"\n{match.Value.TrimStart()}") + ";\n";

    [GeneratedRegex(" (from|left join|cross join|where|order by|limit|group by) ", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Parts();
}
