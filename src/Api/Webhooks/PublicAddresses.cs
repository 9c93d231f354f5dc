using System.Net;
using System.Net.Sockets;

namespace Platform.Api.Webhooks;

/// <summary>The address of a webhook is not one that may be sent to.</summary>
internal sealed class ForbiddenAddressException(string message) : IOException(message);

/// <summary>
/// Connects to public addresses only. The name is looked up here and the connection made to what was looked at, so that
/// a name cannot point elsewhere a moment later; nothing inside our own networks can be reached by registering a webhook.
/// </summary>
internal sealed class PublicAddresses(WebhookSettings settings)
{
    private static readonly IPNetwork[] _closed =
    [
        .. new[]
        {
            "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
            "192.0.2.0/24", "192.88.99.0/24", "192.168.0.0/16", "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24",
            "224.0.0.0/4", "240.0.0.0/4",
            "::/128", "::1/128", "64:ff9b::/96", "64:ff9b:1::/48", "100::/64", "2001::/23", "2001:db8::/32", "2002::/16",
            "fc00::/7", "fe80::/10", "fec0::/10", "ff00::/8",
        }.Select(text => IPNetwork.Parse(text)),
    ];

    private readonly IReadOnlyList<IPNetwork> _allowed = settings.Networks;

    public bool IsAllowed(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return _allowed.Any(network => network.Contains(plain)) || !Array.Exists(_closed, network => network.Contains(plain));
    }

    public async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken ct)
    {
        var (host, port) = (context.DnsEndPoint.Host, context.DnsEndPoint.Port);
        var addresses = await Dns.GetHostAddressesAsync(host, ct);
        var isPlain = context.InitialRequestMessage.RequestUri!.Scheme == Uri.UriSchemeHttp;
        var open = addresses.Where(address => isPlain ? IsNamed(address) : IsAllowed(address)).ToArray();
        if (open.Length == 0)
        {
            throw new ForbiddenAddressException(isPlain
                ? "plain http is sent to allowed networks only"
                : "the address is not a public one");
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(open, port, ct);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool IsNamed(IPAddress address) =>
        _allowed.Any(network => network.Contains(address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address));
}
