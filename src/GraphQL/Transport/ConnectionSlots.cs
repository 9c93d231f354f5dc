using System.Net;
using System.Net.Sockets;

namespace Platform.GraphQL.Transport;

/// <summary>Counts what is open per key, so that one user or one address cannot take every place.</summary>
public sealed class ConnectionSlots(int limit)
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, int> _taken = new(StringComparer.Ordinal);

    /// <summary>A place until disposed, or null when the key has used up its own.</summary>
    public IDisposable? TryTake(string key)
    {
        lock (_gate)
        {
            var taken = _taken.GetValueOrDefault(key);
            if (taken >= limit)
            {
                return null;
            }

            _taken[key] = taken + 1;
            return new Place(this, key);
        }
    }

    /// <summary>
    /// The network a client comes from. A household or a rack owns a whole /64 of IPv6, so its addresses count as one.
    /// Forwarded headers are the host's business: when it trusts a proxy, the middleware has set the address.
    /// </summary>
    public static string KeyOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6)
        {
            return address.MapToIPv4().ToString();
        }

        return address.AddressFamily is AddressFamily.InterNetworkV6
            ? Convert.ToHexString(address.GetAddressBytes().AsSpan(0, 8))
            : address.ToString();
    }

    private void Release(string key)
    {
        lock (_gate)
        {
            if (_taken[key] == 1)
            {
                _taken.Remove(key);
            }
            else
            {
                _taken[key]--;
            }
        }
    }

    private sealed class Place(ConnectionSlots slots, string key) : IDisposable
    {
        private int _released;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _released, 1) == 0)
            {
                slots.Release(key);
            }
        }
    }
}
