using Microsoft.Net.Http.Headers;

namespace Platform.GraphQL.Transport.Negotiation;

/// <summary>What one <c>Accept</c> header allows: a label for a single result and a frame for a stream.</summary>
internal sealed record AcceptedFormats(
    SingleFormat Single,
    StreamFormat Stream,
    IncrementalDialect Dialect,
    string StreamParameter,
    bool PrefersHtml,
    bool Unreadable)
{
    private readonly record struct Offer(double Quality, int Position, bool Exact)
    {
        /// <summary>Quality first; among equals a named type before a wildcard, then the client's order.</summary>
        public bool Beats(Offer other) =>
            Quality != other.Quality ? Quality > other.Quality
            : Exact != other.Exact ? Exact
            : Position < other.Position;
    }

    /// <summary>True when neither one result nor a stream can be sent: 406.</summary>
    public bool Nothing => Single is SingleFormat.None && Stream is StreamFormat.None;

    /// <summary>What a client without an <c>Accept</c> header is given.</summary>
    public static AcceptedFormats Everything(HttpMode mode) =>
        new(DefaultSingle(mode), StreamFormat.Multipart, IncrementalDialect.V02, string.Empty, false, false);

    public static AcceptedFormats Parse(string header, HttpMode mode)
    {
        if (!MediaTypeHeaderValue.TryParseList([header], out var ranges) || ranges.Count == 0)
        {
            return new AcceptedFormats(
                DefaultSingle(mode), StreamFormat.None, IncrementalDialect.V02, string.Empty, false, Unreadable: true);
        }

        var (single, _) = BestSingle(ranges, mode);
        var (stream, range) = BestStream(ranges);
        var html = Quality(ranges, MediaTypes.Html, exactOnly: true);
        var prefersHtml = html > 0 && html >= Quality(ranges, MediaTypes.GraphQLResponse, exactOnly: true)
            && html >= Quality(ranges, MediaTypes.Json, exactOnly: true);
        return new AcceptedFormats(
            single, stream, DialectOf(range), StreamParameterOf(range), prefersHtml, Unreadable: false);
    }

    private static SingleFormat DefaultSingle(HttpMode mode) =>
        mode is HttpMode.Compat ? SingleFormat.Json : SingleFormat.GraphQLResponse;

    private static (SingleFormat Format, Offer Offer) BestSingle(IList<MediaTypeHeaderValue> ranges, HttpMode mode)
    {
        var best = (Format: SingleFormat.None, Offer: new Offer(0, int.MaxValue, false));
        // A wildcard accepts both equally; the mode's default is asked first, so it stays when the other is no better.
        foreach (var format in (ReadOnlySpan<SingleFormat>)[DefaultSingle(mode), Other(DefaultSingle(mode))])
        {
            var type = format is SingleFormat.Json ? MediaTypes.Json : MediaTypes.GraphQLResponse;
            if (Find(ranges, type) is ({ } offer, _) && offer.Beats(best.Offer))
            {
                best = (format, offer);
            }
        }

        return best;

        static SingleFormat Other(SingleFormat format) =>
            format is SingleFormat.Json ? SingleFormat.GraphQLResponse : SingleFormat.Json;
    }

    private static (StreamFormat Format, MediaTypeHeaderValue? Range) BestStream(IList<MediaTypeHeaderValue> ranges)
    {
        var best = (Format: StreamFormat.None, Range: (MediaTypeHeaderValue?)null);
        var bestOffer = new Offer(0, int.MaxValue, false);
        ReadOnlySpan<(StreamFormat Format, string Type)> streams =
        [
            (StreamFormat.Multipart, MediaTypes.Multipart),
            (StreamFormat.EventStream, MediaTypes.EventStream),
            (StreamFormat.GraphQLJsonLines, MediaTypes.GraphQLJsonLines),
            (StreamFormat.JsonLines, MediaTypes.JsonLines),
        ];
        foreach (var (format, type) in streams)
        {
            if (Find(ranges, type) is ({ } offer, var range) && offer.Beats(bestOffer))
            {
                bestOffer = offer;
                best = (Parameter(range, "subscriptionSpec") is null ? format : StreamFormat.ApolloMultipart, range);
            }
        }

        return best;
    }

    /// <summary>The most specific range that covers the type decides, as in RFC 9110 §12.5.1; q=0 forbids it.</summary>
    private static (Offer?, MediaTypeHeaderValue?) Find(IList<MediaTypeHeaderValue> ranges, string type)
    {
        MediaTypeHeaderValue? found = null;
        var position = 0;
        var specificity = 0;
        for (var i = 0; i < ranges.Count; i++)
        {
            var range = ranges[i];
            var covers = SpecificityOf(range, type);
            if (covers > specificity)
            {
                (found, position, specificity) = (range, i, covers);
            }
        }

        var quality = found?.Quality ?? 1;
        return found is null || quality <= 0 ? (null, null) : (new Offer(quality, position, specificity == 3), found);
    }

    private static int SpecificityOf(MediaTypeHeaderValue range, string type)
    {
        if (range.MatchesAllTypes)
        {
            return 1;
        }

        if (range.MatchesAllSubTypes)
        {
            return type.StartsWith(range.Type.Value + "/", StringComparison.OrdinalIgnoreCase) ? 2 : 0;
        }

        return range.MediaType.Equals(type, StringComparison.OrdinalIgnoreCase) && AcceptsUtf8(range) ? 3 : 0;
    }

    private static double Quality(IList<MediaTypeHeaderValue> ranges, string type, bool exactOnly) =>
        Find(ranges, type) is ({ } offer, _) && (offer.Exact || !exactOnly) ? offer.Quality : 0;

    private static bool AcceptsUtf8(MediaTypeHeaderValue range) =>
        !range.Charset.HasValue
        || HeaderUtilities.RemoveQuotes(range.Charset).Equals("utf-8", StringComparison.OrdinalIgnoreCase);

    private static IncrementalDialect DialectOf(MediaTypeHeaderValue? range) =>
        Parameter(range, "deferSpec") is "20220824" || Parameter(range, "incrementalSpec") is "v0.1"
            ? IncrementalDialect.V01
            : IncrementalDialect.V02;

    /// <summary>A client that names a dialect is told which one it gets.</summary>
    private static string StreamParameterOf(MediaTypeHeaderValue? range) =>
        Parameter(range, "deferSpec") is "20220824" ? "; deferSpec=20220824"
        : Parameter(range, "incrementalSpec") is "v0.1" ? "; incrementalSpec=v0.1"
        : Parameter(range, "incrementalSpec") is "v0.2" ? "; incrementalSpec=v0.2"
        : Parameter(range, "subscriptionSpec") is not null ? "; subscriptionSpec=1.0"
        : string.Empty;

    private static string? Parameter(MediaTypeHeaderValue? range, string name)
    {
        if (range is null)
        {
            return null;
        }

        foreach (var parameter in range.Parameters)
        {
            if (parameter.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return HeaderUtilities.RemoveQuotes(parameter.Value).Value;
            }
        }

        return null;
    }
}
