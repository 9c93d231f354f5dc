using Npgsql;
using Platform.Api.Hosting.Settings;
using Platform.Domain.Kernel.Events;
using StackExchange.Redis;

namespace Platform.Api.Live.Waking;

/// <summary>
/// The way between nodes through Redis. It carries wake-ups and nothing else: without it, or while it is cut, publisher
/// and readers look for themselves after at most a second, and no event is missed.
/// </summary>
internal sealed partial class RedisLine(
    EventDoorbell doorbell, EventFeed feed, NpgsqlDataSource source, IConfiguration configuration, ILogger<RedisLine> logger)
    : BackgroundService
{
    private const string Committed = "c";

    private const string Published = "p";

    private static readonly TimeSpan Rest = TimeSpan.FromSeconds(1);

    /// <summary>Between two wake-ups of one kind: a burst of commits wakes the others once.</summary>
    private static readonly TimeSpan Pace = TimeSpan.FromMilliseconds(2);

    /// <summary>Our own wake-ups come back as well; they are for the others.</summary>
    private readonly string _node = Guid.CreateVersion7().ToString("N");

    private volatile ConnectionMultiplexer? _connection;

    public bool IsConfigured => configuration[Connections.Redis] is not null;

    public bool IsUp => _connection?.IsConnected ?? false;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (configuration[Connections.Redis] is not { } redis)
        {
            return;
        }

        using var connection = await ConnectAsync(redis, stoppingToken);
        if (connection is null)
        {
            return;
        }

        _connection = connection;
        connection.ConnectionFailed += (_, _) => Lost(logger);
        connection.ConnectionRestored += (_, _) => Heal();
        await Task.WhenAll(
            TellAsync(doorbell.CommittedHere, Committed, stoppingToken),
            TellAsync(doorbell.PublishedHere, Published, stoppingToken));
        _connection = null;
    }

    /// <summary>Two platforms on one Redis wake each other in vain unless their databases have different names.</summary>
    private string Channel() => "platform:" + new NpgsqlConnectionStringBuilder(source.ConnectionString).Database;

    private async Task<ConnectionMultiplexer?> ConnectAsync(string redis, CancellationToken ct)
    {
        var options = ConfigurationOptions.Parse(redis);
        options.AbortOnConnectFail = false; // The server may come later; the driver keeps trying.
        options.ClientName = "platform";
        while (!ct.IsCancellationRequested)
        {
            try
            {
                var connection = await ConnectionMultiplexer.ConnectAsync(options);
                await connection.GetSubscriber().SubscribeAsync(Channel(), Hear);
                return connection;
            }
            catch (RedisException fault)
            {
                Unreachable(logger, fault);
                await Task.Delay(Rest, ct).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }

        return null;
    }

    private void Hear(RedisChannel channel, RedisValue message)
    {
        var text = (string)message;
        if (text.EndsWith(_node, StringComparison.Ordinal))
        {
            return;
        }

        if (text.StartsWith(Committed, StringComparison.Ordinal))
        {
            doorbell.RingFromAfar();
        }
        else
        {
            feed.Wake();
        }
    }

    private async Task TellAsync(Bell bell, string what, CancellationToken ct)
    {
        var channel = Channel();
        try
        {
            var ring = bell.NextRing;
            while (true)
            {
                await ring.WaitAsync(ct);
                ring = bell.NextRing;
                if (IsUp)
                {
                    await _connection!.GetSubscriber().PublishAsync(channel, what + _node, CommandFlags.FireAndForget);
                }

                await Task.Delay(Pace, ct);
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops.
        }
    }

    /// <summary>Whatever was told while the line was cut.</summary>
    private void Heal()
    {
        Restored(logger);
        doorbell.RingFromAfar();
        feed.Wake();
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "Redis does not answer; PostgreSQL wakes the nodes meanwhile")]
    private static partial void Unreachable(ILogger logger, Exception fault);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The connection to Redis is lost; PostgreSQL wakes the nodes meanwhile")]
    private static partial void Lost(ILogger logger);

    [LoggerMessage(Level = LogLevel.Information, Message = "Redis answers again")]
    private static partial void Restored(ILogger logger);
}
