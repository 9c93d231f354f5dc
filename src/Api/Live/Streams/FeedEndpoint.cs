using System.Globalization;
using System.Security.Claims;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http.Features;
using Platform.Api.Access;
using Platform.Api.Live.Feed;
using Platform.Api.Live.Rules;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;

namespace Platform.Api.Live.Streams;

/// <summary>
/// <c>GET /events</c>: the log as server-sent CloudEvents, for whoever does not speak GraphQL. Needs
/// <c>events.read</c>, and for each event the permission of its type and a right to its rows.
/// </summary>
internal sealed class FeedEndpoint(
    LiveFeed feed, EventRuleBook rules, LiveSettings settings, FeedPlaces places, TimeProvider clock,
    IHostApplicationLifetime lifetime)
{
    private const string Permission = "events.read";

    /// <summary>How soon a browser comes back; spread, so that a restarted node is not run over.</summary>
    private static readonly (int FromMs, int ToMs) _retry = (500, 3_000);

    /// <summary>What is shown already may be too much or too little: a client that shows rows reads them anew.</summary>
    private static readonly byte[] _scopeChanged =
        "event: scope\ndata: {\"code\":\"SCOPE_CHANGED\",\"message\":\"From here on other rows are told of.\"}\n\n"u8.ToArray();

    public async Task ServeAsync(HttpContext http, IHttpRequestInterceptor callers)
    {
        var caller = await callers.OnCreateAsync(http, http.RequestAborted);
        var listener = Principal.Of(caller.User);
        if (!listener.Holds(Permission))
        {
            await RefuseAsync(
                http,
                caller.User.Identity is { IsAuthenticated: true } ? StatusCodes.Status403Forbidden : StatusCodes.Status401Unauthorized,
                caller.User.Identity is { IsAuthenticated: true } ? ErrorCodes.NotAuthorized : ErrorCodes.NotAuthenticated,
                $"The feed needs the permission {Permission}.");
            return;
        }

        var (request, fault) = FeedRequest.Read(http.Request, rules);
        if (request is null)
        {
            await RefuseAsync(http, StatusCodes.Status400BadRequest, ErrorCodes.InvalidRequest, fault!);
            return;
        }

        using var place = places.TryTake(listener.Actor.Id, http.Connection.RemoteIpAddress);
        if (place is null)
        {
            http.Response.Headers.RetryAfter = "10";
            await RefuseAsync(
                http, StatusCodes.Status429TooManyRequests, ErrorCodes.TooManyStreams, "Too many streams are open.");
            return;
        }

        await OpenAsync(http, caller, request);
    }

    private async Task OpenAsync(HttpContext http, Caller caller, FeedRequest request)
    {
        long start;
        try
        {
            start = request.After ?? await feed.HeadAsync(http.RequestAborted);
            await feed.ProveAsync(start, http.RequestAborted);
        }
        catch (CursorExpiredException expired)
        {
            // 410 and not a stream: a browser would come back for ever with the same position.
            http.Response.StatusCode = StatusCodes.Status410Gone;
            await http.Response.WriteAsJsonAsync(Expired(expired), http.RequestAborted);
            return;
        }

        http.Response.ContentType = "text/event-stream; charset=utf-8";
        http.Response.Headers.CacheControl = "no-cache, no-transform";
        http.Response.Headers["X-Accel-Buffering"] = "no";
        http.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        using var ending = CancellationTokenSource.CreateLinkedTokenSource(
            http.RequestAborted, lifetime.ApplicationStopping, caller.Revoked);
        if ((caller.ExpiresAt ?? Caller.ExpiryOf(http)) is { } expiry)
        {
            ending.CancelAfter(Shortened(expiry - clock.GetUtcNow()));
        }

        var output = new FeedWriter(http, settings.SlowReaderGrace, clock);
        try
        {
            await StreamAsync(output, caller.User, request.Filter, start, ending.Token);
        }
        catch (CursorExpiredException expired)
        {
            await output.SayAsync("expired", JsonSerializer.Serialize(Expired(expired), JsonSerializerOptions.Web));
        }
        catch (OperationCanceledException) when (lifetime.ApplicationStopping.IsCancellationRequested)
        {
            await output.SayAsync("stopping", """{"code":"STOPPING","message":"Come back with the last id."}""");
        }
        catch (OperationCanceledException) when (!http.RequestAborted.IsCancellationRequested)
        {
            await output.SayAsync("unauthorized", $$"""{"code":"{{ErrorCodes.NotAuthorized}}","message":"The credentials ended."}""");
        }
        catch (Exception gone) when (gone is OperationCanceledException or TimeoutException or IOException)
        {
            // The listener left, or takes nothing any more.
            http.Abort();
        }
    }

    private async Task StreamAsync(
        FeedWriter output, ClaimsPrincipal user, EventFilter filter, long start, CancellationToken ct)
    {
        var retry = Random.Shared.Next(_retry.FromMs, _retry.ToMs).ToString(CultureInfo.InvariantCulture);
        output.Write(Encoding.ASCII.GetBytes($"retry: {retry}\n"));
        output.WritePosition(start);
        await output.FlushAsync(ct);
        var listener = Principal.Now(user);
        await foreach (var page in feed.FollowAsync(start, () => settings.Heartbeat, ct))
        {
            var told = false;
            foreach (var one in page.Events)
            {
                // A page may be long: who loses the right hears nothing more of it, and whose rows change hears the rest by them.
                ct.ThrowIfCancellationRequested();
                if (Principal.Now(user) is var now && !ReferenceEquals(now, listener))
                {
                    listener = now;
                    output.Write(_scopeChanged);
                }

                told = filter.Matches(one) && one.IsFor(listener);
                if (told)
                {
                    output.Write(await CloudEventFrame.OfAsync(one, listener, ct));
                    await output.FlushWhenFullAsync(ct);
                }
            }

            if (page.Events.Count == 0)
            {
                output.Write(": heartbeat\n"u8);
            }

            // What was passed over need not be passed over again.
            if (!told)
            {
                output.WritePosition(page.Position);
            }

            await output.FlushAsync(ct);
        }
    }

    private static object Expired(CursorExpiredException expired) => new
    {
        code = ErrorCodes.CursorExpired,
        message = "The position is no longer kept, or was undone by a restore: read the present state, then follow from head.",
        firstRetained = expired.FirstRetained.ToString(CultureInfo.InvariantCulture),
        head = expired.Head.ToString(CultureInfo.InvariantCulture),
    };

    private static Task RefuseAsync(HttpContext http, int status, string code, string message)
    {
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(new { code, message }, http.RequestAborted);
    }

    /// <summary>Timers count to seven weeks only.</summary>
    private static TimeSpan Shortened(TimeSpan time) =>
        time < TimeSpan.Zero ? TimeSpan.Zero : time > TimeSpan.FromDays(40) ? TimeSpan.FromDays(40) : time;
}
