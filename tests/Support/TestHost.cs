using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Platform.Api.Access;
using Platform.Api.Hosting;
using Platform.Domain.Access;
using Platform.Domain.Kernel;

namespace Platform.Tests.Support;

/// <summary>
/// The whole application inside the test process, on a database of its own and a port that the system chose:
/// <c>IClassFixture&lt;TestHost&gt;</c>.
/// </summary>
public class TestHost : TestDatabase
{
    private PlatformHost? _host;
    private HttpClient? _client;
    private int _users;

    public HttpClient Client => _client!;

    public string Url => _host!.Url;

    /// <summary>The host's own services; <see cref="TestDatabase.Services"/> has the test's clock.</summary>
    public IServiceProvider HostServices => _host!.Services;

    /// <summary>A client of a new user who has this role and sees every row; nobody else uses the account.</summary>
    public Task<HttpClient> AsAsync(Role role) => AsAsync(role, RowLimits.None);

    /// <summary>A client of a new user who is limited to these rows.</summary>
    public async Task<HttpClient> AsAsync(Role role, RowLimits rows) => ClientWith(await TokenOfAsync(await UserAsync([role], rows)));

    /// <summary>A new account; <see cref="TokenOfAsync"/> signs it in.</summary>
    public async Task<UserId> UserAsync(IReadOnlyList<Role> roles, RowLimits rows)
    {
        var created = await RunAsync(new CreateUser(
            $"test-{Interlocked.Increment(ref _users)}", $"Test {roles[0]}", ActorKind.Human, SamePersonAs: null, roles, rows));
        return created.Value.User;
    }

    /// <summary>Signs somebody in without a password, and returns the bearer token.</summary>
    public async Task<string> TokenOfAsync(UserId user)
    {
        var door = HostServices.GetRequiredService<FrontDoor>();
        var signedIn = await door.OpenAsync(user, SessionKind.Bearer, new Knock("test", UserAgent: null), CancellationToken.None);
        return signedIn!.AccessToken;
    }

    public HttpClient ClientWith(string token) => new()
    {
        BaseAddress = new Uri(Url),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    /// <summary>The host's own clock; a fixture that plays days through gives it the test's.</summary>
    protected virtual TimeProvider HostClock => TimeProvider.System;

    protected virtual IReadOnlyDictionary<string, string?> Configuration { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            // All tests knock from one address.
            ["Platform:Access:SignInTriesPerAddress"] = "10000",

            // What it sees it would write beside what a test counts; its own tests switch it on.
            ["Platform:Intelligence:Enabled"] = "false",
        };

    /// <summary>Development or Production.</summary>
    protected virtual string Surroundings => "Development";

    protected override async Task PrepareAsync()
    {
        _host = await PlatformHost.StartAsync(
            new HostStart(ConnectionString, "http://127.0.0.1:0", Surroundings, Configuration) { Clock = HostClock }, CancellationToken.None);
        // A jar would carry one test's cookie into another's requests.
        _client = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new Uri(_host.Url) };
    }

    protected override async Task LeaveAsync()
    {
        _client!.Dispose();
        await _host!.DisposeAsync();
        await base.LeaveAsync();
    }
}
