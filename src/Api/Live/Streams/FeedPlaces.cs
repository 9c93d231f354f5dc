using System.Net;
using System.Globalization;
using Platform.GraphQL.Transport;

namespace Platform.Api.Live.Streams;

/// <summary>The streams that are open on this node: all together, of one user, from one network.</summary>
internal sealed class FeedPlaces(LiveSettings settings)
{
    private readonly ConnectionSlots _all = new(settings.MaxStreams);
    private readonly ConnectionSlots _users = new(settings.MaxStreamsPerUser);
    private readonly ConnectionSlots _networks = new(settings.MaxStreamsPerAddress);
    private int _count;

    public int Open => Volatile.Read(ref _count);

    /// <summary>Null when one of the limits is reached.</summary>
    public IDisposable? TryTake(Guid user, IPAddress? address)
    {
        var taken = new List<IDisposable>(3);
        foreach (var (slots, key) in new[]
        {
            (_all, string.Empty),
            (_users, user.ToString("N", CultureInfo.InvariantCulture)),
            (_networks, ConnectionSlots.KeyOf(address)),
        })
        {
            if (slots.TryTake(key) is not { } slot)
            {
                taken.ForEach(one => one.Dispose());
                return null;
            }

            taken.Add(slot);
        }

        Interlocked.Increment(ref _count);
        return new Place(this, taken);
    }

    private sealed class Place(FeedPlaces places, List<IDisposable> taken) : IDisposable
    {
        private int _isGiven;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGiven, 1) == 0)
            {
                taken.ForEach(one => one.Dispose());
                Interlocked.Decrement(ref places._count);
            }
        }
    }
}
