using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Access;
using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Access;

public sealed class SignInTests(TestHost host) : IClassFixture<TestHost>
{
    private const string Password = "correct horse battery staple";

    private static int _logins;

    [Fact]
    public async Task Who_knows_the_password_gets_a_token_that_says_who_they_are()
    {
        var (login, _) = await PersonAsync(Role.Planner);

        var (status, answer) = await LoginAsync(login, Password);

        status.ShouldBe(HttpStatusCode.OK);
        answer["tokenType"]!.GetValue<string>().ShouldBe("Bearer");
        using var client = host.ClientWith(answer["accessToken"]!.GetValue<string>());
        (await client.PostAsJsonAsync("/graphql", new { query = "{ __typename }" })).StatusCode.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_wrong_password_an_unknown_login_and_a_locked_account_get_the_same_answer()
    {
        var (login, user) = await PersonAsync(Role.Planner);
        var (locked, lockedUser) = await PersonAsync(Role.Planner);
        (await host.RunAsync(new LockUser(lockedUser, await VersionAsync(lockedUser), "left"))).Error.ShouldBeNull();

        var answers = new[]
        {
            await LoginAsync(login, "not the password at all"),
            await LoginAsync("nobody-of-this-name", Password),
            await LoginAsync(locked, Password),
            await LoginAsync("nobody\0", Password),
        };

        answers.ShouldAllBe(answer => answer.Status == HttpStatusCode.Unauthorized);
        answers.Select(answer => answer.Body.ToJsonString()).Distinct().Count().ShouldBe(1);
        user.ShouldNotBe(lockedUser);
    }

    // however the tries are packed, five are judged.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Five_tries_are_judged_even_when_fifty_come_at_once(bool exists)
    {
        var login = exists ? (await PersonAsync(Role.Buyer)).Login : $"ghost-{Interlocked.Increment(ref _logins)}";

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => LoginAsync(login, "guess number something")));

        answers.Count(answer => answer.Status == HttpStatusCode.Unauthorized).ShouldBe(5);
        answers.Count(answer => answer.Status == HttpStatusCode.TooManyRequests).ShouldBe(15);
        (await LoginAsync(login, Password)).Status.ShouldBe(HttpStatusCode.TooManyRequests);
    }

    [Fact]
    public async Task A_right_password_makes_the_tries_before_it_forgotten()
    {
        var (login, _) = await PersonAsync(Role.Buyer);
        for (var round = 0; round < 3; round++)
        {
            for (var guess = 0; guess < 4; guess++)
            {
                (await LoginAsync(login, "guess number something")).Status.ShouldBe(HttpStatusCode.Unauthorized);
            }

            (await LoginAsync(login, Password)).Status.ShouldBe(HttpStatusCode.OK);
        }
    }

    // lock, password change, logout.
    [Fact]
    public async Task A_token_is_refused_after_a_lock_on_this_node_within_seconds()
    {
        var user = await host.UserAsync([Role.Planner], RowLimits.None);
        using var client = host.ClientWith(await host.TokenOfAsync(user));
        (await StatusAsync(client)).ShouldBe(HttpStatusCode.OK);

        (await host.RunAsync(new LockUser(user, await VersionAsync(user), "lost the badge"))).Error.ShouldBeNull();

        (await RefusedWithinAsync(client, TimeSpan.FromSeconds(5))).ShouldBeTrue();
    }

    [Fact]
    public async Task A_password_change_ends_every_session_and_needs_the_old_password()
    {
        var (login, _) = await PersonAsync(Role.Planner);
        using var client = host.ClientWith((await LoginAsync(login, Password)).Body["accessToken"]!.GetValue<string>());
        (await StatusAsync(client)).ShouldBe(HttpStatusCode.OK);

        (await PostAsync("/auth/password", new { login, password = "not the old one", newPassword = "a brand new pass phrase" })).Status
            .ShouldBe(HttpStatusCode.Unauthorized);
        (await PostAsync("/auth/password", new { login, password = Password, newPassword = "short" })).Status
            .ShouldBe(HttpStatusCode.UnprocessableEntity);
        (await PostAsync("/auth/password", new { login, password = Password, newPassword = "a brand new pass phrase" })).Status
            .ShouldBe(HttpStatusCode.NoContent);

        (await RefusedWithinAsync(client, TimeSpan.FromSeconds(5))).ShouldBeTrue();
        (await LoginAsync(login, "a brand new pass phrase")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_temporary_password_is_good_for_choosing_another_only()
    {
        var (login, user) = await PersonAsync(Role.Planner);
        var door = host.HostServices.GetRequiredService<FrontDoor>();
        await door.SetPasswordAsync(user, Callers.Supervisor.Actor, "temporary secret words", isTemporary: true, CancellationToken.None);

        var (status, body) = await LoginAsync(login, "temporary secret words");
        status.ShouldBe(HttpStatusCode.Forbidden);
        CodeOf(body).ShouldBe("PASSWORD_CHANGE_REQUIRED");

        (await PostAsync("/auth/password", new { login, password = "temporary secret words", newPassword = Password })).Status
            .ShouldBe(HttpStatusCode.NoContent);
        (await LoginAsync(login, Password)).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Signing_out_ends_the_token_at_once()
    {
        var user = await host.UserAsync([Role.Planner], RowLimits.None);
        using var client = host.ClientWith(await host.TokenOfAsync(user));
        (await StatusAsync(client)).ShouldBe(HttpStatusCode.OK);

        (await client.PostAsync("/auth/logout", content: null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);

        (await StatusAsync(client)).ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_refresh_token_works_once_and_a_second_use_ends_the_session()
    {
        var (login, _) = await PersonAsync(Role.Planner);
        var first = (await LoginAsync(login, Password)).Body;
        var refreshToken = first["refreshToken"]!.GetValue<string>();

        var (status, second) = await PostAsync("/auth/refresh", new { refreshToken });
        status.ShouldBe(HttpStatusCode.OK);
        using var client = host.ClientWith(second["accessToken"]!.GetValue<string>());
        (await StatusAsync(client)).ShouldBe(HttpStatusCode.OK);
        (await PostAsync("/auth/refresh", new { refreshToken })).Status.ShouldBe(HttpStatusCode.Unauthorized);

        (await RefusedWithinAsync(client, TimeSpan.FromSeconds(5))).ShouldBeTrue();
        (await PostAsync("/auth/refresh", new { refreshToken = second["refreshToken"]!.GetValue<string>() })).Status
            .ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("Bearer nonsense")]
    [InlineData("Bearer pst_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Bearer pak_aaaaaaaa_AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("Basic YTpi")]
    [InlineData("Bearer ")]
    public async Task Bad_credentials_are_refused_and_never_taken_for_none(string authorization)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/graphql") { Content = JsonContent.Create(new { query = "{ __typename }" }) };
        request.Headers.TryAddWithoutValidation("Authorization", authorization).ShouldBeTrue();

        var response = await host.Client.SendAsync(request);

        response.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
        CodeOf(JsonNode.Parse(await response.Content.ReadAsStringAsync())!).ShouldBe("AUTH_NOT_AUTHENTICATED");
    }

    [Theory]
    [InlineData("""{"login":"a","login":"b","password":"x"}""", HttpStatusCode.BadRequest)] // G-50
    [InlineData("""{"login":"a","password":"x","role":"ADMINISTRATOR"}""", HttpStatusCode.BadRequest)] // G-44
    [InlineData("""{"login":"a"}""", HttpStatusCode.BadRequest)]
    [InlineData("""{"login":null,"password":null}""", HttpStatusCode.BadRequest)]
    [InlineData("[1", HttpStatusCode.BadRequest)]
    [InlineData("""{"login":"","password":""}""", HttpStatusCode.Unauthorized)]
    public async Task A_login_of_another_shape_is_refused(string body, HttpStatusCode expected)
    {
        using var content = new StringContent(body, new MediaTypeHeaderValue("application/json"));
        (await host.Client.PostAsync("/auth/login", content)).StatusCode.ShouldBe(expected);
    }

    // G-28: a form of another site needs no preflight.
    [Fact]
    public async Task Forms_and_pages_of_other_sites_do_not_sign_in()
    {
        using var form = new FormUrlEncodedContent([new("login", "a"), new("password", "b")]);
        (await host.Client.PostAsync("/auth/login", form)).StatusCode.ShouldBe(HttpStatusCode.UnsupportedMediaType);

        using var request = new HttpRequestMessage(HttpMethod.Post, "/auth/login") { Content = JsonContent.Create(new { login = "a", password = "b" }) };
        request.Headers.Add("Origin", "https://evil.example");
        (await host.Client.SendAsync(request)).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    private async Task<(string Login, UserId User)> PersonAsync(Role role)
    {
        var login = $"person-{Interlocked.Increment(ref _logins)}";
        var created = await host.RunAsync(new CreateUser(login, "A person", ActorKind.Human, SamePersonAs: null, [role], RowLimits.None));
        await host.HostServices.GetRequiredService<FrontDoor>()
            .SetPasswordAsync(created.Value.User, Callers.Supervisor.Actor, Password, isTemporary: false, CancellationToken.None);
        return (login, created.Value.User);
    }

    private Task<int> VersionAsync(UserId user) => host.ScalarAsync<int>($"select version from user_account where id = '{user}'");

    private Task<(HttpStatusCode Status, JsonNode Body)> LoginAsync(string login, string password) =>
        PostAsync("/auth/login", new { login, password });

    private async Task<(HttpStatusCode Status, JsonNode Body)> PostAsync(string path, object body)
    {
        var response = await host.Client.PostAsJsonAsync(path, body);
        var text = await response.Content.ReadAsStringAsync();
        return (response.StatusCode, text.Length == 0 ? new JsonObject() : JsonNode.Parse(text)!);
    }

    private static string CodeOf(JsonNode body) => body["errors"]![0]!["extensions"]!["code"]!.GetValue<string>();

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
}
