using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Access;
using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access;

/// <summary>Keys, cookies and streams: how long a way in stays open, and what closes it.</summary>
public sealed class CredentialTests(TestHost host) : IClassFixture<TestHost>
{
    private const string Password = "correct horse battery staple";

    private static int _logins;

    [Fact]
    public async Task The_viewer_is_told_what_they_may_do_and_see()
    {
        using var client = await host.AsAsync(Role.Buyer);

        var viewer = (await AskAsync(client, "{ viewer { name kind roles permissions warehouses } }"))["data"]!["viewer"]!;

        viewer["kind"]!.GetValue<string>().ShouldBe("HUMAN");
        viewer["roles"]!.AsArray().Select(role => role!.GetValue<string>()).ShouldBe(["BUYER"]);
        viewer["permissions"]!.AsArray().Select(permission => permission!.GetValue<string>()).ShouldContain("partners.suppliers");
        viewer["warehouses"].ShouldBeNull();
        (await AskAsync(host.Client, "{ viewer { name } }"))["data"]!["viewer"].ShouldBeNull();
    }

    [Fact]
    public async Task Accounts_are_read_by_administrators_and_by_nobody_else()
    {
        using var administrator = await host.AsAsync(Role.Administrator);
        using var executive = await host.AsAsync(Role.Executive);
        const string Query = "{ users(first: 5) { nodes { login roles { nodes { role } } sessions { nodes { kind } } apiKeys { nodes { prefix } } } } }";

        (await AskAsync(administrator, Query))["data"]!["users"]!["nodes"]!.AsArray().Count.ShouldBeGreaterThan(1);
        CodeOf(await AskAsync(executive, Query)).ShouldBe("AUTH_NOT_AUTHORIZED");
        CodeOf(await AskAsync(host.Client, Query)).ShouldBe("AUTH_NOT_AUTHENTICATED");
    }

    // 4.3, G-45: a key does what it names and its user may, and nothing else.
    [Fact]
    public async Task A_key_holds_what_it_names_of_what_its_user_may()
    {
        var (key, _) = await KeyAsync(Role.Integrator, "stock.read", "finance.close");
        using var machine = host.ClientWith(key);

        var permissions = (await AskAsync(machine, "{ viewer { permissions } }"))["data"]!["viewer"]!["permissions"]!.AsArray();
        permissions.Select(permission => permission!.GetValue<string>()).ShouldBe(["stock.read"]);
        CodeOf(await AskAsync(machine, "{ items { nodes { code } } }")).ShouldBe("AUTH_NOT_AUTHORIZED");
    }

    [Fact]
    public async Task A_revoked_key_is_refused_within_seconds_and_a_rotated_one_has_a_successor()
    {
        using var administrator = await host.AsAsync(Role.Administrator);
        var (key, id) = await KeyAsync(Role.Integrator, "stock.read");
        using var machine = host.ClientWith(key);
        (await StatusAsync(machine)).ShouldBe(HttpStatusCode.OK);

        var rotated = await administrator.PostAsJsonAsync(
            "/auth/keys/rotate", new { apiKeyId = id, expiresAt = TimeProvider.System.GetUtcNow().AddDays(30), overlapMinutes = 60 });
        var next = JsonNode.Parse(await rotated.Content.ReadAsStringAsync())!;
        using var successor = host.ClientWith(next["key"]!.GetValue<string>());
        (await StatusAsync(machine)).ShouldBe(HttpStatusCode.OK);
        (await StatusAsync(successor)).ShouldBe(HttpStatusCode.OK);

        var revoked = await AskAsync(administrator, $"mutation {{ revokeApiKey(input: {{ apiKeyId: \"{id}\", reason: \"leaked\" }}) {{ apiKeyRevoked {{ reason }} errors {{ __typename }} }} }}");
        revoked["errors"].ShouldBeNull(revoked.ToJsonString());
        revoked["data"]!["revokeApiKey"]!["errors"].ShouldBeNull(revoked.ToJsonString());
        (await RefusedWithinAsync(machine, TimeSpan.FromSeconds(5))).ShouldBeTrue();
        (await StatusAsync(successor)).ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Keys_are_given_out_by_those_who_may_and_name_known_permissions()
    {
        using var administrator = await host.AsAsync(Role.Administrator);
        using var planner = await host.AsAsync(Role.Planner);
        var user = NodeIdFormat.Write("User", (await host.UserAsync([Role.Integrator], RowLimits.None)).Value);
        object wanted = new { userId = user, name = "k", permissions = new[] { "stock.read" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) };

        (await host.Client.PostAsJsonAsync("/auth/keys", wanted)).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await planner.PostAsJsonAsync("/auth/keys", wanted)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await administrator.PostAsJsonAsync("/auth/keys", new { userId = user, name = "k", permissions = new[] { "everything" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) }))
            .StatusCode.ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await administrator.PostAsJsonAsync("/auth/keys", new { userId = "SXRlbTp4", name = "k", permissions = new[] { "stock.read" }, expiresAt = TimeProvider.System.GetUtcNow().AddDays(1) }))
            .StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await administrator.PostAsJsonAsync("/auth/keys", wanted)).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_forgotten_password_is_replaced_by_one_that_must_be_changed()
    {
        using var administrator = await host.AsAsync(Role.Administrator);
        var (login, user) = await PersonAsync(Role.Planner);

        var answer = await administrator.PostAsJsonAsync("/auth/passwords", new { userId = NodeIdFormat.Write("User", user.Value) });
        var temporary = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!["temporaryPassword"]!.GetValue<string>();

        (await host.Client.PostAsJsonAsync("/auth/login", new { login, password = Password })).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        (await host.Client.PostAsJsonAsync("/auth/login", new { login, password = temporary })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    // G-27, G-30, R-45: a cookie counts only when a page of ours meant it.
    [Theory]
    [InlineData(null, null, "same-origin", HttpStatusCode.OK)]
    [InlineData(null, "1", null, HttpStatusCode.OK)]
    [InlineData(null, null, null, HttpStatusCode.Forbidden)]
    [InlineData(null, null, "cross-site", HttpStatusCode.Forbidden)]
    [InlineData("https://evil.example", "1", null, HttpStatusCode.Forbidden)]
    [InlineData("null", "1", null, HttpStatusCode.Forbidden)]
    public async Task A_cookie_counts_only_when_a_page_of_ours_sent_it(string? origin, string? preflight, string? site, HttpStatusCode expected)
    {
        var cookie = await CookieAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = "{ viewer { name } }" }) };
        request.Headers.Add("Cookie", cookie);
        foreach (var (name, value) in new[] { ("Origin", origin), ("GraphQL-Preflight", preflight), ("Sec-Fetch-Site", site) }.Where(header => header.Item2 is not null))
        {
            request.Headers.Add(name, value);
        }

        var response = await host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(expected);
        if (expected == HttpStatusCode.OK)
        {
            JsonNode.Parse(await response.Content.ReadAsStringAsync())!["data"]!["viewer"].ShouldNotBeNull();
        }
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData(null)]
    public async Task A_socket_with_a_cookie_needs_an_origin_of_ours(string? origin)
    {
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Cookie", await CookieAsync());
        if (origin is not null)
        {
            socket.Options.SetRequestHeader("Origin", origin);
        }

        await Should.ThrowAsync<WebSocketException>(() => socket.ConnectAsync(SocketAddress, CancellationToken.None));
        socket.HttpStatusCode.ShouldBeOneOf(HttpStatusCode.Forbidden, (HttpStatusCode)0);
    }

    [Fact]
    public async Task The_cookie_is_kept_from_scripts_and_other_sites()
    {
        var cookie = (await CookieResponseAsync()).Headers.GetValues("Set-Cookie").Single();

        cookie.ShouldContain("httponly", Case.Insensitive);
        cookie.ShouldContain("samesite=strict", Case.Insensitive);
    }

    // R-46, G-37, G-38: streams end with what they were opened under.
    [Theory]
    [InlineData("lock")]
    [InlineData("role")]
    [InlineData("logout")]
    public async Task A_socket_closes_when_its_credentials_are_taken_back(string how)
    {
        var user = await host.UserAsync([Role.Planner], RowLimits.None);
        var token = await host.TokenOfAsync(user);
        using var socket = await SubscribedAsync(token);

        await TakeBackAsync(how, user, token);

        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await ReadToEndAsync(socket, limit.Token);
        ((int?)socket.CloseStatus).ShouldBe(4403);
    }

    [Fact]
    public async Task A_socket_with_bad_credentials_is_not_let_in()
    {
        using var socket = await ConnectedAsync("pst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
        using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await ReadToEndAsync(socket, limit.Token);
        ((int?)socket.CloseStatus).ShouldBe(4403);
    }

    private Uri SocketAddress => new(host.Url.Replace("http://", "ws://", StringComparison.Ordinal) + "/graphql");

    private async Task TakeBackAsync(string how, UserId user, string token)
    {
        var version = await host.ScalarAsync<int>($"select version from user_account where id = '{user}'");
        switch (how)
        {
            case "lock":
                (await host.RunAsync(new LockUser(user, version, "left"))).Error.ShouldBeNull();
                break;
            case "role":
                (await host.RunAsync(new RevokeRole(user, version, Role.Planner))).Error.ShouldBeNull();
                break;
            default:
                using (var client = host.ClientWith(token))
                {
                    (await client.PostAsync("/auth/logout", content: null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
                }

                break;
        }
    }

    private async Task<ClientWebSocket> SubscribedAsync(string token)
    {
        var socket = await ConnectedAsync(token);
        await SendAsync(socket, """{"id":"1","type":"subscribe","payload":{"query":"subscription { serverTime }"}}""");
        var buffer = new byte[4096];
        for (var heard = 0; heard < 2;)
        {
            var frame = await socket.ReceiveAsync(buffer.AsMemory(), CancellationToken.None);
            heard += Encoding.UTF8.GetString(buffer, 0, frame.Count).Contains("\"next\"", StringComparison.Ordinal) ? 2 : 0;
        }

        return socket;
    }

    private async Task<ClientWebSocket> ConnectedAsync(string token)
    {
        var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        await socket.ConnectAsync(SocketAddress, CancellationToken.None);
        await SendAsync(socket, $$$"""{"type":"connection_init","payload":{"authorization":"Bearer {{{token}}}"}}""");
        return socket;
    }

    private static Task SendAsync(ClientWebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    private static async Task ReadToEndAsync(ClientWebSocket socket, CancellationToken ct)
    {
        var buffer = new byte[4096];
        while ((await socket.ReceiveAsync(buffer.AsMemory(), ct)).MessageType is not WebSocketMessageType.Close)
        {
        }
    }

    private async Task<(string Key, string Id)> KeyAsync(Role role, params string[] permissions)
    {
        using var administrator = await host.AsAsync(Role.Administrator);
        var user = await host.UserAsync([role], RowLimits.None);
        var answer = await administrator.PostAsJsonAsync("/auth/keys", new
        {
            userId = NodeIdFormat.Write("User", user.Value), name = "A machine", permissions, expiresAt = TimeProvider.System.GetUtcNow().AddDays(30),
        });
        var body = JsonNode.Parse(await answer.Content.ReadAsStringAsync())!;
        return (body["key"]!.GetValue<string>(), body["id"]!.GetValue<string>());
    }

    private async Task<(string Login, UserId User)> PersonAsync(Role role)
    {
        var login = $"cred-{Interlocked.Increment(ref _logins)}";
        var created = await host.RunAsync(new CreateUser(login, "A person", ActorKind.Human, SamePersonAs: null, [role], RowLimits.None));
        await host.HostServices.GetRequiredService<FrontDoor>()
            .SetPasswordAsync(created.Value.User, Callers.Supervisor.Actor, Password, isTemporary: false, CancellationToken.None);
        return (login, created.Value.User);
    }

    private async Task<HttpResponseMessage> CookieResponseAsync()
    {
        var (login, _) = await PersonAsync(Role.Planner);
        return await host.Client.PostAsJsonAsync("/auth/login", new { login, password = Password, cookie = true });
    }

    private async Task<string> CookieAsync() =>
        (await CookieResponseAsync()).Headers.GetValues("Set-Cookie").Single().Split(';')[0];

    private static async Task<JsonNode> AskAsync(HttpClient client, string query) =>
        JsonNode.Parse(await (await client.PostAsJsonAsync("/graphql", new { query })).Content.ReadAsStringAsync())!;

    private static async Task<HttpStatusCode> StatusAsync(HttpClient client) =>
        (await client.PostAsJsonAsync("/graphql", new { query = "{ __typename }" })).StatusCode;

    private static async Task<bool> RefusedWithinAsync(HttpClient client, TimeSpan limit)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (TimeProvider.System.GetElapsedTime(started) < limit)
        {
            if (await StatusAsync(client) is HttpStatusCode.Unauthorized)
            {
                return true;
            }

            await Task.Delay(50);
        }

        return false;
    }

    private static string? CodeOf(JsonNode answer) => answer["errors"]?[0]?["extensions"]?["code"]?.GetValue<string>();
}
