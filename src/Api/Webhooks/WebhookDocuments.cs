using System.Text;
using System.Text.Json;
using Platform.Domain.Webhooks;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;
using Platform.GraphQL.Validation;

namespace Platform.Api.Webhooks;

/// <summary>Judges documents by the schema that is served.</summary>
internal sealed class WebhookDocuments(IServiceProvider services) : IWebhookDocuments
{
    public ValueTask<string?> FaultAsync(string document, JsonDocument variables, CancellationToken ct) =>
        ValueTask.FromResult(FaultOf(document));

    private string? FaultOf(string text)
    {
        DocumentNode document;
        try
        {
            document = GraphQLDocument.Parse(text);
        }
        catch (SyntaxException mistake)
        {
            return mistake.Message;
        }

        var operations = document.Definitions.OfType<OperationDefinitionNode>().ToList();
        if (operations is not [{ Operation: OperationType.Subscription }])
        {
            return "it must hold exactly one operation, a subscription.";
        }

        // Asked for now, because the schema is made of this service among others.
        var faults = DocumentValidator.Validate(services.GetRequiredService<Schema>(), document, new ValidationOptions());
        return faults.Count == 0 ? null : faults[0].Message;
    }
}

/// <summary>Runs a document over what happened lately, as whoever asks.</summary>
internal sealed class WebhookPreviews(IServiceProvider services)
{
    public async Task<IReadOnlyList<WebhookPreview>> ReadAsync(
        string document, string? variables, string after, RequestContext request, int most, TimeSpan patience, CancellationToken ct)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(patience);
        var result = await services.GetRequiredService<IRequestExecutor>().ExecuteAsync(
            new OperationRequest
            {
                Document = Encoding.UTF8.GetBytes(document),
                Variables = variables is null ? default : Parsed(variables),
                ResumeFrom = after,
                Allowed = OperationKinds.Subscription,
            },
            new RequestContext { Services = request.Services, User = request.User, Aborted = limit.Token });
        await using var owned = result;
        if (result is not ResponseStream stream)
        {
            throw Refused(JsonElement.Parse(Encoding.UTF8.GetString(((OperationResult)result).Body)));
        }

        var previews = new List<WebhookPreview>();
        try
        {
            await foreach (var message in stream.WithCancellation(limit.Token))
            {
                await using var one = message;
                previews.Add(new WebhookPreview(one.Position ?? stream.Position ?? after, Encoding.UTF8.GetString(one.Body)));
                if (previews.Count >= most)
                {
                    break;
                }
            }
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            // The end of the log is reached, and nothing more came in the time that a dry run has.
        }

        return previews;
    }

    private static JsonElement Parsed(string variables)
    {
        try
        {
            return JsonElement.Parse(variables);
        }
        catch (JsonException)
        {
            throw new GraphQLException(new GraphQLError("The variables are no JSON.") { Code = ErrorCodes.InvalidVariable });
        }
    }

    private static GraphQLException Refused(JsonElement body) => new(
        new GraphQLError(body.GetProperty("errors")[0].GetProperty("message").GetString()!) { Code = ErrorCodes.Validation });
}
