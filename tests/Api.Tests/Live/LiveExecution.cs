using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Access;
using Platform.GraphQL.Execution;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>A subscription in the host's own engine, which its reader may leave untouched for as long as it likes.</summary>
public sealed class LiveExecution : IAsyncDisposable
{
    private readonly ResponseStream _stream;
    private readonly IAsyncEnumerator<OperationResult> _messages;

    private LiveExecution(ResponseStream stream) => (_stream, _messages) = (stream, stream.GetAsyncEnumerator());

    public static Task<LiveExecution> OpenAsync(TestHost host, string document, string? resumeFrom) =>
        OpenAsync(host, LiveHost.Everything, document, resumeFrom, variables: null);

    public static Task<LiveExecution> OpenAsync(
        TestHost host, Principal listener, string document, string? resumeFrom, object? variables) =>
        OpenAsync(host, listener, listener.Actor.Id.ToString(), document, resumeFrom, variables);

    /// <summary>Listeners of one permission scope may see the same, and are executed for together.</summary>
    public static async Task<LiveExecution> OpenAsync(
        TestHost host, Principal listener, string permissionScope, string document, string? resumeFrom, object? variables)
    {
        var result = await host.HostServices.GetRequiredService<IRequestExecutor>().ExecuteAsync(
            new OperationRequest
            {
                Document = Encoding.UTF8.GetBytes(document),
                ResumeFrom = resumeFrom,
                Variables = variables is null ? default : JsonSerializer.SerializeToElement(variables),
            },
            new RequestContext
            {
                Services = host.HostServices,
                User = new ClaimsPrincipal(new PrincipalIdentity(listener, "Test")),
                PermissionScope = permissionScope,
            });
        return result is ResponseStream stream
            ? new LiveExecution(stream)
            : throw new InvalidOperationException(LiveStream.Text((OperationResult)result));
    }

    /// <summary>The next response, errors and all.</summary>
    public async Task<JsonElement> NextAsync()
    {
        (await _messages.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        return JsonElement.Parse(LiveStream.Text(_messages.Current));
    }

    public async ValueTask DisposeAsync()
    {
        await _messages.DisposeAsync();
        await _stream.DisposeAsync();
    }
}
