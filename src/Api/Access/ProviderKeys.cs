using System.Collections.Frozen;
using System.Text.Json;

namespace Platform.Api.Access;

/// <summary>
/// The keys of the identity provider, fetched from the configured address: at most once a minute however many unknown keys
/// tokens name, and good for a day while the provider is not to be reached.
/// </summary>
internal sealed partial class ProviderKeys(
    IdentityProviderSettings settings, HttpMessageInvoker http, TimeProvider clock, ILogger<ProviderKeys> logger) : IDisposable
{
    private const int MostBytes = 64 * 1024;

    private const int MostKeys = 20;

    private static readonly TimeSpan AskAgainAfter = TimeSpan.FromMinutes(1);

    private static readonly TimeSpan FreshFor = TimeSpan.FromHours(1);

    private static readonly TimeSpan GoodFor = TimeSpan.FromHours(24);

    private readonly SemaphoreSlim _fetching = new(1);
    private FrozenDictionary<string, ProviderKey> _keys = FrozenDictionary<string, ProviderKey>.Empty;
    private DateTimeOffset _askedAt = DateTimeOffset.MinValue;
    private DateTimeOffset _fetchedAt = DateTimeOffset.MinValue;

    public async ValueTask<ProviderKey?> FindAsync(string id, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var isKnown = _keys.ContainsKey(id) && now - _fetchedAt < FreshFor;
        if (!isKnown && now - _askedAt >= AskAgainAfter)
        {
            await FetchAsync(ct);
        }

        return clock.GetUtcNow() - _fetchedAt < GoodFor ? _keys.GetValueOrDefault(id) : null;
    }

    public void Dispose() => _fetching.Dispose();

    /// <summary>The keys of a set; a key id that stands for two keys stands for none.</summary>
    internal static FrozenDictionary<string, ProviderKey> Read(byte[] json)
    {
        if (JwtParts.TryReadObject(json) is not { } set || !set.TryGetProperty("keys", out var keys) || keys.ValueKind is not JsonValueKind.Array
            || keys.GetArrayLength() > MostKeys)
        {
            throw new JsonException("This is no set of at most 20 keys.");
        }

        return keys.EnumerateArray()
            .Select(ProviderKey.TryRead)
            .OfType<ProviderKey>()
            .GroupBy(key => key.Id, StringComparer.Ordinal)
            .Where(group => group.Count() == 1)
            .ToFrozenDictionary(group => group.Key, group => group.Single(), StringComparer.Ordinal);
    }

    private async Task FetchAsync(CancellationToken ct)
    {
        await _fetching.WaitAsync(ct);
        try
        {
            if (clock.GetUtcNow() - _askedAt < AskAgainAfter)
            {
                return; // Somebody else asked while we waited.
            }

            _askedAt = clock.GetUtcNow();
            using var request = new HttpRequestMessage(HttpMethod.Get, settings.KeysAddress);
            using var limit = CancellationTokenSource.CreateLinkedTokenSource(ct);
            limit.CancelAfter(TimeSpan.FromSeconds(5));
            using var response = await http.SendAsync(request, limit.Token);
            response.EnsureSuccessStatusCode();
            await using var body = await response.Content.ReadAsStreamAsync(limit.Token);
            _keys = Read(await ReadAsync(body, limit.Token));
            _fetchedAt = clock.GetUtcNow();
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or IOException
            || (fault is OperationCanceledException && !ct.IsCancellationRequested))
        {
            Unreachable(logger, fault);
        }
        finally
        {
            _fetching.Release();
        }
    }

    private static async Task<byte[]> ReadAsync(Stream body, CancellationToken ct)
    {
        var buffer = new byte[MostBytes + 1];
        var length = await body.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, ct);
        return length <= MostBytes ? buffer[..length] : throw new JsonException("The set of keys is too long.");
    }

    [LoggerMessage(Level = LogLevel.Warning, Message = "The identity provider's keys could not be read; the known ones are used for a day")]
    private static partial void Unreachable(ILogger logger, Exception fault);
}
