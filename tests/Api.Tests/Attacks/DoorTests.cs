using System.Diagnostics;
using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Domain.Access;
using Platform.Tests.Wire;

namespace Platform.Tests.Api.Attacks;

/// <summary>What attackers do to the way in, before any document counts, on the real application as in production.</summary>
public sealed class DoorTests(AttackedHost host) : IClassFixture<AttackedHost>, IAsyncLifetime
{
    private const string Mutation = "mutation{expireReservations(input:{most:1}){errors{__typename}}}";

    private WireClient _client = null!;

    public async Task InitializeAsync() => _client = await host.BuyerAsync();

    public Task DisposeAsync()
    {
        _client.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Ten_operations_in_one_request_are_refused_G_20()
    {
        var one = WireClient.Query("{ __typename }");

        var answer = await _client.PostAsync($"[{string.Join(',', Enumerable.Repeat(one, 10))}]", "application/json");

        answer.Body.ShouldStartWith("{");
        answer.ErrorCode.ShouldBe("BATCH_NOT_ALLOWED");
    }

    [Theory]
    [InlineData("text/html")]
    [InlineData("text/html,application/xhtml+xml;q=0.9")]
    public async Task There_is_no_page_and_no_tracing_G_24(string accept)
    {
        var page = await _client.GetAsync(string.Empty, accept);
        var traced = await _client.PostAsync("""{"query":"{ __typename }","extensions":{"tracing":true}}""", "application/json");

        page.Code.ShouldBe(406);
        page.Body.ShouldNotContain("<html", Case.Insensitive);
        traced.Body.ShouldBe("""{"data":{"__typename":"Query"}}""");
    }

    [Theory]
    [InlineData("application/graphql-response+json")]
    [InlineData("application/json")]
    public async Task A_mutation_never_comes_by_get_G_26(string accept)
    {
        await host.StoreAsync("stored-mutation", Encoding.UTF8.GetBytes(Mutation));

        (await _client.GetAsync("?query=" + Uri.EscapeDataString(Mutation), accept)).Code.ShouldBe(405);
        (await _client.GetAsync("?id=stored-mutation", accept)).Code.ShouldBe(405);
        (await _client.GetAsync("?query=" + Uri.EscapeDataString(Mutation), "text/event-stream")).Body.ShouldContain("OPERATION_NOT_ALLOWED");
    }

    [Fact]
    public async Task A_get_without_a_header_that_only_scripts_set_is_refused_G_27()
    {
        using var bare = new WireClient(host.Endpoint) { Token = _client.Token };

        var answer = await bare.GetAsync("?query={__typename}", "application/json");

        answer.Code.ShouldBe(400);
        answer.ErrorCode.ShouldBe("CSRF_PREFLIGHT");
    }

    [Theory]
    [InlineData("application/x-www-form-urlencoded", 415)]
    [InlineData("text/plain",                        415)]
    [InlineData(null,                                415)]
    [InlineData("application/json; charset=utf-7",   415)]
    [InlineData("APPLICATION/JSON; CHARSET=UTF-8",   200)]
    public async Task Only_json_in_utf8_is_read_G_28(string? contentType, int status)
    {
        using var request = _client.Request(HttpMethod.Post, string.Empty, "application/json", new ByteArrayContent("""{"query":"{ __typename }"}"""u8.ToArray()));
        request.Content!.Headers.Remove("Content-Type");
        if (contentType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", contentType);
        }

        (await _client.SendAsync(request)).Code.ShouldBe(status);
    }

    [Fact]
    public async Task Uploads_are_not_taken_G_29()
    {
        using var form = new MultipartFormDataContent
        {
            { new StringContent("""{"query":"{ __typename }","variables":{"file":null}}"""), "operations" },
            { new StringContent("""{"0":["variables.file"]}"""), "map" },
            { new ByteArrayContent([1]), "0", "../../etc/passwd" },
        };

        var answer = await _client.SendAsync(_client.Request(HttpMethod.Post, string.Empty, "application/json", form));

        answer.Code.ShouldBe(415);
    }

    [Fact]
    public async Task A_silent_socket_is_closed_with_4408_G_31()
    {
        await using var socket = await RawSocket.OpenAsync(_client);
        var opened = Stopwatch.GetTimestamp();

        (await socket.ClosedAsync()).ShouldBe(4408);
        Stopwatch.GetElapsedTime(opened).ShouldBeInRange(TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(6));
    }

    [Fact]
    public async Task Subscribing_before_the_acknowledgement_closes_with_4401_G_32()
    {
        await using var socket = await RawSocket.OpenAsync(_client);

        await socket.SubscribeAsync("1", "{ __typename }");

        (await socket.ClosedAsync()).ShouldBe(4401);
    }

    [Theory]
    [InlineData("graphql-ws")]
    [InlineData(null)]
    public async Task Another_subprotocol_is_not_spoken_G_32(string? subprotocol)
    {
        await using var socket = await RawSocket.OpenAsync(_client, subprotocol, _ => { });

        (await socket.ClosedAsync()).ShouldBe(4406);
    }

    [Theory]
    [InlineData("""{"type":"connection_init"}""", 4429)]
    [InlineData("""{"type":"subscribe","id":"1","payload":{"query":"subscription { serverTime }"}}""", 4409)]
    [InlineData("""{"type":"start"}""", 4400)]
    [InlineData("{", 4400)]
    [InlineData("[[[[", 4400)]
    public async Task Whoever_breaks_the_protocol_is_closed_with_its_code_G_33(string message, int code)
    {
        await using var socket = await RawSocket.InitialisedAsync(_client);
        await socket.SubscribeAsync("1", "subscription { serverTime }");

        await socket.SendAsync(message);

        (await socket.ClosedAsync()).ShouldBe(code);
        (await _client.PostAsync(WireClient.Query("{ __typename }"), "application/json")).Code.ShouldBe(200);
    }

    [Fact]
    public async Task The_21st_subscription_is_refused_and_natural_ends_free_their_places_G_34()
    {
        await using var socket = await RawSocket.InitialisedAsync(_client);
        for (var i = 0; i < 1_000; i++)
        {
            await socket.SubscribeAsync($"q{i}", "{ __typename }");
            (await socket.ToldAsync()).ShouldContain("\"next\"");
            (await socket.ToldAsync()).ShouldContain("\"complete\"");
        }

        for (var i = 0; i < 21; i++)
        {
            await socket.SubscribeAsync($"s{i}", "subscription { calendarChanged { position } }");
        }

        var refused = JsonElement.Parse(await socket.ToldAsync());
        refused.GetProperty("type").GetString().ShouldBe("error");
        refused.GetProperty("id").GetString().ShouldBe("s20");
        refused.GetProperty("payload")[0].GetProperty("extensions").GetProperty("code").GetString().ShouldBe("TOO_MANY_SUBSCRIPTIONS");
    }

    [Theory]
    [InlineData("mutation { expireReservations(input: { most: 1 }) { errors { __typename } } }")]
    [InlineData("mutation { x: expireReservations(input: { most: 1 }) { errors { __typename } } }")]
    [InlineData("mutation { ...f } fragment f on Mutation { expireReservations(input: { most: 1 }) { errors { __typename } } }")]
    [InlineData("query A { __typename } mutation B { expireReservations(input: { most: 1 }) { errors { __typename } } }")]
    public async Task A_key_that_may_only_read_changes_nothing_on_any_road_G_45(string document)
    {
        using var machine = host.With(await KeyAsync("stock.read"));
        await using var roads = new AttackRoads(machine, host.StoreAsync);
        var before = await host.ScalarAsync<long>("select count(*) from event");

        var codes = (await roads.TravelAsync(document, null)).Where(road => road.Key is not "batch").ToList();

        codes.ShouldAllBe(road => road.Value == "AUTH_NOT_AUTHORIZED" || road.Value == "OPERATION_NOT_ALLOWED" || road.Value == "OPERATION_NOT_FOUND");
        codes.ShouldAllBe(road => road.Value != "OPERATION_NOT_ALLOWED" || road.Key == "get");
        (await host.ScalarAsync<long>("select count(*) from event")).ShouldBe(before);
    }

    [Fact]
    public async Task Nobody_stores_documents_by_asking_for_them_G_48()
    {
        const string Document = "{ __typename a: __typename }";
        var hash = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Document)));
        var extensions = $$$"""{"persistedQuery":{"version":1,"sha256Hash":"{{{hash}}}"}}""";
        using var nobody = host.With(token: null);
        foreach (var client in new[] { nobody, _client })
        {
            (await client.PostAsync($$"""{"query":"{{Document}}","extensions":{{extensions}}}""", "application/json")).Body.ShouldNotContain("\"persistedDocument\"");
            (await client.PostAsync($$"""{"extensions":{{extensions}}}""", "application/json")).ErrorCode.ShouldBeOneOf("PERSISTED_QUERY_NOT_SUPPORTED", "HC0020");
        }
    }

    [Theory]
    [InlineData("""{"query":"{ __typename }","query":"{ service { name } }"}""")]
    [InlineData("""{"query":"query($v: String) { __typename }","variables":{"v":"1","v":"2"}}""")]
    [InlineData("""{"query":"query A { __typename }","operationName":"A","operationName":"B"}""")]
    public async Task A_key_that_comes_twice_is_refused_G_50(string body) =>
        (await _client.PostAsync(body, "application/graphql-response+json")).Code.ShouldBe(400);

    [Theory]
    [InlineData("Content-Length: 5\r\nContent-Length: 6\r\n\r\nabcde")]
    [InlineData("Transfer-Encoding: chunked, identity\r\nContent-Length: 5\r\n\r\nabcde")]
    [InlineData("Content-Length: -1\r\n\r\n")]
    [InlineData("X: 1\r\n Folded: 2\r\nContent-Length: 0\r\n\r\n")]
    public async Task Ambiguous_requests_are_refused_and_the_connection_closed_G_51(string headers)
    {
        var answer = await RawAsync($"POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n{headers}");

        answer.ShouldStartWith("HTTP/1.1 400");
    }

    [Fact]
    public async Task Headers_without_end_are_refused_G_51()
    {
        var headers = string.Concat(Enumerable.Range(0, 100).Select(i => $"X-H{i}: {new string('x', 8 * 1024)}\r\n"));

        (await RawAsync($"POST /graphql HTTP/1.1\r\nHost: x\r\n{headers}\r\n")).ShouldStartWith("HTTP/1.1 431");
    }

    [Theory]
    [InlineData("?sdl")]
    [InlineData("/schema.graphql")]
    [InlineData("/schema")]
    public async Task The_schema_is_downloaded_by_whoever_may_read_it_G_57(string path)
    {
        using var integrator = await host.ClientAsync(Role.Integrator);
        using var nobody = host.With(token: null);

        (await _client.GetAsync(path, null)).Body.ShouldNotContain("type Query");
        (await nobody.GetAsync(path, null)).Body.ShouldNotContain("type Query");
        if (path != "/schema")
        {
            (await integrator.GetAsync(path, null)).Body.ShouldContain("type Query");
        }
    }

    private async Task<string> KeyAsync(string permission)
    {
        using var administrator = await host.AsAsync(Role.Administrator);
        var user = Platform.GraphQL.Conventions.NodeIdFormat.Write("User", (await host.UserAsync([Role.Integrator], RowLimits.None)).Value);
        using var body = new StringContent(
            JsonSerializer.Serialize(new { userId = user, name = "reader", permissions = new[] { permission }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) }));
        body.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        using var response = await administrator.PostAsync("/auth/keys", body);
        return JsonElement.Parse(await response.Content.ReadAsStringAsync()).GetProperty("key").GetString()!;
    }

    private async Task<string> RawAsync(string text)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, new Uri(host.Url).Port);
        var stream = client.GetStream();
        try
        {
            await stream.WriteAsync(Encoding.ASCII.GetBytes(text));
        }
        catch (IOException)
        {
            // It did not even listen to the end.
        }

        var buffer = new byte[256];
        var read = await stream.ReadAsync(buffer).AsTask().WaitAsync(TimeSpan.FromSeconds(10));
        return Encoding.ASCII.GetString(buffer, 0, read);
    }
}
