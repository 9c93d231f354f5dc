using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Limits;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.Conventions;

/// <summary>Classes, the schema made of them, and a real executor.</summary>
internal sealed class ConventionServer : IAsyncDisposable
{
    private readonly ServiceCollection _services = new();
    private ServiceProvider? _provider;

    public ConventionServer(Action<GraphQLServerBuilder> configure)
    {
        Builder = _services.AddGraphQLServer().ConfigureExecution(_ => new RequestExecutorOptions
        {
            Limits = GraphQLLimits.Default with { MaxFieldCost = 100_000, MaxTypeCost = 100_000 },
            OnFault = fault => Faults.Add(fault),
        });
        configure(Builder);
    }

    public GraphQLServerBuilder Builder { get; }

    public IServiceCollection Registrations => _services;

    public List<ExecutionFault> Faults { get; } = [];

    public IServiceProvider Provider => _provider ??= _services.BuildServiceProvider();

    public Schema Schema => Provider.GetRequiredService<Schema>();

    /// <summary>One type of the schema as its definition.</summary>
    public string Sdl(string type) => SchemaPrinter.Print(Schema.FindType(type).ShouldNotBeNull());

    public string Field(string type, string name)
    {
        var field = ((ComplexType)Schema.FindType(type).ShouldNotBeNull()).Fields.Find(name).ShouldNotBeNull();
        var arguments = field.Arguments.Count == 0
            ? ""
            : $"({string.Join(", ", field.Arguments.Select(a => $"{a.Name}: {a.Type}{(a.HasDefault ? " = " + a.DefaultSyntax : "")}"))})";
        return $"{field.Name}{arguments}: {field.Type}";
    }

    public Task<string> Run(string document) => Run(document, variables: null, Anonymous);

    public Task<string> Run(string document, string? variables) => Run(document, variables, Anonymous);

    public Task<string> Run(string document, ClaimsPrincipal user) => Run(document, variables: null, user);

    public async Task<string> Run(string document, string? variables, ClaimsPrincipal user)
    {
        await using var result = await Execute(document, variables, user);
        return Text(result.ShouldBeOfType<OperationResult>());
    }

    public async Task<JsonElement> Data(string document)
    {
        var response = JsonDocument.Parse(await Run(document)).RootElement;
        response.TryGetProperty("errors", out var errors).ShouldBeFalse(errors.ToString());
        return response.GetProperty("data");
    }

    /// <summary>The code of the first error.</summary>
    public async Task<string?> CodeOf(string document) => Code(await Run(document));

    public static string? Code(string response) =>
        JsonDocument.Parse(response).RootElement.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();

    public ValueTask<ExecutionResult> Execute(string document, string? variables, ClaimsPrincipal user)
    {
        var request = new OperationRequest
        {
            Document = Encoding.UTF8.GetBytes(document),
            Variables = variables is null ? default : JsonDocument.Parse(variables).RootElement,
        };
        return Provider.GetRequiredService<IRequestExecutor>().ExecuteAsync(request, new RequestContext
        {
            Services = Provider,
            User = user,
            MayReadSchema = true,
            CorrelationId = "c-1",
        });
    }

    public static ClaimsPrincipal Anonymous => new(new ClaimsIdentity());

    public static ClaimsPrincipal User(params string[] roles) =>
        new(new ClaimsIdentity(roles.Select(role => new Claim(ClaimTypes.Role, role)), "test"));

    public static string Text(OperationResult result) =>
        Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(result.Body));

    /// <summary>The errors a build ends with, each on its line.</summary>
    public IReadOnlyList<string> BuildErrors() =>
        [.. Should.Throw<SchemaException>(() => Schema).Errors.Select(error => error.Message)];

    public ValueTask DisposeAsync() => _provider?.DisposeAsync() ?? ValueTask.CompletedTask;
}

/// <summary>Files beside the tests that hold what is expected; <c>UPDATE_SNAPSHOTS=1</c> rewrites them.</summary>
internal static class Snapshot
{
    public static string Beside(string name, [CallerFilePath] string test = "") =>
        Path.Combine(Path.GetDirectoryName(test)!, name);

    public static void Matches(string actual, string name, [CallerFilePath] string test = "")
    {
        var file = Path.Combine(Path.GetDirectoryName(test)!, name);
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllText(file, actual.TrimEnd() + "\n");
        }

        actual.TrimEnd().ShouldBe(File.ReadAllText(file).TrimEnd());
    }
}
