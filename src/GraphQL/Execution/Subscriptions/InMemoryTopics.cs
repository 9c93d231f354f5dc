using System.Collections.Concurrent;
using System.Globalization;
using System.Runtime.CompilerServices;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Execution.Subscriptions;

/// <summary>Publishes messages to whoever subscribed to a topic.</summary>
public interface ITopicEventSender
{
    ValueTask SendAsync(string topic, object? message, CancellationToken ct);
}

/// <summary>Opens the events of a topic.</summary>
public interface ITopicEventReceiver
{
    /// <param name="topic">A topic nobody has published to yet is empty, not an error.</param>
    /// <param name="resumeFrom">A position of an earlier event, or null for events from now on.</param>
    /// <param name="ct">Ends the opening, not the reading.</param>
    ValueTask<IEventSource> SubscribeAsync(string topic, string? resumeFrom, CancellationToken ct);
}

/// <summary>
/// Topics within one process. The last events of each are kept, and readers read from there: a position can be resumed
/// as long as its successor is still kept, and a reader that is overtaken is told so instead of missing events.
/// </summary>
public sealed class InMemoryTopics : ITopicEventSender, ITopicEventReceiver
{
    private readonly ConcurrentDictionary<string, Topic> _topics = new(StringComparer.Ordinal);
    private readonly string _epoch = Guid.CreateVersion7().ToString("N");
    private readonly int _retained;

    public InMemoryTopics(int retained)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(retained);
        _retained = retained;
    }

    public ValueTask SendAsync(string topic, object? message, CancellationToken ct)
    {
        TopicOf(topic).Publish(message);
        return ValueTask.CompletedTask;
    }

    public ValueTask<IEventSource> SubscribeAsync(string topic, string? resumeFrom, CancellationToken ct)
    {
        var events = TopicOf(topic);
        var next = resumeFrom is null ? events.Next : PositionOf(resumeFrom) + 1;
        if (next < events.Oldest || next > events.Next)
        {
            throw Expired();
        }

        return ValueTask.FromResult<IEventSource>(
            new Reader(events, _epoch, next, $"topic:{topic}") { IsCatchingUp = resumeFrom is not null });
    }

    private Topic TopicOf(string name) => _topics.GetOrAdd(name, static (_, retained) => new Topic(retained), _retained);

    private long PositionOf(string position)
    {
        var separator = position.IndexOf(':', StringComparison.Ordinal);
        return separator > 0 && position[..separator] == _epoch &&
            long.TryParse(position.AsSpan(separator + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var sequence) &&
            sequence < long.MaxValue
                ? sequence
                : throw Expired();
    }

    private static GraphQLException Expired() => new(new GraphQLError("The position is no longer kept; start again.")
    {
        Code = ErrorCodes.CursorExpired,
    });

    /// <summary>A ring of the last events.</summary>
    private sealed class Topic(int retained)
    {
        private readonly object?[] _ring = new object?[retained];
        private readonly Lock _gate = new();
        private TaskCompletionSource _published = NewSignal();
        private long _next;

        public long Next => Interlocked.Read(ref _next);

        public long Oldest => Math.Max(0, Next - _ring.Length);

        public void Publish(object? message)
        {
            TaskCompletionSource published;
            lock (_gate)
            {
                _ring[_next % _ring.Length] = message;
                Interlocked.Increment(ref _next);
                published = _published;
                _published = NewSignal();
            }

            published.SetResult();
        }

        /// <summary>The event with that number, or something to wait for when there is none yet.</summary>
        public bool TryRead(long sequence, out object? message, out Task published)
        {
            lock (_gate)
            {
                published = _published.Task;
                message = null;
                if (sequence >= _next)
                {
                    return false;
                }

                message = sequence >= _next - _ring.Length ? _ring[sequence % _ring.Length] : throw Overtaken();
                return true;
            }
        }

        private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

        private static GraphQLException Overtaken() =>
            new(new GraphQLError("The subscriber fell behind and must synchronise again.") { Code = ErrorCodes.Resync });
    }

    private sealed class Reader(Topic topic, string epoch, long next, string sharingKey) : IEventSource
    {
        public string? SharingKey { get; } = sharingKey;

        public bool IsCatchingUp { get; init; }

        public IAsyncEnumerator<SourceEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
            ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        private async IAsyncEnumerable<SourceEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct)
        {
            for (var sequence = next; ; sequence++)
            {
                object? message;
                Task published;
                while (!topic.TryRead(sequence, out message, out published))
                {
                    if (sequence > 0)
                    {
                        yield return new SourceEvent(null, PositionOf(sequence - 1)) { IsProgress = true, IsCurrent = true };
                    }

                    await published.WaitAsync(ct);
                }

                yield return new SourceEvent(message, PositionOf(sequence));
            }
        }

        private string PositionOf(long sequence) => $"{epoch}:{sequence.ToString(CultureInfo.InvariantCulture)}";
    }
}
