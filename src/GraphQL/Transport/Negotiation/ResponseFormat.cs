namespace Platform.GraphQL.Transport.Negotiation;

/// <summary>How one complete result is labelled.</summary>
internal enum SingleFormat
{
    /// <summary>Nothing the client accepts can carry one result outside a stream.</summary>
    None,
    GraphQLResponse,
    Json,
}

/// <summary>How several results of one request are framed.</summary>
internal enum StreamFormat
{
    /// <summary>The client accepts no stream: <c>@defer</c> is answered at once, a subscription is refused.</summary>
    None,
    Multipart,

    /// <summary>
    /// Apollo's multipart subscriptions: every part is wrapped in <c>payload</c>, <c>{}</c> is a heartbeat.
    /// </summary>
    ApolloMultipart,
    EventStream,
    JsonLines,
    GraphQLJsonLines,
}

/// <summary>The shape of <c>@defer</c> and <c>@stream</c> payloads that the client understands.</summary>
internal enum IncrementalDialect
{
    /// <summary><c>pending</c>, <c>incremental</c> with ids, <c>completed</c>: graphql-js 17.</summary>
    V02,

    /// <summary>
    /// <c>path</c> and <c>label</c> per payload: <c>deferSpec=20220824</c>, Apollo's and urql's older form.
    /// </summary>
    V01,
}
