using System.Buffers;
using System.Security.Claims;
using System.Text.Json;
using Platform.Api.Access;
using Platform.GraphQL.Execution;

namespace Platform.Api.Bulk;

/// <summary>Asks the graph from inside, as somebody: the same door, rules and limits as for everybody outside.</summary>
internal sealed class GraphCall(IRequestExecutor executor, IServiceScopeFactory scopes)
{
    private const int Tries = 50;

    private static readonly TimeSpan _pause = TimeSpan.FromMilliseconds(100);

    public async Task<JsonDocument> AskAsync(
        Principal principal, ReadOnlyMemory<byte> document, JsonElement variables, object? companion, CancellationToken ct)
    {
        for (var left = Tries; ; left--)
        {
            await using var scope = scopes.CreateAsyncScope();
            var context = new RequestContext
            {
                Services = scope.ServiceProvider,
                User = new ClaimsPrincipal(new PrincipalIdentity(principal, Schemes.Job)),
                Aborted = ct,
            };
            if (companion is not null)
            {
                context.Items[companion.GetType()] = companion;
            }

            await using var result = await executor.ExecuteAsync(
                new OperationRequest { Document = document, Variables = variables }, context);
            ct.ThrowIfCancellationRequested();
            var answer = (OperationResult)result;

            // People come first: a job waits while there is no room.
            if (answer.RequestError is not RequestErrorKind.Overloaded || left == 0)
            {
                return JsonDocument.Parse(answer.Body.ToArray());
            }

            await Task.Delay(_pause, ct);
        }
    }
}

/// <summary>What an answer of the graph says at its top.</summary>
internal static class GraphAnswer
{
    /// <summary>Its first error; null when it has none.</summary>
    public static (string? Code, string Message)? Fault(this JsonElement answer)
    {
        if (!answer.TryGetProperty("errors", out var errors) || errors.GetArrayLength() == 0)
        {
            return null;
        }

        var first = errors[0];
        var code = first.TryGetProperty("extensions", out var extensions) && extensions.TryGetProperty("code", out var known)
            ? known.GetString()
            : null;
        return (code, first.GetProperty("message").GetString()!);
    }
}
