using System.Collections.Frozen;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Platform.Api.Access;
using Platform.Domain.Access;
using Platform.Domain.Webhooks;
using Platform.GraphQL.Execution;

namespace Platform.Api.Webhooks;

/// <summary>A place in the log up to which nothing is left to be sent.</summary>
internal record WebhookProgress(long Position);

/// <summary>One message to be sent; its id is the same whenever it is made again.</summary>
internal sealed record WebhookMessage(string Id, long Position, bool IsLastOfItsPosition, string Body) : WebhookProgress(Position);

/// <summary>It cannot go on by itself: a person must look at it.</summary>
internal sealed class WebhookStoppedException(string reason) : Exception(reason);

/// <summary>It could not go on this time.</summary>
internal sealed class WebhookInterruptedException(string reason) : Exception(reason);

/// <summary>Runs the subscription of a webhook in this process, in the name of its account, from its position on.</summary>
internal sealed class WebhookMessages(IRequestExecutor executor, IServiceScopeFactory scopes, AccessReader accounts, TimeProvider clock)
{
    /// <summary>What is not for a webhook is passed over for good so often, and is not read again after a restart.</summary>
    private static readonly TimeSpan _progressEvery = TimeSpan.FromSeconds(5);

    private static readonly FrozenSet<string> _passing =
        FrozenSet.Create(StringComparer.Ordinal, ErrorCodes.UnexpectedError, ErrorCodes.Timeout, ErrorCodes.Resync);

    /// <exception cref="WebhookStoppedException">The account, the document or the position does not allow it.</exception>
    /// <exception cref="WebhookInterruptedException">Something of ours was away; it goes on from where it stands.</exception>
    public async IAsyncEnumerable<WebhookProgress> ReadAsync(
        OpenWebhook webhook, long after, [EnumeratorCancellation] CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var user = await IdentityAsync(webhook, ct);
        var result = await executor.ExecuteAsync(
            new OperationRequest
            {
                Document = Encoding.UTF8.GetBytes(webhook.Document),
                Variables = JsonElement.Parse(webhook.Variables),
                ResumeFrom = Text(after),
            },
            new RequestContext { Services = scope.ServiceProvider, User = user, Aborted = ct });
        if (result is not ResponseStream stream)
        {
            await using var refused = (OperationResult)result;
            throw FaultOf(BodyOf(refused));
        }

        await using var owned = stream;
        var waiting = new List<string>();
        using var reading = CancellationTokenSource.CreateLinkedTokenSource(ct);
        await using var messages = stream.GetAsyncEnumerator(reading.Token);
        var next = messages.MoveNextAsync().AsTask();
        try
        {
            while (true)
            {
                while (waiting.Count == 0 && !next.IsCompleted)
                {
                    var passed = PositionOf(stream.Position);
                    if (!await IsSoonAsync(next, ct) && passed > after)
                    {
                        after = passed.Value;
                        yield return new WebhookProgress(after);
                    }
                }

                if (!await next)
                {
                    yield break;
                }

                await using var one = messages.Current;
                if (one.RequestError is not RequestErrorKind.None || (one.HasErrors && !one.HasData))
                {
                    throw FaultOf(BodyOf(one));
                }

                waiting.Add(BodyOf(one));
                if (PositionOf(one.Position) is { } position)
                {
                    for (var i = 0; i < waiting.Count; i++)
                    {
                        yield return new WebhookMessage(
                            string.Create(CultureInfo.InvariantCulture, $"msg_{webhook.Id.Value:N}_{position}_{i}"),
                            position, i == waiting.Count - 1, waiting[i]);
                    }

                    waiting.Clear();
                    after = position;
                }

                next = messages.MoveNextAsync().AsTask();
            }
        }
        finally
        {
            // What reads is not left in the middle of a step.
            await reading.CancelAsync();
            await ((Task)next).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async ValueTask<bool> IsSoonAsync(Task next, CancellationToken ct) =>
        next.IsCompleted || await Task.WhenAny(next, Task.Delay(_progressEvery, clock, ct)) == next;

    private async Task<ClaimsPrincipal> IdentityAsync(OpenWebhook webhook, CancellationToken ct)
    {
        if (await accounts.FindAccountAsync(new UserId(webhook.Account), ct) is not { } account)
        {
            throw new WebhookStoppedException("The account that registered it is no longer active.");
        }

        return new Standing(account, "webhook", DateTimeOffset.MaxValue).Claims;
    }

    private static Exception FaultOf(string body)
    {
        var error = JsonElement.Parse(body).GetProperty("errors")[0];
        var code = error.TryGetProperty("extensions", out var extensions) && extensions.TryGetProperty("code", out var named)
            ? named.GetString()
            : null;
        var message = error.GetProperty("message").GetString();
        var text = code is null ? message! : $"{code}: {message}";
        var cut = text.Length <= 500 ? text : text[..500];
        return code is not null && _passing.Contains(code) ? new WebhookInterruptedException(cut) : new WebhookStoppedException(cut);
    }

    private static long? PositionOf(string? text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position) ? position : null;

    private static string BodyOf(OperationResult result) => Encoding.UTF8.GetString(result.Body);

    private static string Text(long position) => position.ToString(CultureInfo.InvariantCulture);
}
