using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Logging;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.GraphQL.Conventions;

public sealed class AuthorizationTests
{
    private const string Anonymous = "AUTH_NOT_AUTHENTICATED";
    private const string Refused = "AUTH_NOT_AUTHORIZED";

    [Theory]
    //           field                               caller      answer
    [InlineData("open",                              "",         "")]
    [InlineData("known",                             "",         Anonymous)]
    [InlineData("known",                             "any",      "")]
    [InlineData("role",                              "",         Anonymous)]
    [InlineData("role",                              "clerk",    Refused)]
    [InlineData("role",                              "planner",  "")]
    [InlineData("policy",                            "",         Anonymous)]
    [InlineData("policy",                            "clerk",    Refused)]
    [InlineData("policy",                            "planner",  "")]
    [InlineData("both",                              "planner",  Refused)]  // several rules must all be met
    [InlineData("both",                              "planner,buyer", "")]
    [InlineData("after",                             "clerk",    Refused)]
    [InlineData("after",                             "planner",  "")]
    [InlineData("secret { id }",                     "clerk",    Refused)]  // the rule is on the type
    [InlineData("secret { id }",                     "planner",  "")]
    [InlineData("secrets { id }",                    "clerk",    Refused)]
    [InlineData("pages(first: 1) { edges { node { id } } }", "clerk", Refused)] // G-43
    [InlineData("pages(first: 1) { nodes { id } }",  "planner",  "")]
    [InlineData("holder { inside { id } }",          "clerk",    Refused)]
    [InlineData("holder { price }",                  "clerk",    Refused)]
    [InlineData("holder { price }",                  "planner",  "")]
    [InlineData("holder { batch }",                  "clerk",    Refused)]
    [InlineData("mixed { __typename }",              "clerk",    Refused)]  // behind an interface
    [InlineData("mixed { __typename }",              "planner",  "")]
    [InlineData("node(id: \"U2VjcmV0OjE=\") { id }", "clerk",    Refused)]  // G-42
    [InlineData("node(id: \"U2VjcmV0OjE=\") { id }", "planner",  "")]
    [InlineData("nodes(ids: [\"U2VjcmV0OjE=\"]) { id }", "clerk", Refused)]
    public async Task A_rule_decides_who_reads_a_field(string field, string caller, string code)
    {
        await using var server = Server();
        Ran.Clear();
        var response = JsonDocument.Parse(await server.Run($"{{ {field} }}", Caller(caller))).RootElement;

        if (code.Length == 0)
        {
            response.TryGetProperty("errors", out var errors).ShouldBeFalse(errors.ToString());
            return;
        }

        var error = response.GetProperty("errors")[0];
        error.GetProperty("extensions").GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("message").GetString().ShouldBe("The current user is not authorized to access this resource.");
        Ran.ShouldNotContain(field.Split(' ', '(')[0]); // a refused resolver does not run
    }

    [Fact]
    public async Task A_refused_field_leaves_its_neighbours_alone()
    {
        await using var server = Server();
        var response = await server.Run("{ open role }", Caller("clerk"));
        response.ShouldContain("""data":{"open":"open","role":null}""");
        response.ShouldContain("""path":["role"]""");
    }

    [Fact]
    public async Task An_object_in_a_list_is_refused_alone()
    {
        await using var server = Server();
        var response = await server.Run("{ mixedList { __typename } }", Caller("clerk"));
        response.ShouldContain("""{"mixedList":[{"__typename":"Public"},null]}""");
        response.ShouldContain("""path":["mixedList",1]""");
    }

    [Fact]
    public async Task A_rule_at_validation_refuses_the_whole_operation()
    {
        await using var server = Server();
        Ran.Clear();
        var response = await server.Run("{ open atOnce }", Caller("clerk"));

        JsonDocument.Parse(response).RootElement.TryGetProperty("data", out _).ShouldBeFalse();
        ConventionServer.Code(response).ShouldBe(Refused);
        Ran.ShouldBeEmpty(); // not even the open field
        (await server.Run("{ atOnce }", Caller("planner"))).ShouldBe("""{"data":{"atOnce":"atOnce"}}""");
    }

    [Fact]
    public async Task A_rule_on_a_root_class_is_one_on_each_of_its_fields()
    {
        await using var server = new ConventionServer(graph => graph.AddTypes(typeof(Closed), typeof(Open)));
        ConventionServer.Code(await server.Run("{ inner }")).ShouldBe(Anonymous);
        (await server.Run("{ lobby outer }")).ShouldBe("""{"data":{"lobby":"lobby","outer":"outer"}}""");
    }

    [Fact]
    public void A_policy_without_a_service_that_knows_policies_is_a_mistake()
    {
        var server = new ConventionServer(graph => graph.AddQueryType<Policies>());
        server.BuildErrors().ShouldBe(
            ["Query.policy: a policy is asked for, and no service knows policies. Call services.AddAuthorization()."]);
    }

    // G-60, R-43
    [Fact]
    public void Deny_by_default_builds_no_field_that_nobody_thought_about()
    {
        var server = new ConventionServer(graph => graph
            .AddQueryType<Forgetful>()
            .AddMutationConventions()
            .AddMutationType<ForgetfulMutation>()
            .ModifyOptions(options => options with { DenyByDefault = true }));

        server.BuildErrors().ShouldBe(
            [
                "Query.forgotten (AuthorizationTests.Forgetful.Forgotten) has no authorization rule. Add [Authorize] or [AllowAnonymous] to it or to its type.",
                "Mutation.forget (AuthorizationTests.ForgetfulMutation.Forget) has no authorization rule. Add [Authorize] or [AllowAnonymous] to it or to its type.",
                "Bare.id (AuthorizationTests.Bare.Id) has no authorization rule. Add [Authorize] or [AllowAnonymous] to it or to its type.",
            ],
            ignoreOrder: true);
    }

    private static List<string> Ran { get; } = [];

    private static T Run<T>(string field, T value)
    {
        Ran.Add(field);
        return value;
    }

    private static ClaimsPrincipal Caller(string roles) =>
        roles.Length == 0 ? ConventionServer.Anonymous : ConventionServer.User(roles.Split(','));

    private static ConventionServer Server()
    {
        var server = new ConventionServer(graph => graph
            .AddQueryType<Query>()
            .AddTypes(typeof(SecretNode), typeof(HolderNode))
            .AddGlobalObjectIdentification());
        server.Registrations.AddSingleton<ILoggerFactory>(NullLoggerFactory.Instance);
        server.Registrations.AddSingleton(typeof(ILogger<>), typeof(NullLogger<>));
        server.Registrations.AddAuthorizationCore(options => options
            .AddPolicy("planning", policy => policy.RequireRole("planner")));
        return server;
    }

    internal sealed class Query
    {
        public static string Open() => Run("open", "open");

        [Authorize]
        public static string? Known() => Run("known", "known");

        [Authorize(Roles = ["planner", "boss"])]
        public static string? Role() => Run("role", "role");

        [Authorize("planning")]
        public static string? Policy() => Run("policy", "policy");

        [Authorize("planning"), Authorize(Roles = ["buyer"])]
        public static string? Both() => Run("both", "both");

        [Authorize("planning", ApplyPolicy.AfterResolver)]
        public static string? After() => "after";

        [Authorize("planning", ApplyPolicy.Validation)]
        public static string? AtOnce() => Run("atOnce", "atOnce");

        public static Secret? Secret() => Run("secret", new Secret(1));

        public static IReadOnlyList<Secret>? Secrets() => Run<IReadOnlyList<Secret>>("secrets", [new(1), new(2)]);

        [UsePaging]
        public static IEnumerable<Secret> Pages() => [new(1), new(2)];

        public static Holder Holder() => new();

        public static IThing? Mixed() => new Secret(1);

        public static IReadOnlyList<IThing?> MixedList() => [new Public(1), new Secret(2)];
    }

    [InterfaceType]
    internal interface IThing
    {
        int Number { get; }
    }

    [Authorize(Roles = ["planner"])]
    internal sealed record Secret(int Id) : IThing
    {
        public int Number => Id;
    }

    internal sealed record Public(int Number) : IThing;

    [ObjectType<Secret>]
    internal static class SecretNode
    {
        [NodeResolver]
        public static Secret? Find(int id) => new(id);
    }

    internal sealed class Holder
    {
        public Secret? Inside => new(1);

        [Authorize(Roles = ["planner"])]
        public decimal? Price => Run("holder", 1m);
    }

    [ObjectType<Holder>]
    internal static class HolderNode
    {
        [BatchResolver, Authorize(Roles = ["planner"])]
        public static IReadOnlyList<int?> GetBatch([Parent] IReadOnlyList<Holder> holders) => [.. holders.Select(_ => (int?)1)];
    }

    [QueryType, Authorize]
    internal static class Closed
    {
        public static string? Inner() => "inner";

        [AllowAnonymous]
        public static string Lobby() => "lobby";
    }

    [QueryType]
    internal static class Open
    {
        public static string Outer() => "outer";
    }

    internal sealed class Policies
    {
        [Authorize("planning")]
        public static string? Policy() => "";
    }

    internal sealed class Forgetful
    {
        public static string Forgotten() => "";

        [AllowAnonymous]
        public static Bare Remembered() => new(1);

        [Authorize]
        [UsePaging]
        public static IEnumerable<Covered> Pages() => [];
    }

    internal sealed class ForgetfulMutation
    {
        public static Covered Forget() => new(1);
    }

    internal sealed record Bare(int Id);

    [Authorize]
    internal sealed record Covered(int Id);
}
