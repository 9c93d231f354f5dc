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

/// <summary>One message to be sent; its id is the same whenever it is made again.</summary>
internal sealed record WebhookMessage(string Id, long Position, bool IsLastOfItsPosition, string Body);

/// <summary>It cannot go on by itself: a person must look at it.</summary>
internal sealed class WebhookStoppedException(string reason) : Exception(reason);

/// <summary>Runs the subscription of a webhook in this process, in the name of its account, from its position on.</summary>
internal sealed class WebhookMessages(IRequestExecutor executor, IServiceScopeFactory scopes, AccessReader accounts)
{
    /// <exception cref="WebhookStoppedException">The account, the document or the position does not allow it.</exception>
    public async IAsyncEnumerable<WebhookMessage> ReadAsync(
        OpenWebhook webhook, long after, Action<long> whenPassed, [EnumeratorCancellation] CancellationToken ct)
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
            throw new WebhookStoppedException(FaultOf(BodyOf(refused)));
        }

        await using var owned = stream;
        var waiting = new List<string>();
        await foreach (var message in stream.WithCancellation(ct))
        {
            await using var one = message;
            if (one.RequestError is not RequestErrorKind.None || (one.HasErrors && !one.HasData))
            {
                throw new WebhookStoppedException(FaultOf(BodyOf(one)));
            }

            waiting.Add(BodyOf(one));
            if (one.Position is { } text && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var position))
            {
                for (var i = 0; i < waiting.Count; i++)
                {
                    yield return new WebhookMessage(
                        string.Create(CultureInfo.InvariantCulture, $"msg_{webhook.Id.Value:N}_{position}_{i}"),
                        position, i == waiting.Count - 1, waiting[i]);
                }

                waiting.Clear();
                whenPassed(position);
            }
        }
    }

    private async Task<ClaimsPrincipal> IdentityAsync(OpenWebhook webhook, CancellationToken ct)
    {
        if (await accounts.FindAccountAsync(new UserId(webhook.Account), ct) is not { } account)
        {
            throw new WebhookStoppedException("The account that registered it is no longer active.");
        }

        return new Standing(account, "webhook", DateTimeOffset.MaxValue).Claims;
    }

    private static string FaultOf(string body)
    {
        var error = JsonElement.Parse(body).GetProperty("errors")[0];
        var code = error.TryGetProperty("extensions", out var extensions) && extensions.TryGetProperty("code", out var named)
            ? named.GetString() + ": "
            : string.Empty;
        var text = code + error.GetProperty("message").GetString();
        return text.Length <= 500 ? text : text[..500];
    }

    private static string BodyOf(OperationResult result) => Encoding.UTF8.GetString(result.Body);

    private static string Text(long position) => position.ToString(CultureInfo.InvariantCulture);
}
