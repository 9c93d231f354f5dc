using System.Security.Claims;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.Features.Authentication;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Transport;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>G-27: what another site could make a browser send needs a header that it could not make it send.</summary>
public class PreflightTests
{
    private const string Query = "?query={a}";

    private readonly ScriptedExecutor _executor = new();

    public PreflightTests() => _executor.On("{a}", """{"data":{"a":1}}""");

    [Theory]
    //           headers of the request                              when forgeable  always
    [InlineData("",                                                  200,            400)]
    [InlineData("Cookie: s=1",                                       400,            400)]
    [InlineData("Origin: https://evil.example",                      400,            400)]
    [InlineData("Origin: null",                                      400,            400)]
    [InlineData("Origin: SAME",                                      200,            400)]
    [InlineData("Origin: SAME|Cookie: s=1",                          400,            400)]
    [InlineData("Sec-Fetch-Site: cross-site",                        400,            400)]
    [InlineData("Sec-Fetch-Site: same-site|Cookie: s=1",             400,            400)]
    [InlineData("Sec-Fetch-Site: same-origin|Cookie: s=1",           200,            400)]
    [InlineData("Sec-Fetch-Site: none|Cookie: s=1",                  200,            400)]
    [InlineData("Cookie: s=1|GraphQL-Preflight: 1",                  200,            200)]
    [InlineData("Cookie: s=1|apollo-require-preflight: true",        200,            200)]
    [InlineData("Cookie: s=1|x-apollo-operation-name: A",            200,            200)]
    public async Task A_get_that_another_site_could_have_caused_is_refused(string headers, int whenForgeable, int always)
    {
        foreach (var (policy, status) in new[] { (PreflightPolicy.WhenForgeable, whenForgeable), (PreflightPolicy.Always, always) })
        {
            await using var server = await TransportServer.StartAsync(_executor, options => options.Preflight = policy);
            using var request = server.Request(HttpMethod.Get, Query, "application/graphql-response+json", null);
            foreach (var header in headers.Split('|', StringSplitOptions.RemoveEmptyEntries))
            {
                var (name, value) = (header[..header.IndexOf(':', StringComparison.Ordinal)], header[(header.IndexOf(':', StringComparison.Ordinal) + 2)..]);
                request.Headers.TryAddWithoutValidation(name, value == "SAME" ? server.Address.GetLeftPart(UriPartial.Authority) : value);
            }

            var answer = await server.SendAsync(request);

            answer.Code.ShouldBe(status);
            if (status == 400)
            {
                answer.ErrorCode.ShouldBe("CSRF_PREFLIGHT");
            }
        }
    }

    [Theory]
    [InlineData(false, 400)] // a client certificate or Negotiate: the browser adds it by itself
    [InlineData(true, 200)]  // a bearer token: a script had to set it
    public async Task An_identity_the_browser_adds_by_itself_counts_like_a_cookie(bool byHeader, int status)
    {
        await using var server = await TransportServer.StartAsync(_executor, _ => { }, builder =>
            builder.Services.AddSingleton<Microsoft.AspNetCore.Hosting.IStartupFilter>(new Authenticated()));
        using var request = server.Request(HttpMethod.Get, Query, "application/graphql-response+json", null);
        if (byHeader)
        {
            request.Headers.TryAddWithoutValidation("Authorization", "Bearer x");
        }

        (await server.SendAsync(request)).Code.ShouldBe(status);
    }

    [Fact]
    public async Task Json_posts_need_nothing_because_browsers_ask_before_they_send_them()
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.Preflight = PreflightPolicy.Always);
        using var request = server.Request(
            HttpMethod.Post, string.Empty, null, new StringContent(WireClient.Query("{a}"), Encoding.UTF8, "application/json"));
        request.Headers.TryAddWithoutValidation("Cookie", "s=1");

        (await server.SendAsync(request)).Code.ShouldBe(200);
    }

    [Theory]
    [InlineData(true, "text/html", 200)]
    [InlineData(false, "text/html", 406)] // G-24: no page unless enabled
    [InlineData(true, "application/json", 400)]
    public async Task A_browser_gets_a_page_that_loads_nothing_where_the_page_is_on(bool on, string accept, int status)
    {
        await using var server = await TransportServer.StartAsync(_executor, options => options.LandingPage = on);

        var answer = await server.GetAsync(string.Empty, accept);

        answer.Code.ShouldBe(status);
        if (status == 200)
        {
            answer.ContentType.ShouldBe("text/html; charset=utf-8");
            answer.Response.Headers.GetValues("Content-Security-Policy").Single().ShouldStartWith("default-src 'none'");
            answer.Body.ShouldNotContain("<script");
            answer.Body.ShouldNotContain("://");
        }
    }

    private sealed class Authenticated : Microsoft.AspNetCore.Hosting.IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((http, following) =>
            {
                http.User = new ClaimsPrincipal(new ClaimsIdentity([new Claim(ClaimTypes.Name, "ada")], "Certificate"));
                http.Features.Get<IHttpAuthenticationFeature>()!.User!.Identity!.IsAuthenticated.ShouldBeTrue();
                return following();
            });
            next(app);
        };
    }
}
