using System.Net;
using Platform.Api.Hosting.Settings;

namespace Platform.Api.Access;

/// <summary>Whose word counts for where a request came from.</summary>
public sealed class ProxySettings : ISettings
{
    public string Section => "Proxies";

    /// <summary>
    /// Addresses and networks of the proxies in front, separated by spaces: 10.0.0.7 10.1.0.0/16. Only what they say in
    /// X-Forwarded-For and X-Forwarded-Proto is believed; empty believes nobody.
    /// </summary>
    public string Trusted { get; set; } = string.Empty;

    public IEnumerable<string> Faults() => Named()
        .Where(text => NetworkOf(text) is null)
        .Select(text => $"Trusted names '{text}', which is no address such as 10.0.0.7 and no network such as 10.1.0.0/16");

    internal IPNetwork[] Networks() => [.. Named().Select(text => NetworkOf(text)!.Value)];

    private string[] Named() => Trusted.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static IPNetwork? NetworkOf(string text) =>
        IPNetwork.TryParse(text, out var network) ? network
        : IPAddress.TryParse(text, out var address) ? new IPNetwork(address, address.GetAddressBytes().Length * 8)
        : null;
}
