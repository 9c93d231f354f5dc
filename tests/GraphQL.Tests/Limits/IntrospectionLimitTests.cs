using Platform.GraphQL.Execution;
using Platform.Tests.GraphQL.Execution;

namespace Platform.Tests.GraphQL.Limits;

/// <summary>G-16, G-22: who may introspect, and how deep.</summary>
public sealed class IntrospectionLimitTests
{
    private static readonly TestServer Server = new("type Query { a: Int } type Mutation { a: Int } type Subscription { a: Int }");

    [Theory]
    [InlineData("{ __schema { queryType { name } } }")]
    [InlineData("{ s: __schema { queryType { name } } }")]
    [InlineData("{ __type(name: \"Query\") { name } }")]
    [InlineData("{ ... on Query { __type(name: \"Query\") { name } } }")]
    [InlineData("query($i: Boolean = false) { a ...F @include(if: $i) } fragment F on Query { __schema { queryType { name } } }")]
    public async Task Without_permission_the_schema_is_not_told(string document)
    {
        await using var result = (OperationResult)await Ask(document, mayReadSchema: false);

        result.RequestError.ShouldBe(RequestErrorKind.Introspection);
        TestServer.Text(result).ShouldContain("HC0046");
    }

    [Theory]
    [InlineData("{ __typename }", "Query")]
    [InlineData("mutation { __typename }", "Mutation")]
    public async Task The_type_name_is_told_to_everybody(string document, string name)
    {
        await using var result = (OperationResult)await Ask(document, mayReadSchema: false);

        TestServer.Text(result).ShouldBe($"{{\"data\":{{\"__typename\":\"{name}\"}}}}");
    }

    [Theory]
    [InlineData("{ __schema { types { fields { type { fields { type { name } } } } } } }")]
    [InlineData("{ __schema { types { interfaces { interfaces { name } } } } }")]
    [InlineData("{ __type(name: \"Q\") { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { ofType { name } } } } } } } } } } } } }")]
    public async Task Circles_in_the_introspection_are_refused(string document)
    {
        await using var result = (OperationResult)await Ask(document, mayReadSchema: true);

        TestServer.Text(result).ShouldContain("HC0086");
    }

    private static ValueTask<ExecutionResult> Ask(string document, bool mayReadSchema) =>
        Server.Executor.ExecuteAsync(TestServer.Request(document), new RequestContext
        {
            Services = Server.Services,
            MayReadSchema = mayReadSchema,
        });
}
