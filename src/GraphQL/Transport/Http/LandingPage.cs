using Microsoft.AspNetCore.Http;

namespace Platform.GraphQL.Transport.Http;

/// <summary>What a person sees who opens the endpoint in a browser: where they are and one request to copy.</summary>
internal static class LandingPage
{
    private static readonly byte[] Page = """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>GraphQL endpoint</title>
        </head>
        <body>
        <h1>GraphQL endpoint</h1>
        <p>This address answers GraphQL requests. Point a client or an IDE at it, or try:</p>
        <pre>curl -H 'Content-Type: application/json' --data '{"query":"{ __typename }"}' &lt;this address&gt;</pre>
        <ul>
        <li><a href="?sdl">The schema</a>, if you may read it</li>
        <li>Subscriptions: WebSocket with the subprotocol <code>graphql-transport-ws</code>,
        or <code>Accept: text/event-stream</code></li>
        </ul>
        </body>
        </html>
        """u8.ToArray();

    public static Task WriteAsync(HttpResponse response)
    {
        response.ContentType = "text/html; charset=utf-8";
        response.ContentLength = Page.Length;
        // Nothing is loaded and nothing runs, so the policy can forbid everything.
        response.Headers.ContentSecurityPolicy =
            "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.CacheControl = "no-store";
        return response.Body.WriteAsync(Page, 0, Page.Length, response.HttpContext.RequestAborted);
    }
}
