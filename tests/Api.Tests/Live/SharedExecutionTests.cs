using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>
/// Identical subscriptions are executed once, on the real schema: the statements that an event costs are counted, whoever
/// and however many listen.
/// </summary>
public sealed class SharedExecutionTests(TestHost host) : IClassFixture<TestHost>
{
    private const string Document =
        """
        subscription ($after: String, $ids: [ID!]) {
          itemChanged(after: $after, ids: $ids, types: ["ItemActivated"]) { item { code name kindOfThing: status } event { type } }
        }
        """;

    [Fact]
    public async Task Fifty_subscribers_of_one_scope_cost_one_statement_an_event_wherever_each_of_them_began()
    {
        // given: some from now on, some from positions of their own
        using var statements = new Statements(host.Name);
        var positions = new List<string>();
        for (var i = 0; i < 5; i++)
        {
            await host.DraftItemAsync(MasterData.NewItem());
            positions.Add(await host.SettledHeadAsync());
        }

        var listener = LiveHost.Everything;
        var item = await host.DraftItemAsync(MasterData.NewItem());
        var ids = new[] { NodeIdFormat.Write("Item", item.Value) };
        var streams = new List<LiveExecution>();
        for (var i = 0; i < 50; i++)
        {
            object variables = i % 2 == 0 ? new { ids } : new { ids, after = positions[i % 5] };
            streams.Add(await LiveExecution.OpenAsync(host, listener, Document, i % 10 == 9 ? positions[0] : null, variables));
        }

        await Task.Delay(500); // They catch up, and meet.

        // when
        statements.Clear();
        (await host.RunAsync(new ActivateItem(item, Version: 1), MasterData.Steward)).Error.ShouldBeNull();

        // then
        foreach (var stream in streams)
        {
            var told = (await stream.NextAsync()).GetProperty("data").GetProperty("itemChanged");
            told.GetProperty("item").GetProperty("kindOfThing").GetString().ShouldBe("ACTIVE");
            await stream.DisposeAsync();
        }

        statements.OfItems.ShouldBe(1);
    }

    [Fact]
    public async Task Who_may_see_other_rows_is_executed_for_alone()
    {
        // given
        using var statements = new Statements(host.Name);
        var item = await host.DraftItemAsync(MasterData.NewItem());
        var ids = new[] { NodeIdFormat.Write("Item", item.Value) };
        var scopes = new[]
        {
            LiveHost.Everything,
            LiveHost.Listener(new RowScope(null, new HashSet<Guid> { Guid.CreateVersion7() }, null), "events.read", "catalog.read"),
            LiveHost.Listener(RowScope.Everything, "events.read", "catalog.read"),
        };
        var streams = new List<LiveExecution>();
        foreach (var (listener, _) in scopes.SelectMany(scope => Enumerable.Range(0, 4).Select(i => (scope, i))))
        {
            streams.Add(await LiveExecution.OpenAsync(host, listener, Document, resumeFrom: null, new { ids }));
        }

        // when
        statements.Clear();
        (await host.RunAsync(new ActivateItem(item, Version: 1), MasterData.Steward)).Error.ShouldBeNull();

        // then
        foreach (var stream in streams)
        {
            (await stream.NextAsync()).GetProperty("data").GetProperty("itemChanged").ValueKind.ShouldBe(JsonValueKind.Object);
            await stream.DisposeAsync();
        }

        statements.OfItems.ShouldBe(scopes.Length);
    }

    /// <summary>What the driver was asked to do on one database.</summary>
    private sealed class Statements : IDisposable
    {
        private readonly ConcurrentQueue<string> _texts = new();
        private readonly ActivityListener _listener;

        public Statements(string database)
        {
            _listener = new ActivityListener
            {
                ShouldListenTo = source => source.Name == "Npgsql",
                Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
                ActivityStopped = activity =>
                {
                    if (activity.TagObjects.Any(tag => tag.Value as string == database)
                        && (activity.GetTagItem("db.query.text") ?? activity.GetTagItem("db.statement")) is string text)
                    {
                        _texts.Enqueue(text);
                    }
                },
            };
            ActivitySource.AddActivityListener(_listener);
        }

        /// <summary>Reads of the planner that show an item: commands lock rows and ask otherwise.</summary>
        public int OfItems => _texts.Count(text => text.Contains(" item t ", StringComparison.Ordinal));

        public void Clear() => _texts.Clear();

        public void Dispose() => _listener.Dispose();
    }
}
