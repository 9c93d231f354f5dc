using System.Net;
using System.Text;
using System.Text.Json;

namespace Platform.Tests.Wire;

/// <summary>Whoever talks to a GraphQL endpoint, whichever server stands behind it.</summary>
public class WireClient : IDisposable
{
    public WireClient(Uri endpoint)
    {
        Endpoint = endpoint;
        Client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(endpoint, "/"), Timeout = TimeSpan.FromSeconds(30) };
    }

    public Uri Endpoint { get; }

    public HttpClient Client { get; }

    /// <summary>Where a socket connects to.</summary>
    public Uri SocketEndpoint => new UriBuilder(Endpoint) { Scheme = "ws" }.Uri;

    /// <summary>The bearer token of every request and socket; null for nobody.</summary>
    public string? Token
    {
        get => Client.DefaultRequestHeaders.Authorization?.Parameter;
        init => Client.DefaultRequestHeaders.Authorization = value is null ? null : new("Bearer", value);
    }

    /// <summary>Sends one request and reads the whole answer.</summary>
    public async Task<WireAnswer> SendAsync(HttpRequestMessage request)
    {
        using var response = await Client.SendAsync(request);
        return new WireAnswer(
            response.StatusCode,
            response.Content.Headers.ContentType?.ToString() ?? string.Empty,
            await response.Content.ReadAsStringAsync(),
            response);
    }

    public Task<WireAnswer> PostAsync(string body, string? accept) =>
        SendAsync(Request(HttpMethod.Post, string.Empty, accept, new StringContent(body, Encoding.UTF8, "application/json")));

    public Task<WireAnswer> GetAsync(string query, string? accept) => SendAsync(Request(HttpMethod.Get, query, accept, null));

    public static string Query(string document) => JsonSerializer.Serialize(new { query = document });

    public HttpRequestMessage Request(HttpMethod method, string query, string? accept, HttpContent? content)
    {
        var request = new HttpRequestMessage(method, new Uri(Endpoint + query)) { Content = content };
        if (accept is not null)
        {
            request.Headers.TryAddWithoutValidation("Accept", accept);
        }

        return request;
    }

    public void Dispose()
    {
        Dispose(disposing: true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
        if (disposing)
        {
            Client.Dispose();
        }
    }
}

public sealed record WireAnswer(HttpStatusCode Status, string ContentType, string Body, HttpResponseMessage Response)
{
    public int Code => (int)Status;

    public string? ErrorCode =>
        JsonDocument.Parse(Body).RootElement.GetProperty("errors")[0].GetProperty("extensions").GetProperty("code").GetString();
}
