using System.Reflection;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class MutationConventionTests
{
    [Fact]
    public async Task Arguments_become_one_input_and_results_a_payload_with_errors()
    {
        await using var server = Server();
        Snapshot.Matches(server.Schema.ToString(), "MutationConvention.graphql");
    }

    [Theory]
    //           sku       answer
    [InlineData("ok",     """{"rename":{"thing":{"sku":"ok"},"errors":null}}""")]
    [InlineData("taken",  """{"rename":{"thing":null,"errors":[{"__typename":"NameTakenError","message":"The name taken is taken.","code":"NAME_TAKEN","sku":"taken","by":7}]}}""")]
    [InlineData("frozen", """{"rename":{"thing":null,"errors":[{"__typename":"ThingIsFrozenError","message":"Frozen since 2026.","code":"THING_IS_FROZEN"}]}}""")]
    [InlineData("many",   """{"rename":{"thing":null,"errors":[{"__typename":"NameTakenError","message":"The name a is taken.","code":"NAME_TAKEN","sku":"a","by":1},{"__typename":"ThingIsFrozenError","message":"Frozen since 2026.","code":"THING_IS_FROZEN"}]}}""")]
    [InlineData("deep",   """{"rename":{"thing":null,"errors":[{"__typename":"NameTakenError","message":"The name deep is taken.","code":"NAME_TAKEN","sku":"deep","by":2}]}}""")]
    public async Task Declared_exceptions_are_errors_with_their_facts(string sku, string expected)
    {
        await using var server = Server();
        var data = await server.Data($$"""
            mutation {
              rename(input: { sku: "{{sku}}", name: "x" }) {
                thing { sku }
                errors { __typename ... on Error { message code } ... on NameTakenError { sku by } }
              }
            }
            """);
        data.GetRawText().ShouldBe(expected);
    }

    [Fact]
    public async Task Undeclared_exceptions_are_masked()
    {
        await using var server = Server();
        var response = await server.Run("""mutation { rename(input: { sku: "bug", name: "x" }) { thing { sku } } }""");

        response.ShouldContain("Unexpected Execution Error");
        response.ShouldNotContain("secret detail");
        server.Faults.ShouldHaveSingleItem().Exception.Message.ShouldBe("secret detail");
    }

    [Fact]
    public async Task Results_of_the_business_are_taken_apart_by_its_own_source()
    {
        await using var server = Server();
        (await server.Data("""mutation { confirm(input: { count: 3 }) { confirmed { count } errors { ... on Error { code message } } } }"""))
            .GetRawText().ShouldBe("""{"confirm":{"confirmed":{"count":3},"errors":null}}""");
        (await server.Data("""mutation { confirm(input: { count: 0 }) { confirmed { count } errors { ... on Error { code message } ... on NothingCountedError { bin } } } }"""))
            .GetRawText().ShouldBe("""{"confirm":{"confirmed":null,"errors":[{"code":"NOTHING_COUNTED","message":"Nothing in A-1.","bin":"A-1"}]}}""");
    }

    [Fact]
    public async Task A_scope_around_each_mutation_completes_only_what_succeeded()
    {
        await using var server = Server();
        Transactions.Log.Clear();
        await server.Run("""
            mutation {
              a: rename(input: { sku: "ok", name: "x" }) { thing { sku } }
              b: rename(input: { sku: "taken", name: "x" }) { thing { sku } }
            }
            """);
        Transactions.Log.ShouldBe(["begin rename", "complete", "end", "begin rename", "end"]);
    }

    [Fact]
    public async Task The_interface_of_errors_can_be_ones_own()
    {
        await using var server = new ConventionServer(graph => graph
            .AddQueryType<Query>()
            .AddMutationConventions()
            .AddErrorInterfaceType<IUserError>()
            .AddMutationType<OwnErrors>());

        server.Sdl("UserError").ShouldBe("interface UserError {\n  message: String!\n  hint: String\n}");
        server.Sdl("NotNowError").ShouldBe(
            "type NotNowError implements UserError {\n  message: String!\n  code: String!\n  hint: String\n}");
        (await server.Data("mutation { wait { boolean errors { ... on UserError { message hint } } } }")).GetRawText()
            .ShouldBe("""{"wait":{"boolean":null,"errors":[{"message":"Not now: busy","hint":"later"}]}}""");
    }

    [Fact]
    public async Task A_payload_can_carry_the_query_and_names_can_be_given()
    {
        await using var server = new ConventionServer(graph => graph
            .AddQueryType<Query>()
            .AddMutationConventions(new MutationConventionOptions { AddQueryFieldToPayloads = true })
            .AddMutationType<NamedMutations>());

        server.Field("Mutation", "touch").ShouldBe("touch(with: Touching!): Touched!");
        server.Sdl("Touched").ShouldBe("type Touched {\n  name: String\n  query: Query\n}");
        server.Field("Mutation", "plain").ShouldBe("plain(name: String!): String!");
        (await server.Data("""mutation { touch(with: { name: "x" }) { name query { ping } } plain(name: "y") }""")).GetRawText()
            .ShouldBe("""{"touch":{"name":"x","query":{"ping":"pong"}},"plain":"y"}""");
    }

    [Fact]
    public void A_mutation_that_answers_nothing_is_a_mistake()
    {
        var server = new ConventionServer(graph => graph
            .AddQueryType<Query>().AddMutationConventions().AddMutationType<Silent>());
        server.BuildErrors().ShouldBe(
            ["MutationConventionTests.Silent.KeepAsync: a mutation answers with something. Return what was changed."]);
    }

    private static ConventionServer Server()
    {
        var server = new ConventionServer(graph => graph
            .AddQueryType<Query>()
            .AddMutationConventions()
            .AddMutationErrorSource(new OutcomeSource())
            .AddTransactionScopeHandler<Transactions>()
            .AddMutationType<Mutations>());
        return server;
    }

    internal sealed class Query
    {
        public static string Ping() => "pong";
    }

    internal sealed record Thing(string Sku);

    internal sealed class Mutations
    {
        /// <summary>Gives a thing another name.</summary>
        [Error<NameTakenException>, Error<ThingIsFrozen>]
        public static Thing Rename(string sku, string name) => sku switch
        {
            "ok" => new Thing(sku),
            "taken" => throw new NameTakenException(sku, by: name.Length + 6),
            "deep" => throw new VeryNameTakenException(sku),
            "frozen" => throw new InvalidTimeZoneException("2026"),
            "many" => throw new AggregateException(
                new NameTakenException("a", by: 1), new AggregateException(new InvalidTimeZoneException("2026"))),
            _ => throw new InvalidOperationException("secret detail"),
        };

        public static Task<Outcome<Confirmed>> ConfirmAsync(ConfirmInput input) =>
            Task.FromResult(new Outcome<Confirmed>(
                input.Count > 0 ? new Confirmed(input.Count) : null, input.Count > 0 ? null : new NothingCounted("A-1")));
    }

    internal class NameTakenException(string sku, int by) : Exception($"The name {sku} is taken.")
    {
        public string Sku => sku;

        /// <summary>Whose it is.</summary>
        public int By => by;
    }

    internal sealed class VeryNameTakenException(string sku) : NameTakenException(sku, by: 2);

    internal sealed class ThingIsFrozen
    {
        private ThingIsFrozen(string since)
        {
            Message = $"Frozen since {since}.";
        }

        public string Message { get; }

        public static ThingIsFrozen CreateErrorFrom(InvalidTimeZoneException exception) => new(exception.Message);
    }

    internal sealed record ConfirmInput(int Count);

    internal sealed record Confirmed(int Count);

    // A business of its own: results, and refusals declared with the result.
    internal sealed record Outcome<T>(T? Value, object? Refusal);

    internal sealed record NothingCounted(string Bin)
    {
        public string Code => "NOTHING_COUNTED";

        public string Message => $"Nothing in {Bin}.";
    }

    internal sealed class OutcomeSource : IMutationErrorSource
    {
        public Type? ValueOf(Type result) =>
            result.IsGenericType && result.GetGenericTypeDefinition() == typeof(Outcome<>) ? result.GetGenericArguments()[0] : null;

        public Func<object, MutationOutcome> ReaderOf(Type result) => answer => answer is Outcome<Confirmed> { Refusal: { } refusal }
            ? MutationOutcome.Failure(refusal)
            : MutationOutcome.Success(((Outcome<Confirmed>)answer).Value);

        public IEnumerable<Type> ErrorsOf(MethodInfo mutation, Type result) => [typeof(NothingCounted)];
    }

    internal sealed class Transactions : ITransactionScopeHandler, ITransactionScope
    {
        public static List<string> Log { get; } = [];

        public ValueTask<ITransactionScope> CreateAsync(FieldContext mutation, CancellationToken ct)
        {
            Log.Add($"begin {mutation.Selection.Field.Name}");
            return new(this);
        }

        public ValueTask CompleteAsync(CancellationToken ct)
        {
            Log.Add("complete");
            return default;
        }

        public ValueTask DisposeAsync()
        {
            Log.Add("end");
            return default;
        }
    }

    [GraphQLName("UserError")]
    internal interface IUserError
    {
        string Message { get; }

        string? Hint { get; }
    }

    internal sealed class OwnErrors
    {
        [Error<NotNowException>]
        public static bool Wait() => throw new NotNowException();
    }

    internal sealed class NotNowException() : Exception("Not now: busy"), IUserError
    {
        public string? Hint => "later";
    }

    internal sealed class NamedMutations
    {
        [UseMutationConvention(
            InputTypeName = "Touching", InputArgumentName = "with", PayloadTypeName = "Touched", PayloadFieldName = "name")]
        public static string Touch(string name) => name;

        [UseMutationConvention(Disable = true)]
        public static string Plain(string name) => name;
    }

    internal sealed class Silent
    {
        public static Task KeepAsync(string name) => Task.FromResult(name);
    }
}
