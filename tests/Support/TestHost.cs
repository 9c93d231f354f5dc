using Platform.Api.Hosting;

namespace Platform.Tests.Support;

/// <summary>
/// The whole application inside the test process, on a database of its own and a port that the system chose:
/// <c>IClassFixture&lt;TestHost&gt;</c>.
/// </summary>
public class TestHost : TestDatabase
{
    private PlatformHost? _host;
    private HttpClient? _client;

    public HttpClient Client => _client!;

    public string Url => _host!.Url;

    /// <summary>The host's own services; <see cref="TestDatabase.Services"/> has the test's clock.</summary>
    public IServiceProvider HostServices => _host!.Services;

    protected virtual IReadOnlyDictionary<string, string?> Configuration { get; } =
        new Dictionary<string, string?>(StringComparer.Ordinal);

    protected override async Task PrepareAsync()
    {
        _host = await PlatformHost.StartAsync(
            new HostStart(ConnectionString, "http://127.0.0.1:0", "Development", Configuration), CancellationToken.None);
        _client = new HttpClient { BaseAddress = new Uri(_host.Url) };
    }

    protected override async Task LeaveAsync()
    {
        _client!.Dispose();
        await _host!.DisposeAsync();
        await base.LeaveAsync();
    }
}
