using System.Collections.Concurrent;
using System.Diagnostics;
using System.Diagnostics.Metrics;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Diagnostics;
using Platform.Tests.GraphQL.Execution;

namespace Platform.Tests.GraphQL.Diagnostics;

/// <summary>What can be observed, and what must not be: values of clients.</summary>
public sealed class TelemetryTests
{
    private static TestServer NewServer() => new TestServer("type Query { a(secret: String): Int b(n: Int): Int }")
        .Resolve("Query.a", (_, _) => 1)
        .ResolveAsync("Query.b", async (_, field, _) => await field.Loaders.Get<Same>().LoadAsync(1));

    [Fact]
    public async Task A_request_is_one_span_with_the_names_of_the_convention_and_no_values()
    {
        var spans = await Spans(() => NewServer().Run(
            TestServer.Request("query Find($s: String) { a(secret: $s) b(n: 5) }", """{"s":"hunter2"}""")));

        var span = spans.Single(activity => activity.DisplayName == "query");
        span.GetTagItem("graphql.operation.name").ShouldBe("Find");
        span.GetTagItem("graphql.operation.type").ShouldBe("query");
        span.GetTagItem("graphql.document.hash").ShouldBeOfType<string>().ShouldStartWith("sha256:");
        span.GetTagItem("graphql.operation.fieldCost").ShouldBe(10.0);
        spans.SelectMany(activity => activity.Tags).ShouldAllBe(tag => !tag.Value!.Contains("hunter2"));
        var batch = spans.Single(activity => activity.OperationName == "graphql.dataloader.batch");
        batch.GetTagItem("graphql.dataloader.batch.size").ShouldBe(1);
        batch.TraceId.ShouldBe(span.TraceId);
    }

    [Fact]
    public async Task A_refused_request_is_a_failed_span()
    {
        var spans = await Spans(() => NewServer().Run("{ a"));

        spans.Single().Status.ShouldBe(ActivityStatusCode.Error);
    }

    [Fact]
    public async Task Durations_and_errors_are_counted()
    {
        var seen = new ConcurrentBag<string>();
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Meter.Name == GraphQLDiagnostics.Name)
            {
                self.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, _, _, _) => seen.Add(instrument.Name));
        listener.SetMeasurementEventCallback<long>((instrument, _, _, _) => seen.Add(instrument.Name));
        listener.Start();

        await NewServer().Run("{ a }");
        await NewServer().Run("{ zzz }");

        seen.ShouldContain("graphql.server.operation.duration");
        seen.ShouldContain("graphql.server.errors");
    }

    // G-56
    [Theory]
    [InlineData("plain", "plain")]
    [InlineData("a\r\nINFO fake\u001b[31m", "a??INFO fake?[31m")]
    [InlineData(null, "")]
    public void What_a_client_calls_itself_cannot_forge_a_line(string? name, string expected) =>
        GraphQLDiagnostics.Clean(name).ShouldBe(expected);

    [Fact]
    public void What_a_client_calls_itself_is_cut() =>
        GraphQLDiagnostics.Clean(new string('x', 1_000_000)).Length.ShouldBe(256);

    private static async Task<List<Activity>> Spans(Func<Task> work)
    {
        var spans = new ConcurrentQueue<Activity>();
        using var root = new Activity("test").Start();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name == GraphQLDiagnostics.Name,
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                if (activity.TraceId == root.TraceId)
                {
                    spans.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await work();
        return [.. spans];
    }

    private sealed class Same(DataLoaderScope scope) : BatchDataLoader<int, int>(scope)
    {
        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<int, int>>(keys.ToDictionary(key => key));
    }
}
