using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;
using Platform.GraphQL.Limits;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.Execution;

/// <summary>A schema document, resolvers by coordinate, and a real executor.</summary>
internal sealed class TestServer : IAsyncDisposable
{
    private readonly SchemaBuilder _builder = new();
    private RequestExecutor? _executor;

    public TestServer(string sdl)
    {
        _builder.AddIncrementalDelivery();
        var reader = new SdlReader(_builder);
        foreach (var definition in GraphQLDocument.ParseSchema(sdl).Definitions)
        {
            reader.Read(definition);
        }
    }

    public List<ExecutionFault> Faults { get; } = [];

    public RequestExecutorOptions Options { get; set; } = new();

    public IServiceProvider Services { get; set; } = new ServiceCollection().BuildServiceProvider();

    public RequestExecutor Executor => _executor ??= new RequestExecutor(
        _builder.Build(), Options with { OnFault = fault => Faults.Add(fault) });

    public TestServer Limit(Func<GraphQLLimits, GraphQLLimits> change)
    {
        Options = Options with { Limits = change(Options.Limits) };
        return this;
    }

    public TestServer Resolve(string coordinate, FieldResolver resolver)
    {
        var (type, field) = (coordinate.Split('.')[0], coordinate.Split('.')[1]);
        _builder.Object(type).Field(field).Resolver = resolver;
        return this;
    }

    public TestServer Resolve(string coordinate, Func<object?, FieldContext, object?> resolve) =>
        Resolve(coordinate, SingleResolver.From(resolve));

    public TestServer Resolve(string coordinate, object? value) => Resolve(coordinate, (_, _) => value);

    public TestServer ResolveAsync(
        string coordinate, Func<object?, FieldContext, CancellationToken, ValueTask<object?>> resolve) =>
        Resolve(coordinate, SingleResolver.From(resolve));

    public TestServer Read<TParent, TValue>(string coordinate, Func<TParent, TValue> read) =>
        Resolve(coordinate, new PureResolver<TParent, TValue>(read));

    public TestServer TypeOf(string union, Func<object, string?> resolve)
    {
        _builder.Union(union).ResolveType = resolve;
        return this;
    }

    public TestServer Runtime<T>(string type)
    {
        _builder.Object(type).RuntimeType = typeof(T);
        return this;
    }

    public async Task<string> Run(string document) => await Run(document, variables: null);

    public async Task<string> Run(string document, string? variables) =>
        await Run(Request(document, variables));

    public async Task<string> Run(OperationRequest request)
    {
        await using var result = await Execute(request);
        return Text(result.ShouldBeOfType<OperationResult>());
    }

    public ValueTask<ExecutionResult> Execute(OperationRequest request) => Execute(request, CancellationToken.None);

    public ValueTask<ExecutionResult> Execute(OperationRequest request, CancellationToken aborted) =>
        Executor.ExecuteAsync(request, new RequestContext
        {
            Services = Services,
            MayReadSchema = true,
            PermissionScope = "everyone",
            CorrelationId = "c-1",
            Aborted = aborted,
        });

    public static OperationRequest Request(string document) => Request(document, variables: null);

    public static OperationRequest Request(string document, string? variables) => new()
    {
        Document = Encoding.UTF8.GetBytes(document),
        Variables = variables is null ? default : JsonDocument.Parse(variables).RootElement,
    };

    /// <summary>All messages of a stream, each as text.</summary>
    public async Task<List<string>> Stream(OperationRequest request)
    {
        var messages = new List<string>();
        await using var result = await Execute(request);
        await foreach (var message in result.ShouldBeAssignableTo<ResponseStream>()!)
        {
            messages.Add(Text(message));
            await message.DisposeAsync();
        }

        return messages;
    }

    public static string Text(OperationResult result) =>
        Encoding.UTF8.GetString(System.Buffers.BuffersExtensions.ToArray(result.Body));

    public ValueTask DisposeAsync() => _executor?.DisposeAsync() ?? ValueTask.CompletedTask;
}
