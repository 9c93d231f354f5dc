using System.Net.Http.Headers;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>Several real processes on one database; a session opened at one of them is good at all.</summary>
public sealed class Nodes(TestHost database, RedisServer? redis) : IAsyncDisposable
{
    private readonly List<HostProcess> _all = [];

    public IReadOnlyList<HostProcess> All => _all;

    public async Task<HostProcess> StartAsync()
    {
        var node = await HostProcess.ServeAsync(new Dictionary<string, string?>(StringComparer.Ordinal)
        {
            ["ConnectionStrings__Platform"] = database.ConnectionString,
            ["ConnectionStrings__Redis"] = redis?.ConnectionString,
            ["Platform__Live__Heartbeat"] = "00:00:00.5",
            ["ASPNETCORE_ENVIRONMENT"] = "Development",
        });
        _all.Add(node);
        return node;
    }

    /// <summary>The token of somebody who hears everything.</summary>
    public async Task<string> ListenerAsync() =>
        await database.TokenOfAsync(await database.UserAsync([Role.Operations, Role.Finance], RowLimits.None));

    public static HttpClient Client(HostProcess node, string token) => new()
    {
        BaseAddress = new Uri(node.Url),
        DefaultRequestHeaders = { Authorization = new AuthenticationHeaderValue("Bearer", token) },
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var node in _all)
        {
            await node.DisposeAsync();
        }
    }
}
