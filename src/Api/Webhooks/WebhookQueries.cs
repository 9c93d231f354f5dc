using Platform.Api.Access;
using Platform.Domain.Kernel.Events;
using Platform.Domain.Webhooks;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;

namespace Platform.Api.Webhooks;

/// <summary>A message that a webhook would send.</summary>
/// <param name="Position">Where its event stands in the log.</param>
/// <param name="Body">What would be posted.</param>
[Authorize("webhooks.manage")]
public sealed record WebhookPreview(string Position, string Body);

[QueryType]
internal static class WebhookQueries
{
    private const int MostPreviews = 20;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <summary>The secret that the messages of a webhook are signed with, for the one who sets up the receiver.</summary>
    /// <param name="id">The webhook.</param>
    /// <param name="outbox">Where it is kept.</param>
    /// <param name="request">Who asks.</param>
    /// <param name="ct">Ends the waiting.</param>
    [Authorize("webhooks.manage")]
    public static async Task<string?> GetWebhookSecretAsync(
        [ID("Webhook")] Guid id, WebhookOutbox outbox, RequestContext request, CancellationToken ct) =>
        Principal.Of(request).Rows.IsEverything && await outbox.FindSecretAsync(new WebhookId(id), ct) is { } secret
            ? WebhookSignature.Show(secret)
            : null;

    /// <summary>A dry run: what a webhook with this document would have sent for what happened lately. Nothing is sent.</summary>
    /// <param name="document">The subscription document.</param>
    /// <param name="variables">Its variables, as JSON text.</param>
    /// <param name="after">From which position of the log; without it, from a thousand events ago.</param>
    /// <param name="previews">Runs the document.</param>
    /// <param name="events">Knows where the log ends.</param>
    /// <param name="request">Who asks: the messages hold what they may see.</param>
    /// <param name="ct">Ends the waiting.</param>
    [Authorize("webhooks.manage")]
    public static async Task<IReadOnlyList<WebhookPreview>> GetWebhookPreviewsAsync(
        string document, string? variables, string? after, WebhookPreviews previews, EventReader events, RequestContext request,
        CancellationToken ct)
    {
        var start = after ?? Live.Subscriptions.PositionText.Write(await events.BeforeLastAsync(1_000, ct));
        return await previews.ReadAsync(document, variables, start, request, MostPreviews, Patience, ct);
    }
}
