using System.Security.Claims;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Execution.Subscriptions;

namespace Platform.Tests.GraphQL.Execution;

/// <summary>§6.2.3 Subscription: positions, resuming, sharing, and readers who are too slow.</summary>
public sealed class SubscriptionTests : IAsyncLifetime
{
    private readonly InMemoryTopics _topics = new(retained: 1000);
    private readonly TestServer _server;
    private int _executions;
    private bool _isPermitted = true;

    public SubscriptionTests()
    {
        _server = new TestServer("type Query { a: Int } type Subscription { posted(topic: String! = \"t\"): Event } type Event { n: Int twice: Int by: String }")
            .Resolve("Subscription.posted", new TopicResolver(_topics))
            .Read<int, int>("Event.n", n => n == 13 ? throw new GraphQLException("unlucky") : n)
            .Resolve("Event.by", (_, field) => field.Request.User.Identity!.Name)
            .Resolve("Event.twice", BatchResolver.From((batch, _, _) =>
            {
                Interlocked.Increment(ref _executions);
                batch.Set(0, 2 * batch.Parent<int>(0));
                return ValueTask.CompletedTask;
            }));
        _server.Options = _server.Options with { IsStillPermitted = _ => _isPermitted };
    }

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync() => await _server.DisposeAsync();

    [Fact]
    public async Task Every_event_is_executed_and_carries_its_position()
    {
        await using var reader = await Open("subscription { posted { n twice } }");
        await Publish(1, 2);

        var first = await reader.Next();
        var second = await reader.Next();

        first.Text.ShouldBe("""{"data":{"posted":{"n":1,"twice":2}}}""");
        second.Text.ShouldBe("""{"data":{"posted":{"n":2,"twice":4}}}""");
        first.Position.ShouldNotBe(second.Position);
        reader.Stream.Position.ShouldBe(first.Position, "a heartbeat must not be ahead of a message that is not written yet");
    }

    [Fact]
    public async Task A_subscriber_resumes_after_the_position_it_saw()
    {
        string? position;
        await using (var reader = await Open("subscription { posted { n } }"))
        {
            await Publish(1, 2, 3);
            position = (await reader.Next()).Position;
        }

        await using var resumed = await Open("subscription { posted { n } }", position);

        (await resumed.Next()).Text.ShouldBe("""{"data":{"posted":{"n":2}}}""");
        (await resumed.Next()).Text.ShouldBe("""{"data":{"posted":{"n":3}}}""");
    }

    [Theory]
    [InlineData("nonsense")]
    [InlineData("0123:4")]
    public async Task A_position_that_cannot_be_resumed_is_refused(string position)
    {
        await using var result = (OperationResult)await _server.Execute(
            TestServer.Request("subscription { posted { n } }") with { ResumeFrom = position });

        result.RequestError.ShouldBe(RequestErrorKind.Subscription);
        TestServer.Text(result).ShouldContain("CURSOR_EXPIRED");
    }

    [Fact]
    public async Task Identical_subscriptions_share_one_execution()
    {
        await using var one = await Open("subscription { posted { twice } }");
        await using var two = await Open("subscription { posted { twice } }");
        await using var other = await Open("subscription { posted { n twice } }");
        await Publish(5);

        (await one.Next()).Text.ShouldBe("""{"data":{"posted":{"twice":10}}}""");
        (await two.Next()).Text.ShouldBe("""{"data":{"posted":{"twice":10}}}""");
        (await other.Next()).Text.ShouldBe("""{"data":{"posted":{"n":5,"twice":10}}}""");
        _executions.ShouldBe(2);
    }

    [Fact]
    public async Task An_error_of_one_event_does_not_end_the_stream()
    {
        await using var reader = await Open("subscription { posted { n } }");
        await Publish(13, 14);

        (await reader.Next()).Text.ShouldBe("""{"errors":[{"message":"unlucky","locations":[{"line":1,"column":25}],"path":["posted","n"]}],"data":{"posted":{"n":null}}}""");
        (await reader.Next()).Text.ShouldBe("""{"data":{"posted":{"n":14}}}""");
    }

    // G-35
    [Fact]
    public async Task A_slow_reader_gets_what_it_has_and_then_RESYNC_while_others_get_everything()
    {
        _server.Limit(limits => limits with { MaxBufferedEvents = 10 });
        await using var slow = await Open("subscription { posted { n } }");
        await using var fast = await Open("subscription { posted { n } }");
        for (var n = 100; n < 120; n++)
        {
            await Publish(n);
            (await fast.Next()).Text.ShouldBe(Posted(n));
        }

        for (var n = 100; n < 110; n++)
        {
            (await slow.Next()).Text.ShouldBe(Posted(n));
        }

        (await slow.Next()).Text.ShouldContain("RESYNC");
        (await slow.HasEnded()).ShouldBeTrue();
    }

    [Fact]
    public async Task Large_events_fill_a_buffer_before_many_do()
    {
        _server.Limit(limits => limits with { MaxBufferedBytes = 100 });
        await using var slow = await Open("subscription { posted { n } }");
        await using var fast = await Open("subscription { posted { n } }");
        for (var n = 100; n < 110; n++)
        {
            await Publish(n);
            await fast.Next();
        }

        var seen = 0;
        while (!(await slow.Next()).Text.Contains("RESYNC", StringComparison.Ordinal))
        {
            seen++;
        }

        seen.ShouldBe(4, "of thirty bytes each, the fourth passes the limit and the fifth finds no room");
    }

    [Fact]
    public async Task A_thousand_subscribers_cost_one_execution()
    {
        var readers = new List<Reader>();
        for (var i = 0; i < 1000; i++)
        {
            readers.Add(await Open("subscription { posted { twice } }"));
        }

        await Publish(21);

        foreach (var reader in readers)
        {
            (await reader.Next()).Text.ShouldBe("""{"data":{"posted":{"twice":42}}}""");
            await reader.DisposeAsync();
        }

        _executions.ShouldBe(1);
    }

    [Fact]
    public async Task A_reader_that_resumes_is_paced_and_misses_nothing()
    {
        _server.Limit(limits => limits with { MaxBufferedEvents = 10 });
        await using var first = await Open("subscription { posted { n } }");
        await Publish(0);
        var position = (await first.Next()).Position;
        await Publish([.. Enumerable.Range(100, 500)]);

        await using var resumed = await Open("subscription { posted { n } }", position);
        for (var n = 100; n < 600; n++)
        {
            (await resumed.Next()).Text.ShouldBe(Posted(n));
        }
    }

    [Fact]
    public async Task Who_came_back_shares_the_execution_again_once_it_has_caught_up()
    {
        await using var first = await Open("subscription { posted { twice } }");
        await Publish(1, 2, 3);
        var position = (await first.Next()).Position;

        await using var back = await Open("subscription { posted { twice } }", position);
        await Publish(4);

        foreach (var reader in new[] { first, back })
        {
            (await reader.Next()).Text.ShouldBe(Twice(2));
            (await reader.Next()).Text.ShouldBe(Twice(3));
            (await reader.Next()).Text.ShouldBe(Twice(4));
        }

        await SharedAsync(first, back);
    }

    [Fact]
    public async Task Of_many_who_came_back_the_first_to_catch_up_reads_for_the_others()
    {
        string? position;
        await using (var before = await Open("subscription { posted { twice } }"))
        {
            await Publish(1, 2);
            position = (await before.Next()).Position;
        }

        var readers = new List<Reader>();
        for (var i = 0; i < 20; i++)
        {
            readers.Add(await Open("subscription { posted { twice } }", position));
            (await readers[i].Next()).Text.ShouldBe(Twice(2));
        }

        await SharedAsync([.. readers]);
        foreach (var reader in readers)
        {
            await reader.DisposeAsync();
        }

        _server.Executor.SharedReadings.ShouldBe(0);
    }

    [Fact]
    public async Task Who_joins_others_in_silence_can_resume_without_having_heard_anything()
    {
        await using var first = await Open("subscription { posted { n } }");
        await Publish(1);
        await first.Next();
        string? position;
        await using (var second = await Open("subscription { posted { n } }"))
        {
            position = second.Stream.Position;
        }

        await Publish(2);

        position.ShouldNotBeNull();
        await using var back = await Open("subscription { posted { n } }", position);
        (await back.Next()).Text.ShouldBe(Posted(2));
    }

    /// <summary>R-46: a change narrows or widens from the next event on; nothing is missed, and what others hear stays as it is.</summary>
    [Fact]
    public async Task A_subscriber_who_may_see_something_else_goes_on_as_who_they_are_now()
    {
        using var changed = new CancellationTokenSource();
        var rights = (Name: "wide", Changed: changed.Token);
        _server.Options = _server.Options with
        {
            CallerNow = context => context.PermissionScope == "fixed" ? null : new CurrentCaller(Named(rights.Name), rights.Name, rights.Changed),
        };
        await using var other = await OpenAs("subscription { posted { n by } }", "fixed");
        await using var reader = await OpenAs("subscription { posted { n by } }", "moving");
        await Publish(1);
        (await reader.Next()).Text.ShouldBe(By(1, "wide"));

        await Publish(2); // Made for who they were, and not taken yet.
        rights = ("narrow", CancellationToken.None);
        await changed.CancelAsync();
        await Publish(3);

        (await reader.Next()).Text.ShouldBe(By(2, "narrow"));
        (await reader.Next()).Text.ShouldBe(By(3, "narrow"));
        for (var n = 1; n <= 3; n++)
        {
            (await other.Next()).Text.ShouldBe(By(n, "fixed"));
        }
    }

    // G-38
    [Fact]
    public async Task A_permission_lost_ends_the_stream_before_the_next_event()
    {
        await using var reader = await Open("subscription { posted { n } }");
        await Publish(1);
        await reader.Next();

        _isPermitted = false;
        await Publish(2);

        (await reader.Next()).Text.ShouldContain("AUTH_NOT_AUTHORIZED");
        (await reader.HasEnded()).ShouldBeTrue();
    }

    // G-34
    [Fact]
    public async Task Ten_thousand_subscriptions_that_come_and_go_leave_nothing_behind()
    {
        for (var i = 0; i < 10_000; i++)
        {
            await (await Open("subscription { posted { n } }")).DisposeAsync();
        }

        await using var reader = await Open("subscription { posted { n } }");
        await Publish(7);
        (await reader.Next()).Text.ShouldBe("""{"data":{"posted":{"n":7}}}""");
    }

    /// <summary>Published until one execution is enough for all of them.</summary>
    private async Task SharedAsync(params Reader[] readers)
    {
        for (var n = 1_000; n < 1_100; n++)
        {
            var before = Volatile.Read(ref _executions);
            await Publish(n);
            foreach (var reader in readers)
            {
                (await reader.Next()).Text.ShouldBe(Twice(n));
            }

            if (Volatile.Read(ref _executions) - before == 1)
            {
                return;
            }

            await Task.Delay(10);
        }

        throw new InvalidOperationException("They never shared.");
    }

    private async Task Publish(params int[] numbers)
    {
        foreach (var n in numbers)
        {
            await _topics.SendAsync("t", n, CancellationToken.None);
        }
    }

    private static string Posted(int n) => "{\"data\":{\"posted\":{\"n\":" + n + "}}}";

    private static string Twice(int n) => "{\"data\":{\"posted\":{\"twice\":" + (2 * n) + "}}}";

    private static string By(int n, string name) => "{\"data\":{\"posted\":{\"n\":" + n + ",\"by\":\"" + name + "\"}}}";

    private static ClaimsPrincipal Named(string name) => new(new ClaimsIdentity([new Claim(ClaimTypes.Name, name)], "test"));

    private async Task<Reader> OpenAs(string document, string name) => new((ResponseStream)await _server.Executor.ExecuteAsync(
        TestServer.Request(document),
        new RequestContext { Services = _server.Services, User = Named(name), PermissionScope = name }));

    private Task<Reader> Open(string document) => Open(document, resumeFrom: null);

    private async Task<Reader> Open(string document, string? resumeFrom) =>
        new((ResponseStream)await _server.Execute(TestServer.Request(document) with { ResumeFrom = resumeFrom }));

    private sealed class TopicResolver(InMemoryTopics topics) : StreamResolver
    {
        public override ValueTask<IEventSource> SubscribeAsync(FieldContext field, string? resumeFrom, CancellationToken ct) =>
            topics.SubscribeAsync(field.Arguments.Get<string>("topic")!, resumeFrom, ct);
    }

    private sealed class Reader(ResponseStream stream) : IAsyncDisposable
    {
        private readonly IAsyncEnumerator<OperationResult> _messages = stream.GetAsyncEnumerator();

        public ResponseStream Stream => stream;

        public async Task<(string Text, string? Position)> Next()
        {
            (await _messages.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10))).ShouldBeTrue();
            return (TestServer.Text(_messages.Current), _messages.Current.Position);
        }

        public async Task<bool> HasEnded() => !await _messages.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(10));

        public async ValueTask DisposeAsync()
        {
            await _messages.DisposeAsync();
            await stream.DisposeAsync();
        }
    }
}
