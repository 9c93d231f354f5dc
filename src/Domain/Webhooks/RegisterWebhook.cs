using System.Text.Json;
using Platform.Domain.Kernel;

namespace Platform.Domain.Webhooks;

/// <summary>
/// Sends the messages of a subscription to an address from now on, signed, in order, each at least once. The secret for the
/// signatures is made by the database and read with `webhookSecret`.
/// </summary>
/// <param name="Name">What people call it.</param>
/// <param name="Url">Where messages are posted; a public address behind https.</param>
/// <param name="Document">The subscription document.</param>
/// <param name="Variables">The variables of the document, as JSON text; null when it has none.</param>
[Needs("webhooks.manage")]
[Refuses<InvalidField>, Refuses<WebhookDocumentInvalid>, Refuses<TooManyWebhooks>]
public sealed record RegisterWebhook(string Name, string Url, string Document, string? Variables) : ICommand<WebhookRegistered>;

/// <param name="Webhook">The webhook.</param>
/// <param name="Name">What people call it.</param>
/// <param name="Url">Where messages are posted.</param>
/// <param name="Document">The subscription document.</param>
/// <param name="Account">The account whose rights its messages are made with.</param>
/// <param name="At">When it was registered.</param>
public sealed record WebhookRegistered(
    WebhookId Webhook, string Name, string Url, string Document, Guid Account, DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(Webhooks.Webhook), Webhook.Value);
}

/// <summary>Judges subscription documents; what a document is, the domain does not know.</summary>
public interface IWebhookDocuments
{
    /// <summary>What is wrong with a document, in words; null when it is one subscription that can run.</summary>
    ValueTask<string?> FaultAsync(string document, JsonDocument variables, CancellationToken ct);
}

/// <summary>Where nothing runs subscriptions, nothing is known against a document.</summary>
internal sealed class AnyDocument : IWebhookDocuments
{
    public ValueTask<string?> FaultAsync(string document, JsonDocument variables, CancellationToken ct) => new((string?)null);
}

internal sealed class RegisterWebhookHandler(PlatformDb db, IWebhookDocuments documents)
    : ICommandHandler<RegisterWebhook, WebhookRegistered>
{
    private const int Most = 200;

    private const int LongestDocument = 20_000;

    public async Task<Result<WebhookRegistered>> HandleAsync(RegisterWebhook command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        if (VariablesOf(command.Variables) is not { } variables)
        {
            return Field.Invalid("variables", "must be a JSON object", command.Variables);
        }

        if (await documents.FaultAsync(command.Document, variables, ct) is { } fault)
        {
            return new WebhookDocumentInvalid(fault);
        }

        var open = await db.CountOpenWebhooksAsync(ct);
        if (open >= Most)
        {
            return new TooManyWebhooks(open, Most);
        }

        var registered = new WebhookRegistered(
            new WebhookId(Guid.CreateVersion7(envelope.Now)), command.Name, command.Url, command.Document, envelope.Actor.Id, envelope.Now);
        db.Add(Webhook.Register(registered, variables));
        db.Raise(registered);
        return registered;
    }

    internal static InvalidField? Check(RegisterWebhook command) =>
        Field.Text("name", command.Name, most: 100)
        ?? Field.Text("url", command.Url, most: 2_000)
        ?? (Uri.TryCreate(command.Url, UriKind.Absolute, out var url)
            && url.Scheme is "https" or "http" && url.UserInfo.Length == 0 && url.Fragment.Length == 0
                ? null
                : Field.Invalid("url", "must be an address with https, without user and fragment", command.Url))
        ?? (command.Document.Length is > 0 and <= LongestDocument
            ? null
            : Field.Invalid("document", "must have 1 to 20000 characters", command.Document));

    private static JsonDocument? VariablesOf(string? text)
    {
        try
        {
            var variables = JsonDocument.Parse(text ?? "{}", new JsonDocumentOptions { MaxDepth = 16 });
            return variables.RootElement.ValueKind is JsonValueKind.Object ? variables : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
