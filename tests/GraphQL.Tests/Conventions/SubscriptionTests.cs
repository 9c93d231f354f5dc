using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Execution.Subscriptions;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class SubscriptionTests
{
    [Fact]
    public void A_subscription_field_has_arguments_and_a_type_but_no_message()
    {
        var server = Server();
        server.Sdl("Subscription").ShouldBe(
            """
            type Subscription {
              "A thing changed."
              onThingChanged: Thing!
              onThingOf(kind: Int!): Int!
              named(topic: String!): String!
              countdown(from: Int!): Int!
              opened(from: Int!): String!
              resumed: String
            }
            """);
    }

    [Theory]
    //           subscription                          topic              message  answer
    [InlineData("{ onThingChanged { size } }",        "onThingChanged",  4,       """{"onThingChanged":{"size":4}}""")]
    [InlineData("{ onThingOf(kind: 7) }",             "things-of-7",     5,       """{"onThingOf":35}""")]
    [InlineData("{ named(topic: \"mine\") }",         "mine",            6,       """{"named":"6 of mine"}""")]
    public async Task Events_of_a_topic_are_resolved_one_by_one(string subscription, string topic, int size, string answer)
    {
        await using var server = Server();
        await using var result = await server.Execute("subscription " + subscription, null, ConventionServer.Anonymous);
        await using var events = result.ShouldBeAssignableTo<ResponseStream>()!.GetAsyncEnumerator(CancellationToken.None);
        var next = events.MoveNextAsync().AsTask();
        await server.Provider.GetRequiredService<ITopicEventSender>().SendAsync(topic, new Thing(size), CancellationToken.None);

        (await next).ShouldBeTrue();
        ConventionServer.Text(events.Current).ShouldBe($$"""{"data":{{answer}}}""");
        events.Current.Position.ShouldNotBeNull();
        await events.Current.DisposeAsync();
    }

    [Theory]
    [InlineData("{ countdown(from: 2) }", """{"data":{"countdown":2}}|{"data":{"countdown":1}}""")]
    [InlineData("{ opened(from: 2) }", """{"data":{"opened":"2 and 2"}}|{"data":{"opened":"1 and 2"}}""")]
    public async Task A_method_may_be_the_stream_or_open_it(string subscription, string answers)
    {
        await using var server = Server();
        (await All(server, subscription)).ShouldBe(answers.Split('|'));
    }

    [Fact]
    public async Task A_source_with_positions_learns_where_the_client_left_off()
    {
        await using var server = Server();
        (await All(server, "{ resumed }")).ShouldBe(["""{"data":{"resumed":"new subscriber"}}"""]);
    }

    // G-38: asked again with every event.
    [Fact]
    public async Task A_right_that_is_taken_away_ends_with_the_next_event()
    {
        await using var server = new ConventionServer(graph => graph
            .AddQueryType<Query>().AddTypes(typeof(Guarded)).AddInMemorySubscriptions());
        var user = ConventionServer.User("planner");
        await using var result = await server.Execute("subscription { secret }", null, user);
        await using var events = result.ShouldBeAssignableTo<ResponseStream>()!.GetAsyncEnumerator(CancellationToken.None);
        var sender = server.Provider.GetRequiredService<ITopicEventSender>();

        var next = events.MoveNextAsync().AsTask();
        await sender.SendAsync("secret", 1, CancellationToken.None);
        (await next).ShouldBeTrue();
        ConventionServer.Text(events.Current).ShouldBe("""{"data":{"secret":1}}""");

        var identity = user.Identities.Single();
        identity.RemoveClaim(identity.Claims.Single());
        next = events.MoveNextAsync().AsTask();
        await sender.SendAsync("secret", 2, CancellationToken.None);
        (await next).ShouldBeTrue();
        ConventionServer.Code(ConventionServer.Text(events.Current)).ShouldBe("AUTH_NOT_AUTHORIZED");
        ConventionServer.Text(events.Current).ShouldNotContain("2}");
    }

    [Fact]
    public async Task Who_may_not_listen_is_refused_at_once()
    {
        await using var server = new ConventionServer(graph => graph
            .AddQueryType<Query>().AddTypes(typeof(Guarded)).AddInMemorySubscriptions());
        ConventionServer.Code(await server.Run("subscription { secret }")).ShouldBe("AUTH_NOT_AUTHENTICATED");
    }

    private static async Task<List<string>> All(ConventionServer server, string subscription)
    {
        await using var result = await server.Execute("subscription " + subscription, null, ConventionServer.Anonymous);
        var messages = new List<string>();
        await foreach (var message in result.ShouldBeAssignableTo<ResponseStream>()!)
        {
            messages.Add(ConventionServer.Text(message));
            await message.DisposeAsync();
        }

        return messages;
    }

    private static ConventionServer Server() => new(graph => graph
        .AddQueryType<Query>().AddTypes(typeof(Subscriptions)).AddInMemorySubscriptions());

    internal sealed record Thing(int Size);

    internal sealed class Query
    {
        public static string Ping() => "pong";
    }

    [SubscriptionType]
    internal static class Subscriptions
    {
        /// <summary>A thing changed.</summary>
        [Subscribe]
        public static Thing OnThingChanged([EventMessage] Thing thing) => thing;

        [Subscribe, Topic("things-of-{kind}")]
        public static int OnThingOf(int kind, [EventMessage] Thing thing) => kind * thing.Size;

        [Subscribe]
        public static string Named([Topic] string topic, [EventMessage] Thing thing) => $"{thing.Size} of {topic}";

        public static async IAsyncEnumerable<int> Countdown(int from)
        {
            for (var left = from; left > 0; left--)
            {
                await Task.Yield();
                yield return left;
            }
        }

        [Subscribe(With = nameof(Countdown))]
        public static string Opened(int from, [EventMessage] int left) => $"{left} and {from}";

        [Subscribe(With = nameof(Open))]
        public static string? Resumed([EventMessage] string? message) => message;

        internal static async IAsyncEnumerable<SourceEvent> Open(ResumePosition position)
        {
            await Task.Yield();
            yield return new SourceEvent(position.Value ?? "new subscriber", "1");
        }
    }

    [SubscriptionType]
    internal static class Guarded
    {
        [Subscribe, Authorize(Roles = ["planner"])]
        public static int? Secret([EventMessage] int secret) => secret;
    }
}
