using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Introspection;

/// <summary>An element that was found, its place among the results, and how well it matches.</summary>
internal sealed record SearchHit(SchemaElement Element, int Rank, double Score);

/// <summary>
/// Ranks the elements of a schema for a query by BM25: rare words weigh more, repetitions count less and less, short
/// texts beat long ones. A name counts as its parts (`orderLines` is order and lines) and weighs more than prose.
/// </summary>
internal sealed class SearchIndex
{
    private const double Saturation = 1.2;
    private const double LengthWeight = 0.75;
    private const int NameWeight = 3;
    private const int LongestQuery = 64;

    private readonly List<SchemaElement> _elements = [];
    private readonly List<int> _lengths = [];
    private readonly Dictionary<string, List<(int Element, int Count)>> _postings = new(StringComparer.Ordinal);
    private readonly double _averageLength;

    public SearchIndex(Schema schema)
    {
        foreach (var type in schema.Types.Where(type => !type.IsIntrospection))
        {
            Add(type.Element, []);
            AddMembers(type);
        }

        foreach (var directive in schema.DirectiveTypes)
        {
            Add(directive, []);
            AddAll(directive.Arguments, directive.Name);
        }

        _averageLength = _lengths.Count == 0 ? 1 : _lengths.Average();
    }

    /// <summary>All matches, best first; equal ones in the order of their coordinates.</summary>
    public IEnumerable<SearchHit> Search(string query)
    {
        var scores = new Dictionary<int, double>();
        foreach (var word in Words.Of(query).Take(LongestQuery).Distinct(StringComparer.Ordinal))
        {
            if (!_postings.TryGetValue(word, out var postings))
            {
                continue;
            }

            var rarity = Math.Log(1 + ((_elements.Count - postings.Count + 0.5) / (postings.Count + 0.5)));
            foreach (var (element, count) in postings)
            {
                var length = 1 - LengthWeight + (LengthWeight * _lengths[element] / _averageLength);
                var score = rarity * count * (Saturation + 1) / (count + (Saturation * length));
                scores[element] = scores.GetValueOrDefault(element) + score;
            }
        }

        return scores
            .OrderByDescending(pair => pair.Value)
            .ThenBy(pair => _elements[pair.Key].Coordinate.ToString(), StringComparer.Ordinal)
            .Select((pair, index) => new SearchHit(_elements[pair.Key], index + 1, pair.Value));
    }

    private void AddMembers(NamedType type)
    {
        switch (type)
        {
            case ComplexType complex:
                foreach (var field in complex.Fields)
                {
                    Add(field, [type.Name, field.Type.Named.Name]);
                    AddAll(field.Arguments, field.Name);
                }

                break;
            case InputObjectType input:
                AddAll(input.Fields, type.Name);
                break;
            case EnumType names:
                AddAll(names.Values, type.Name);
                break;
        }
    }

    private void AddAll(IEnumerable<SchemaElement> elements, string owner)
    {
        foreach (var element in elements)
        {
            Add(element, [owner]);
        }
    }

    private void Add(SchemaElement element, string[] related)
    {
        var counts = new Dictionary<string, int>(StringComparer.Ordinal);
        Count(counts, element.Name, NameWeight);
        Count(counts, element.Description ?? "", 1);
        foreach (var word in related.SelectMany(Words.Of))
        {
            counts.TryAdd(word, 1);
        }

        foreach (var (word, count) in counts)
        {
            (_postings.TryGetValue(word, out var postings) ? postings : _postings[word] = []).Add((_elements.Count, count));
        }

        _elements.Add(element);
        _lengths.Add(counts.Values.Sum());
    }

    private static void Count(Dictionary<string, int> counts, string text, int weight)
    {
        foreach (var word in Words.Of(text))
        {
            counts[word] = counts.GetValueOrDefault(word) + weight;
        }
    }
}

/// <summary>Cuts names and sentences into words that can be compared: lower case, singular.</summary>
internal static class Words
{
    public static IEnumerable<string> Of(string text)
    {
        var start = 0;
        for (var index = 0; index <= text.Length; index++)
        {
            var isBreak = index == text.Length || !char.IsLetterOrDigit(text[index]);
            var isHump = !isBreak && index > start && char.IsUpper(text[index]) && !char.IsUpper(text[index - 1]);
            if ((isBreak || isHump) && index > start)
            {
                yield return Normal(text[start..index]);
            }

            start = isBreak ? index + 1 : isHump ? index : start;
        }
    }

    // Good enough for the English of schemas: orders and order, entries and entry, batches and batch.
    private static string Normal(string word)
    {
        var lower = word.ToLowerInvariant();
        const int shortest = 4;
        return lower.Length < shortest || lower.EndsWith("ss", StringComparison.Ordinal) ? lower
            : lower.EndsWith("ies", StringComparison.Ordinal) ? lower[..^3] + "y"
            : lower.EndsWith("ches", StringComparison.Ordinal) || lower.EndsWith("shes", StringComparison.Ordinal) ? lower[..^2]
            : lower.EndsWith('s') ? lower[..^1]
            : lower;
    }
}
