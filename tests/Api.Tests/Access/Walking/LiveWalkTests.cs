using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Platform.Tests.Wire;

namespace Platform.Tests.Api.Access.Walking;

/// <summary>
/// R-42, R-46, G-39, G-40 over the wire: everything that happened, told again from the beginning by every stream of the schema, as
/// server-sent events, over a socket, and by /events, to somebody who has every role and is limited to some rows.
/// </summary>
public sealed class LiveWalkTests(WalkedHost host) : IClassFixture<WalkedHost>
{
    private static readonly TimeSpan _silence = TimeSpan.FromSeconds(3);

    public static TheoryData<string> Limits => [.. WalkedWorld.LimitNames];

    [Theory, MemberData(nameof(Limits))]
    public async Task The_feed_tells_of_no_foreign_row(string limit)
    {
        var head = await host.ScalarAsync<long>("select max(position) from event_position");
        using var client = Client(limit);
        using var response = await client.GetAsync("/events?after=0", HttpCompletionOption.ResponseHeadersRead);
        var told = 0;

        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        for (var id = 0L; id < head && await lines.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(20)) is { } line;)
        {
            if (line.StartsWith("id: ", StringComparison.Ordinal))
            {
                id = long.Parse(line[4..], System.Globalization.CultureInfo.InvariantCulture);
            }
            else if (line.StartsWith("data: ", StringComparison.Ordinal))
            {
                told++;
                ShouldTellNothing(limit, line);
            }
        }

        told.ShouldBeGreaterThan(10);
    }

    [Theory, MemberData(nameof(Limits))]
    public async Task No_stream_tells_of_a_foreign_row_by_server_sent_events(string limit)
    {
        using var client = Client(limit);
        var told = await Task.WhenAll(StreamWays.Of(host.Schema).Select(async stream => (stream.Field, Count: await ByEventsAsync(client, limit, stream.Document))));

        told.Sum(stream => stream.Count).ShouldBeGreaterThan(20);
        told.Single(stream => stream.Field == "events").Count.ShouldBeGreaterThan(10);
    }

    [Theory, MemberData(nameof(Limits))]
    public async Task No_stream_tells_of_a_foreign_row_over_a_socket(string limit)
    {
        using var client = new WireClient(new Uri(host.Url + "/graphql")) { Token = host.Token(limit) };
        var told = 0;
        foreach (var some in StreamWays.Of(host.Schema).Chunk(15))
        {
            await using var socket = await RawSocket.InitialisedAsync(client);
            foreach (var (field, document) in some)
            {
                await socket.SubscribeAsync(field, document);
            }

            while (await NextAsync(socket) is { } message)
            {
                JsonElement.Parse(message).GetProperty("type").GetString().ShouldBeOneOf("next", "ping");
                ShouldTellNothing(limit, message);
                told++;
            }
        }

        told.ShouldBeGreaterThan(20);
    }

    // G-39: the filter is met with the scope. A foreign warehouse tells nothing; null is not "every one", it is "mine".
    [Theory]
    [InlineData("foreign")]
    [InlineData("null")]
    [InlineData("swapped")]
    public async Task A_filter_widens_nothing_G_39(string how)
    {
        const string limit = "one warehouse";
        var foreign = host.Limit(limit).Foreign["Warehouse"][0];
        using var client = Client(limit);
        var (document, variables) = how switch
        {
            "foreign" => ($"subscription {{ events(after: \"0\", warehouse: \"{foreign}\") {{ data }} }}", "{}"),
            "null" => ("subscription { events(after: \"0\", warehouse: null) { data } }", "{}"),
            _ => ("subscription($w: ID) { events(after: \"0\", warehouse: $w) { data } }", $$"""{"w":"{{foreign}}"}"""),
        };

        var told = await ByEventsAsync(client, limit, document, variables);

        (told > 0).ShouldBe(how == "null");
    }

    private async Task<int> ByEventsAsync(HttpClient client, string limit, string document, string variables = "{}")
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql")
        {
            Content = new StringContent($$"""{"query":{{JsonSerializer.Serialize(document)}},"variables":{{variables}}}""", Encoding.UTF8, "application/json"),
        };
        request.Headers.Accept.Add(new MediaTypeWithQualityHeaderValue("text/event-stream"));
        using var response = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        using var lines = new StreamReader(await response.Content.ReadAsStreamAsync());
        var told = 0;
        while (await NextAsync(lines) is { } line)
        {
            if (line.StartsWith("data: {", StringComparison.Ordinal))
            {
                line.ShouldNotContain("\"code\":\"VALIDATION\"", Case.Sensitive, document);
                ShouldTellNothing(limit, line);
                told++;
            }
        }

        return told;
    }

    /// <summary>The next line of data; null once nothing but heartbeats came for a while.</summary>
    private static async Task<string?> NextAsync(StreamReader lines)
    {
        using var silence = new CancellationTokenSource(_silence);
        try
        {
            while (await lines.ReadLineAsync(silence.Token) is { } line)
            {
                if (line.StartsWith("data: ", StringComparison.Ordinal))
                {
                    return line;
                }
            }
        }
        catch (OperationCanceledException)
        {
            // It has caught up.
        }

        return null;
    }

    private static async Task<string?> NextAsync(RawSocket socket)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < _silence)
        {
            var receiving = socket.TryReceiveAsync();
            if (await Task.WhenAny(receiving, Task.Delay(_silence)) != receiving)
            {
                return null;
            }

            if (await receiving is not { } message || !message.Contains("\"ping\"", StringComparison.Ordinal))
            {
                return await receiving;
            }
        }

        return null;
    }

    private void ShouldTellNothing(string limit, string text) =>
        host.Told(limit, text).ShouldBeEmpty(text.Length > 2_000 ? text[..2_000] : text);

    private HttpClient Client(string limit) => host.ClientWith(host.Token(limit));
}
