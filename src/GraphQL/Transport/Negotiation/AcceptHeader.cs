using System.Collections.Concurrent;
using Microsoft.Extensions.Primitives;

namespace Platform.GraphQL.Transport.Negotiation;

/// <summary>Remembers what the few <c>Accept</c> headers that clients really send mean.</summary>
internal sealed class AcceptHeader(HttpMode mode)
{
    // Clients choose the text, so the memory is bounded; a header past the bound is parsed again each time.
    public const int Capacity = 64;

    private const int LongestRemembered = 512;

    private readonly AcceptedFormats _everything = AcceptedFormats.Everything(mode);
    private readonly ConcurrentDictionary<string, AcceptedFormats> _known = new(StringComparer.Ordinal);

    public int Remembered => _known.Count;

    public AcceptedFormats Read(StringValues header)
    {
        if (header.Count == 0)
        {
            return _everything;
        }

        var text = header.Count == 1 ? header[0]! : string.Join(',', header.ToArray());
        return text.Length == 0 || text == "*/*" ? _everything
            : _known.TryGetValue(text, out var formats) ? formats
            : Parse(text);
    }

    private AcceptedFormats Parse(string text)
    {
        var formats = AcceptedFormats.Parse(text, mode);
        if (text.Length <= LongestRemembered && _known.Count < Capacity)
        {
            _known.TryAdd(text, formats);
        }

        return formats;
    }
}
