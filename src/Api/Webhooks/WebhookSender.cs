using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Text;
using Platform.Domain.Webhooks;

namespace Platform.Api.Webhooks;

/// <summary>What a receiver answered to one try.</summary>
/// <param name="StatusCode">Null when it did not answer.</param>
/// <param name="Fault">Null when it took the message.</param>
/// <param name="Took">How long it took.</param>
/// <param name="After">How long it asked to be left alone.</param>
internal sealed record SendOutcome(int? StatusCode, string? Fault, TimeSpan Took, TimeSpan? After)
{
    public bool IsTaken => Fault is null;

    /// <summary>The receiver says that it will never want anything again.</summary>
    public bool IsGone => StatusCode == (int)HttpStatusCode.Gone;
}

/// <summary>Posts one message. Follows no redirect, uses no proxy, reads no more than the head of an answer.</summary>
internal sealed class WebhookSender : IDisposable
{
    private readonly HttpClient _client;
    private readonly TimeProvider _clock;
    private readonly WebhookSettings _settings;

    public WebhookSender(WebhookSettings settings, PublicAddresses addresses, TimeProvider clock)
    {
        _settings = settings;
        _clock = clock;
        _client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            MaxResponseHeadersLength = 16,
            PooledConnectionLifetime = TimeSpan.FromMinutes(1), // Names are looked up again.
            ConnectCallback = addresses.ConnectAsync,
        })
        {
            Timeout = Timeout.InfiniteTimeSpan,
        };
    }

    public async Task<SendOutcome> SendAsync(OpenWebhook webhook, string messageId, string body, CancellationToken ct)
    {
        var started = Stopwatch.GetTimestamp();
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
        limit.CancelAfter(_settings.Timeout);
        try
        {
            using var request = Request(webhook, messageId, body);
            using var response = await _client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, limit.Token);
            var status = (int)response.StatusCode;
            return new SendOutcome(
                status,
                response.IsSuccessStatusCode ? null : string.Create(CultureInfo.InvariantCulture, $"answered {status}"),
                Stopwatch.GetElapsedTime(started),
                response.Headers.RetryAfter?.Delta);
        }
        catch (OperationCanceledException) when (!ct.IsCancellationRequested)
        {
            return Failed("did not answer in time");
        }
        catch (HttpRequestException fault)
        {
            return Failed(Reason(fault));
        }

        SendOutcome Failed(string reason) => new(null, reason, Stopwatch.GetElapsedTime(started), null);
    }

    public void Dispose() => _client.Dispose();

    private HttpRequestMessage Request(OpenWebhook webhook, string messageId, string body)
    {
        var now = _clock.GetUtcNow();
        var request = new HttpRequestMessage(HttpMethod.Post, webhook.Url)
        {
            Content = new ByteArrayContent(Encoding.UTF8.GetBytes(body))
            {
                Headers = { ContentType = new MediaTypeHeaderValue("application/json") },
            },
        };
        request.Headers.UserAgent.ParseAdd("Platform-Webhooks/1");
        request.Headers.Add("webhook-id", messageId);
        request.Headers.Add("webhook-timestamp", now.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", WebhookSignature.Of(webhook.Secrets, messageId, now, body));
        return request;
    }

    /// <summary>Enough for the one who owns the address; nothing about what else answers in our network.</summary>
    private static string Reason(HttpRequestException fault) => fault.InnerException switch
    {
        ForbiddenAddressException forbidden => forbidden.Message,
        SocketException { SocketErrorCode: SocketError.HostNotFound or SocketError.NoData or SocketError.TryAgain } => "the name is not known",
        SocketException => "no connection",
        System.Security.Authentication.AuthenticationException => "the certificate is not valid",
        _ => "the connection broke",
    };
}
