using System.Collections.Concurrent;

namespace Platform.GraphQL.Transport.EventStreams;

/// <summary>
/// The single connection streams of an endpoint, by token. Their number and their waiting time are bounded.
/// </summary>
internal sealed class EventStreamReservations(GraphQLServerOptions options, TimeProvider time)
{
    private readonly ConcurrentDictionary<string, EventStreamConnection> _byToken = new(StringComparer.Ordinal);
    private int _count;

    /// <summary>Null when every reservation is taken.</summary>
    public EventStreamConnection? TryReserve(string? owner)
    {
        if (Interlocked.Increment(ref _count) > options.Streams.MaxReservations)
        {
            Interlocked.Decrement(ref _count);
            return null;
        }

        var connection = new EventStreamConnection(owner, options);
        _byToken[connection.Token] = connection;
        _ = ExpireAsync(connection);
        return connection;
    }

    public EventStreamConnection? Find(string token) => _byToken.GetValueOrDefault(token);

    public async ValueTask RemoveAsync(EventStreamConnection connection)
    {
        if (_byToken.TryRemove(connection.Token, out _))
        {
            Interlocked.Decrement(ref _count);
            await connection.DisposeAsync();
        }
    }

    private async Task ExpireAsync(EventStreamConnection connection)
    {
        await Task.Delay(options.Streams.ReservationTimeout, time, CancellationToken.None);
        // Taking the only opening makes sure that nobody opens what is about to go.
        if (connection.TryOpen())
        {
            await RemoveAsync(connection);
        }
    }
}
