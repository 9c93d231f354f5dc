using System.Collections.Immutable;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>Remembers where each name was seen first.</summary>
internal struct UniqueNames
{
    private Dictionary<string, SourceRange>? _seen;

    public UniqueNames()
    {
    }

    /// <summary>Where the name was seen before; null, and noted, when this is the first time.</summary>
    public SourceRange? FirstOf(string name, SourceRange place)
    {
        _seen ??= new Dictionary<string, SourceRange>(StringComparer.Ordinal);
        if (_seen.TryGetValue(name, out var first))
        {
            return first;
        }

        _seen[name] = place;
        return null;
    }

    /// <summary>The names that occur more than once, each with all its places, in the order of first occurrence.</summary>
    public static IEnumerable<(string Name, SourceRange[] Places)> Repeated<T>(
        ImmutableArray<T> items, Func<T, NameNode> name, Func<T, SourceRange> range)
    {
        if (items.Length < 2 || AllDiffer(items, name))
        {
            return [];
        }

        return items.GroupBy(item => name(item).Value, StringComparer.Ordinal)
            .Where(group => group.Skip(1).Any())
            .Select(group => (group.Key, group.Select(item => range(item).From(name(item).Start)).ToArray()));
    }

    private static bool AllDiffer<T>(ImmutableArray<T> items, Func<T, NameNode> name)
    {
        const int fewEnoughToCompare = 8;
        if (items.Length > fewEnoughToCompare)
        {
            return items.Select(item => name(item).Value).Distinct(StringComparer.Ordinal).Count() == items.Length;
        }

        for (var left = 0; left < items.Length; left++)
        {
            for (var right = left + 1; right < items.Length; right++)
            {
                if (name(items[left]).Value == name(items[right]).Value)
                {
                    return false;
                }
            }
        }

        return true;
    }
}
