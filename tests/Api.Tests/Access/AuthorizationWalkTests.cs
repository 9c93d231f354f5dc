using System.Text.Json.Nodes;
using Platform.Api.Reading.Declaring;
using Platform.Api.Seeding;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.GraphQL.Conventions;
using Platform.Tests.Api.Reading;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access;

/// <summary>The demo distributor: two companies, six warehouses, and stock in four of them.</summary>
public class WalkedWorld : ReadWorld
{
    /// <summary>For each limit, the ids of the graph that must never be seen under it, by type.</summary>
    public Dictionary<string, (RowScope Rows, Dictionary<string, List<string>> Foreign)> Limits { get; } = new(StringComparer.Ordinal);

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        var demo = await DemoDistributor.BuildAsync(Runner, MasterData.Steward, new DateOnly(2026, 1, 1), 1);
        await LookAsync(async db =>
        {
            await OpeningStock.PostAsync(demo, db, CancellationToken.None);
            return 0;
        });
        await AddAsync("one company", RowScope.Everything with { LegalEntities = Only(demo.Entities["NORD"].Value) });
        await AddAsync("one warehouse", RowScope.Everything with { Warehouses = Only(demo.Warehouses["KAS"].Value) });
        await AddAsync("one supplier", RowScope.Everything with { Suppliers = Only(demo.Suppliers.Values.First().Value) });
        await AddAsync("nothing", RowScope.Nothing);
    }

    private static HashSet<Guid> Only(Guid id) => [id];

    private async Task AddAsync(string name, RowScope rows)
    {
        var foreign = new Dictionary<string, List<string>>(StringComparer.Ordinal);
        foreach (var type in Model.Types.Where(type => type.IsNode))
        {
            foreign[type.Name] = await ForeignAsync(type, rows);
        }

        Limits[name] = (rows, foreign);
    }

    /// <summary>Judged by the columns that say whose a row is: neither by the declarations nor by the policies.</summary>
    private async Task<List<string>> ForeignAsync(ReadType type, RowScope rows)
    {
        var columns = await ScalarAsync<string[]>(
            $"select array_agg(column_name)::text[] from information_schema.columns where table_name = '{type.Table}'");
        var conditions = new List<string>();
        Add("legal_entity", rows.LegalEntities);
        Add("warehouse", rows.Warehouses);
        Add("supplier", rows.Suppliers);
        if (conditions.Count == 0)
        {
            return [];
        }

        await using var find = Owner.CreateCommand($"select id from {type.Table} where {string.Join(" or ", conditions)}");
        await using var row = await find.ExecuteReaderAsync();
        var ids = new List<string>();
        while (await row.ReadAsync())
        {
            ids.Add(NodeIdFormat.Write(type.Name, row.GetValue(0)));
        }

        return ids;

        void Add(string kind, IReadOnlySet<Guid>? ids)
        {
            var column = type.Table == kind ? "id" : $"{kind}_id";
            if (ids is not null && columns.Contains(column))
            {
                conditions.Add($"({column} is not null and not {column} = any (array[{string.Join(',', ids.Select(id => $"'{id}'"))}]::uuid[]))");
            }
        }
    }
}

/// <summary>The same, with PostgreSQL's own wall taken down: what the planner writes must do alone.</summary>
public sealed class UnwalledWorld : WalkedWorld
{
    protected override ScopedDataSource Scoped() => new(DatabaseAccess.AsApplication(ConnectionString));
}

public sealed class WalledWalkTests(WalkedWorld world) : AuthorizationWalk(world), IClassFixture<WalkedWorld>;

public sealed class UnwalledWalkTests(UnwalledWorld world) : AuthorizationWalk(world), IClassFixture<UnwalledWorld>;

/// <summary>
/// R-42, G-40, G-42, G-43: every type, by every way into it, under every limit. An id of a foreign row anywhere in an answer
/// is a leak; a foreign row by its id is answered like one that does not exist.
/// </summary>
public abstract class AuthorizationWalk(WalkedWorld world)
{
    public static TheoryData<string, string> Walks
    {
        get
        {
            var walks = new TheoryData<string, string>();
            foreach (var type in ReadModel.Declarations)
            {
                foreach (var limit in new[] { "one company", "one warehouse", "one supplier", "nothing" })
                {
                    walks.Add(type.Name, limit);
                }
            }

            return walks;
        }
    }

    [Theory, MemberData(nameof(Walks))]
    public async Task No_way_leads_to_a_foreign_row(string name, string limit)
    {
        var (rows, foreign) = world.Limits[limit];
        var never = foreign.Values.SelectMany(ids => ids).ToHashSet(StringComparer.Ordinal);
        var type = world.Model.Find(name)!;
        var principal = ReadWorld.Everyone with { Rows = rows };
        foreach (var query in Queries(type, foreign.GetValueOrDefault(name) ?? []))
        {
            var answer = await world.AskAsync(principal, query, variables: null);

            answer.Json["data"].ShouldNotBeNull(answer.Text);
            Texts(answer.Json["data"]).Where(never.Contains).ShouldBeEmpty(query);
        }
    }

    [Theory, MemberData(nameof(Walks))]
    public async Task A_foreign_row_is_answered_like_an_absent_one(string name, string limit)
    {
        var (rows, foreign) = world.Limits[limit];
        var principal = ReadWorld.Everyone with { Rows = rows };
        if (foreign.GetValueOrDefault(name) is not [var id, ..])
        {
            return; // Everybody's, or found by no id.
        }

        var absent = NodeIdFormat.TryRead(id, out _, out var raw) && raw.Length == 16
            ? NodeIdFormat.Write(name, Guid.CreateVersion7())
            : NodeIdFormat.Write(name, int.MaxValue);
        var query = $$"""query($id: ID!) { node(id: $id) { id __typename } nodes(ids: [$id]) { id } }""";

        var ofForeign = await world.AskAsync(principal, query, new { id });
        var ofAbsent = await world.AskAsync(principal, query, new { id = absent });

        ofForeign.Data.ShouldBe(ofAbsent.Data);
        ofForeign.Json["errors"]!.ToJsonString().ShouldBe(ofAbsent.Json["errors"]!.ToJsonString());
        ofForeign.Json["data"]!["node"].ShouldBeNull();
    }

    /// <summary>The walk looks at something: whoever is not limited sees what it looks for.</summary>
    [Fact]
    public async Task Without_limits_the_same_questions_find_the_rows()
    {
        var found = 0;
        foreach (var type in world.Model.Types.Where(type => type.IsNode))
        {
            var ids = world.Limits["nothing"].Foreign[type.Name];
            foreach (var query in Queries(type, ids).Take(1))
            {
                var texts = Texts((await world.AskAsync(query)).Json["data"]).ToHashSet(StringComparer.Ordinal);
                found += ids.Count(texts.Contains);
            }
        }

        found.ShouldBeGreaterThan(200);
    }

    private static IEnumerable<string> Queries(ReadType type, List<string> foreign)
    {
        var own = type.IsNode ? "id" : "__typename";
        var columns = string.Join(' ', type.Columns.Select(column => column.Name));
        yield return $"{{ {type.Declared.Plural}(first: 100) {{ totalCount nodes {{ {own} {columns} }} }} }}";
        foreach (var one in type.Ones)
        {
            yield return $"{{ {type.Declared.Plural}(first: 40) {{ nodes {{ {one.Name} {{ {IdOf(one.Target)} {Edges(one.Target)} }} }} }} }}";
        }

        foreach (var many in type.Manys)
        {
            yield return $"{{ {type.Declared.Plural}(first: 20) {{ nodes {{ {many.Name}(first: 20) {{ totalCount nodes {{ {IdOf(many.Target)} }} }} }} }} }}";
        }

        if (foreign.Count > 0)
        {
            var ids = string.Join(", ", foreign.Take(20).Select(id => $"\"{id}\""));
            yield return $"{{ nodes(ids: [{ids}]) {{ id ... on {type.Name} {{ {columns} }} }} }}";
            yield return $"{{ node(id: \"{foreign[0]}\") {{ id ... on {type.Name} {{ {columns} }} }} }}";
        }
    }

    private static string IdOf(ReadType type) => type.IsNode ? "id" : "__typename";

    private static string Edges(ReadType type) => string.Join(' ', type.Ones.Select(one => $"{one.Name} {{ {IdOf(one.Target)} }}"));

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
