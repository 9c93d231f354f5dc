using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Writing;

/// <summary>
/// The key that makes a retry safe: in the input, or for the whole request in the header <c>Idempotency-Key</c>. A request
/// may hold several mutations, so a field under an alias adds it to the header's key.
/// </summary>
internal static class IdempotencyKey
{
    public const string Argument = "idempotencyKey";
    public const string Header = "Idempotency-Key";

    public const string Description =
        "A key made by the client, 1 to 255 visible ASCII characters. A repeat with the same key and the same input answers "
        + "what was answered first and changes nothing; the header `Idempotency-Key` does the same for a whole request.";

    public static string? Of(InputObjectValue input, FieldContext field)
    {
        if (input.TryGetValue(Argument, out var given) && given is string key)
        {
            return key;
        }

        // A socket's requests share the headers of its upgrade, which is no request of theirs.
        if (field.Request.Services.GetService<IHttpContextAccessor>()?.HttpContext is not { } http
            || !HttpMethods.IsPost(http.Request.Method)
            || !http.Request.Headers.TryGetValue(Header, out var header))
        {
            return null;
        }

        var selection = field.Selection;
        return selection.ResponseName == selection.Field.Name ? header.ToString() : $"{header}:{selection.ResponseName}";
    }
}
