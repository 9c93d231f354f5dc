using System.Net;
using System.Net.Http.Json;
using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Access;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access;

/// <summary>A host behind a proxy on this machine, with a console on another origin.</summary>
public sealed class ProxiedHost : TestHost
{
    public const string Console = "https://console.example.com";

    protected override IReadOnlyDictionary<string, string?> Configuration { get; } = new Dictionary<string, string?>(StringComparer.Ordinal)
    {
        ["Platform:Access:AllowedOrigins"] = Console,
        ["Platform:Access:SignInTriesPerAddress"] = "3",
        ["Platform:Proxies:Trusted"] = "127.0.0.1 10.1.0.0/16",
    };
}

/// <summary>R-45, G-52: who asks from where, seen through what stands in between.</summary>
public sealed class SurroundingsTests(ProxiedHost host, TestHost plain) : IClassFixture<ProxiedHost>, IClassFixture<TestHost>
{
    [Fact]
    public async Task A_browser_that_asks_first_is_told_what_a_page_of_the_console_may_send()
    {
        using var answer = await PreflightAsync(host, ProxiedHost.Console);

        answer.StatusCode.ShouldBe(HttpStatusCode.NoContent);
        Header(answer, "Access-Control-Allow-Origin").ShouldBe(ProxiedHost.Console);
        Header(answer, "Access-Control-Allow-Credentials").ShouldBe("true");
        Header(answer, "Access-Control-Allow-Methods").ShouldContain("POST");
        Header(answer, "Access-Control-Allow-Headers").ShouldContain("GraphQL-Preflight", Case.Insensitive);
        Header(answer, "Access-Control-Max-Age").ShouldBe("600");
        Header(answer, "Vary").ShouldBe("Origin");
    }

    [Theory]
    [InlineData("https://evil.example")]
    [InlineData("https://console.example.com.evil.example")]
    [InlineData("http://console.example.com")]
    [InlineData("https://console.example.com:8443")]
    [InlineData("null")]
    public async Task Another_site_is_told_nothing(string origin)
    {
        using var preflight = await PreflightAsync(host, origin);
        using var asked = await AskAsync(host, origin);

        foreach (var answer in new[] { preflight, asked })
        {
            answer.Headers.Where(header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
            Header(answer, "Vary").ShouldBe("Origin");
        }
    }

    [Fact]
    public async Task The_answer_itself_may_be_read_by_the_console_and_says_so_to_caches()
    {
        using var answer = await AskAsync(host, ProxiedHost.Console);
        using var unasked = await AskAsync(host, origin: null);

        (await answer.Content.ReadAsStringAsync()).ShouldContain("\"data\"");
        Header(answer, "Access-Control-Allow-Origin").ShouldBe(ProxiedHost.Console);
        Header(answer, "Access-Control-Expose-Headers").ShouldContain("Retry-After");
        Header(answer, "Vary").ShouldBe("Origin");
        Header(unasked, "Vary").ShouldBe("Origin");
    }

    [Fact]
    public async Task Where_no_origin_is_allowed_there_is_no_word_of_any()
    {
        using var answer = await PreflightAsync(plain, ProxiedHost.Console);

        answer.Headers.Where(header => header.Key.StartsWith("Access-Control", StringComparison.OrdinalIgnoreCase)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(ProxiedHost.Console, true)]
    [InlineData("https://evil.example", false)]
    public async Task The_cookie_of_the_console_opens_a_socket_and_of_no_other_site(string origin, bool opens)
    {
        var user = await host.UserAsync([Role.Planner], RowLimits.None);
        using var socket = new ClientWebSocket();
        socket.Options.AddSubProtocol("graphql-transport-ws");
        socket.Options.SetRequestHeader("Cookie", $"platform={await host.TokenOfAsync(user)}");
        socket.Options.SetRequestHeader("Origin", origin);

        var connecting = socket.ConnectAsync(new Uri(host.Url.Replace("http://", "ws://", StringComparison.Ordinal) + "/graphql"), CancellationToken.None);

        if (opens)
        {
            await connecting;
            socket.State.ShouldBe(WebSocketState.Open);
        }
        else
        {
            await Should.ThrowAsync<WebSocketException>(() => connecting);
        }
    }

    [Fact]
    public async Task Tries_to_sign_in_count_for_the_caller_and_not_for_the_proxy()
    {
        for (var i = 0; i < 3; i++)
        {
            (await KnockAsync(host, "203.0.113.7")).ShouldBe(HttpStatusCode.Unauthorized);
        }

        (await KnockAsync(host, "203.0.113.7")).ShouldBe(HttpStatusCode.TooManyRequests);
        (await KnockAsync(host, "203.0.113.8")).ShouldBe(HttpStatusCode.Unauthorized);

        // What the caller wrote in front of the proxy's word is no other address,
        (await KnockAsync(host, "198.51.100.1, 203.0.113.7")).ShouldBe(HttpStatusCode.TooManyRequests);

        // and a chain of trusted proxies is followed back to whoever is in front of it.
        (await KnockAsync(host, "203.0.113.7, 10.1.2.3")).ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task Whoever_is_no_trusted_proxy_is_not_believed()
    {
        var before = await plain.ScalarAsync<long>("select count(distinct source) from sign_in_try");
        for (var i = 0; i < 4; i++)
        {
            (await KnockAsync(plain, $"203.0.113.{i}")).ShouldBe(HttpStatusCode.Unauthorized);
        }

        // One address, however many it claims to be; and four logins.
        (await plain.ScalarAsync<long>("select count(distinct source) from sign_in_try")).ShouldBe(before + 5);
    }

    [Fact]
    public async Task The_session_says_where_it_was_opened_from()
    {
        var user = await host.UserAsync([Role.Planner], RowLimits.None);
        await host.HostServices.GetRequiredService<FrontDoor>().SetPasswordAsync(
            user, Callers.Supervisor.Actor, "correct horse battery", isTemporary: false, CancellationToken.None);
        var login = await host.ScalarAsync<string>($"select login from user_account where id = '{user}'");

        (await KnockAsync(host, "2001:db8:1:2::99", login, "correct horse battery")).ShouldBe(HttpStatusCode.OK);

        (await host.ScalarAsync<string>($"select address from session where user_id = '{user}'")).ShouldBe("2001:db8:1:2::/64");
    }

    [Theory]
    [InlineData("10.0.0.7 10.1.0.0/16 ::1 2001:db8::/32", 0)]
    [InlineData("proxy.example.com", 1)]
    [InlineData("10.0.0.0/33", 1)]
    [InlineData("", 0)]
    public void Proxies_are_named_by_address_or_network(string trusted, int faults) =>
        new ProxySettings { Trusted = trusted }.Faults().Count().ShouldBe(faults);

    private static Task<HttpResponseMessage> PreflightAsync(TestHost asked, string origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Options, "/graphql");
        request.Headers.Add("Origin", origin);
        request.Headers.Add("Access-Control-Request-Method", "POST");
        request.Headers.Add("Access-Control-Request-Headers", "content-type,graphql-preflight");
        return asked.Client.SendAsync(request);
    }

    private static Task<HttpResponseMessage> AskAsync(TestHost asked, string? origin)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = "{ __typename }" }) };
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        return asked.Client.SendAsync(request);
    }

    private static Task<HttpStatusCode> KnockAsync(TestHost asked, string forwarded) => KnockAsync(asked, forwarded, Guid.CreateVersion7().ToString(), "wrong");

    private static async Task<HttpStatusCode> KnockAsync(TestHost asked, string forwarded, string login, string password)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login") { Content = JsonContent.Create(new { login, password }) };
        request.Headers.Add("X-Forwarded-For", forwarded);
        using var answer = await asked.Client.SendAsync(request);
        return answer.StatusCode;
    }

    private static string Header(HttpResponseMessage answer, string name) =>
        answer.Headers.TryGetValues(name, out var values) ? string.Join(", ", values) : "";
}
