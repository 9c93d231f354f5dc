namespace Platform.GraphQL.Transport.Negotiation;

/// <summary>The media types of requests and responses, spelled once.</summary>
internal static class MediaTypes
{
    public const string GraphQLResponse = "application/graphql-response+json";
    public const string Json = "application/json";
    public const string Multipart = "multipart/mixed";
    public const string EventStream = "text/event-stream";
    public const string JsonLines = "application/jsonl";
    public const string GraphQLJsonLines = "application/graphql-response+jsonl";
    public const string FormData = "multipart/form-data";
    public const string Html = "text/html";

    public const string GraphQLResponseUtf8 = GraphQLResponse + "; charset=utf-8";
    public const string JsonUtf8 = Json + "; charset=utf-8";
}
