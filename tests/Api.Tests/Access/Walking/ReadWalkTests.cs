using System.Text.Json.Nodes;
using Platform.Api.Reading.Declaring;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.Api.Access.Walking;

public sealed class WalledWalkTests(WalkedWorld world) : ReadWalk(world), IClassFixture<WalkedWorld>;

public sealed class UnwalledWalkTests(UnwalledWorld world) : ReadWalk(world), IClassFixture<UnwalledWorld>;

public sealed class WallOnlyWalkTests(WallOnlyWorld world) : ReadWalk(world), IClassFixture<WallOnlyWorld>;

/// <summary>
/// R-42, G-40, G-42, G-43: every type, by every way into it, under every limit. An id of a foreign row anywhere in an answer
/// is a leak, and so is a number that counts one; a foreign row by its id is answered like one that does not exist.
/// </summary>
public abstract class ReadWalk(WalkedWorld world)
{
    public static TheoryData<string, string> Walks
    {
        get
        {
            var walks = new TheoryData<string, string>();
            foreach (var type in ReadModel.Declarations)
            {
                foreach (var limit in WalkedWorld.LimitNames)
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
        var under = world.Limits[limit];
        var never = under.Never.ToHashSet(StringComparer.Ordinal);
        foreach (var query in ReadWays.To(world.Model.Find(name)!, under.Foreign.GetValueOrDefault(name) ?? []))
        {
            var answer = await world.AskAsync(under, query, variables: null);

            answer.Json["data"].ShouldNotBeNull(query + "\n" + answer.Text);
            Texts(answer.Json["data"]).Where(never.Contains).ShouldBeEmpty(query);
        }
    }

    [Theory, MemberData(nameof(Walks))]
    public async Task No_number_counts_a_foreign_row(string name, string limit)
    {
        var under = world.Limits[limit];
        var type = world.Model.Find(name)!;

        var counted = await world.AskAsync(under, ReadWays.Count(type), variables: null);
        var total = counted["list"]!["totalCount"]!.GetValue<long>();

        total.ShouldBeLessThanOrEqualTo(under.Most[name]);
        counted["all"]![0]!["count"]!.GetValue<long>().ShouldBe(total);
        foreach (var (edge, query) in ReadWays.Groups(type))
        {
            var groups = (await world.AskAsync(under, query, variables: null))[$"{type.Declared.Plural}Aggregate"]!.AsArray();
            if (groups.Count < 500)
            {
                groups.Sum(group => group!["count"]!.GetValue<long>()).ShouldBe(total, edge);
            }
        }
    }

    [Theory, MemberData(nameof(Walks))]
    public async Task No_filter_finds_out_what_points_at_a_foreign_row(string name, string limit)
    {
        var under = world.Limits[limit];
        foreach (var query in ReadWays.Oracles(world.Model.Find(name)!, under.Foreign))
        {
            var answer = await world.AskAsync(under, query, variables: null);

            answer.Json["data"]!.AsObject().Single().Value!["totalCount"]!.GetValue<long>().ShouldBe(0, query);
        }
    }

    [Theory, MemberData(nameof(Walks))]
    public async Task A_foreign_row_is_answered_like_an_absent_one(string name, string limit)
    {
        var under = world.Limits[limit];
        if (under.Foreign.GetValueOrDefault(name) is not [var id, ..])
        {
            return; // Everybody's, or found by no id.
        }

        var absent = NodeIdFormat.TryRead(id, out _, out var raw) && raw.Length == 16
            ? NodeIdFormat.Write(name, Guid.CreateVersion7())
            : NodeIdFormat.Write(name, int.MaxValue);
        var byId = $"{char.ToLowerInvariant(name[0])}{name[1..]}ById";
        var query = $$"""query($id: ID!) { node(id: $id) { id __typename } nodes(ids: [$id]) { id } {{byId}}(id: $id) { id } }""";

        var ofForeign = await world.AskAsync(under, query, new { id });
        var ofAbsent = await world.AskAsync(under, query, new { id = absent });

        ofForeign.Data.ShouldBe(ofAbsent.Data);
        ofForeign.Json["errors"]!.ToJsonString().ShouldBe(ofAbsent.Json["errors"]!.ToJsonString());
        ofForeign["node"].ShouldBeNull();
        ofForeign[byId].ShouldBeNull();
    }

    /// <summary>The walk looks at something: whoever is not limited sees what it looks for.</summary>
    [Fact]
    public async Task Without_limits_the_same_questions_find_the_rows()
    {
        var found = 0;
        var foreign = world.Limits["nothing"].Foreign;
        foreach (var type in world.Model.Types.Where(type => type.IsNode))
        {
            foreach (var query in ReadWays.To(type, foreign[type.Name]).Take(1))
            {
                var texts = Texts((await world.AskAsync(query)).Json["data"]).ToHashSet(StringComparer.Ordinal);
                found += foreign[type.Name].Count(texts.Contains);
            }
        }

        found.ShouldBeGreaterThan(200);
    }

    private static IEnumerable<string> Texts(JsonNode? node) => node switch
    {
        JsonObject members => members.SelectMany(member => Texts(member.Value)),
        JsonArray items => items.SelectMany(Texts),
        JsonValue value when value.TryGetValue<string>(out var text) => [text],
        _ => [],
    };
}
