namespace Platform.GraphQL.Transport;

/// <summary>Which edition of GraphQL-over-HTTP the statuses follow; they contradict each other since 2026.</summary>
public enum HttpMode
{
    /// <summary>
    /// What clients and the graphql-http audits expect: request errors are 400, or 200 when only
    /// <c>application/json</c> is accepted; without a wish the answer is labelled <c>application/json</c>.
    /// </summary>
    Compat,

    /// <summary>
    /// The draft of 2026-08-06: 422 for documents and variables that cannot be executed, 294 for data with errors, and
    /// the same statuses for <c>application/json</c>.
    /// </summary>
    Draft2026,
}
