using Platform.Domain.Catalog;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Reading;

public sealed class SnapshotTests(ReadWorld world) : IClassFixture<ReadWorld>
{
    [Fact]
    public async Task Fields_and_levels_of_one_operation_never_contradict_each_other_while_others_write()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, 1, 1m));
        var id = ReadWorld.Id("Item", item.Value);
        using var stop = new CancellationTokenSource();
        var writing = WriteAsync(item, stop.Token);
        var seen = new HashSet<decimal>();
        for (var i = 0; i < 60; i++)
        {
            var answer = await world.AskAsync(
                $"{{ a: stockBalancesAggregate(where: {{ item: {{ id: {{ eq: \"{id}\" }} }} }}) {{ sum {{ onHand }} }}"
                + $" b: itemById(id: \"{id}\") {{ stockBalances {{ nodes {{ onHand }} }} stockMovementsAggregate {{ sum {{ quantity }} }} }} }}");

            var sum = answer["a"]![0]!["sum"]!["onHand"]!.GetValue<decimal>();
            answer["b"]!["stockBalances"]!["nodes"]!.AsArray().Sum(node => node!["onHand"]!.GetValue<decimal>()).ShouldBe(sum);
            answer["b"]!["stockMovementsAggregate"]![0]!["sum"]!["quantity"]!.GetValue<decimal>().ShouldBe(sum);
            seen.Add(sum);
        }

        await stop.CancelAsync();
        await writing;
        seen.Count.ShouldBeGreaterThan(1, "somebody wrote meanwhile");
    }

    [Fact]
    public async Task The_position_is_that_of_the_log_as_far_as_it_is_published()
    {
        await world.ExecuteAsync("select publish_events(1000)");
        var head = await world.ScalarAsync<long>("select last_position from event_publisher");

        foreach (var query in new[]
        {
            "{ items(where: { code: { eq: \"none\" } }) { nodes { code } } }",
            "{ itemByCode(code: \"none\") { code } }",
            "{ itemsAggregate { count } }",
            "{ units { nodes { items { nodes { code } } } } bins { totalCount } }",
        })
        {
            (await world.AskAsync(query)).Json["extensions"]!["live"]!["position"]!.GetValue<string>().ShouldBe($"{head}", query);
        }
    }

    [Fact]
    public async Task The_plan_is_told_to_those_who_may_see_it_only()
    {
        var clerk = ReadWorld.Who(Platform.Domain.Kernel.RowScope.Everything, "catalog.read");

        var told = await world.AskAsync("{ units(first: 1) { nodes { code } } }");
        var withheld = await world.AskAsync(clerk, "{ units(first: 1) { nodes { code } } }", variables: null);

        var statement = told.Json["extensions"]!["plan"]!["statements"]!.AsArray().ShouldHaveSingleItem()!;
        statement["rows"]!.GetValue<int>().ShouldBe(1);
        statement["sql"]!.ToString().ShouldContain("from unit t");
        withheld.Json["extensions"]!["plan"].ShouldBeNull();
    }

    private async Task WriteAsync(ItemId item, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            await world.PostedAsync(world.Receipt(item, world.Dock, 1, 1m), world.Receipt(item, world.Reserve, 1, 1m));
        }
    }
}
