using System.Collections.Frozen;
using System.Globalization;
using Microsoft.Extensions.Primitives;
using Platform.Api.Live.Feed;
using Platform.Api.Live.Rules;

namespace Platform.Api.Live.Streams;

/// <summary>What somebody asks of <c>/events</c>.</summary>
/// <param name="After">The last position seen; null asks for what happens from now on.</param>
/// <param name="Filter">Which events.</param>
internal sealed record FeedRequest(long? After, EventFilter Filter)
{
    /// <summary>Also <c>platform.StockPosted.v1</c> names the type StockPosted.</summary>
    private const string TypePrefix = "platform.";

    private const string TypeSuffix = ".v1";

    private static readonly FrozenSet<string> _known =
        new[] { "after", "types", "subject", "legalEntity", "warehouse" }.ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The request, or in words what is wrong with it.</summary>
    public static (FeedRequest? Request, string? Fault) Read(HttpRequest http, EventRuleBook rules)
    {
        if (http.Query.Keys.FirstOrDefault(key => !_known.Contains(key)) is not null)
        {
            return (null, $"The feed knows only {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }

        // A browser that comes back repeats its first address and adds the header: the header is newer.
        var position = http.Headers.TryGetValue("Last-Event-ID", out var last) ? last : http.Query["after"];
        long? after = null;
        if (!StringValues.IsNullOrEmpty(position))
        {
            if (!long.TryParse(position.ToString(), NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            {
                return (null, "A position is a whole number, as given in the id of an event.");
            }

            after = number;
        }

        return ReadFilter(http.Query, rules) switch
        {
            ({ } filter, _) => (new FeedRequest(after, filter), null),
            (_, var fault) => (null, fault),
        };
    }

    private static (EventFilter? Filter, string? Fault) ReadFilter(IQueryCollection query, EventRuleBook rules)
    {
        var types = Values(query["types"]).Select(Named).ToFrozenSet(StringComparer.Ordinal);
        var subjects = Values(query["subject"]).ToList();
        var kinds = subjects.Select(subject => subject.Split('/', 2)[0]).Distinct(StringComparer.Ordinal).ToList();
        var ids = new HashSet<Guid>();
        foreach (var subject in subjects.Where(subject => subject.Contains('/', StringComparison.Ordinal)))
        {
            if (!Guid.TryParse(subject.Split('/', 2)[1], out var id))
            {
                return (null, "A subject is written as its kind, or as kind/id with a UUID: subject=Item/0195….");
            }

            ids.Add(id);
        }

        if (kinds.Count > 1)
        {
            return (null, "The subjects of one feed are of one kind; open another feed for others.");
        }

        if (!TryReadId(query["legalEntity"], out var entity) || !TryReadId(query["warehouse"], out var warehouse))
        {
            return (null, "legalEntity and warehouse are UUIDs.");
        }

        var filter = new EventFilter(
            types.Count == 0 ? null : types, kinds.SingleOrDefault(), ids.Count == 0 ? null : ids, entity, warehouse);
        return filter.Fault(rules) is { } fault ? (null, fault) : (filter, null);
    }

    private static IEnumerable<string> Values(StringValues query) =>
        query.SelectMany(value => (value ?? string.Empty).Split(
            ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static string Named(string type) =>
        type.StartsWith(TypePrefix, StringComparison.Ordinal) && type.EndsWith(TypeSuffix, StringComparison.Ordinal)
            ? type[TypePrefix.Length..^TypeSuffix.Length]
            : type;

    private static bool TryReadId(StringValues text, out Guid? id)
    {
        id = null;
        if (StringValues.IsNullOrEmpty(text))
        {
            return true;
        }

        var isId = Guid.TryParse(text.ToString(), out var read);
        id = isId ? read : null;
        return isId;
    }
}
