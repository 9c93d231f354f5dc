using System.Text.Json;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.XgboostFormat;

/// <summary>
/// XGBoost's file knows categories only as codes. The words travel in an attribute, so that one model file is enough
/// to score a table; a file from elsewhere without it is scored by the codes themselves.
/// </summary>
internal static class CategoryNames
{
    private const string Attribute = "platform_categories";

    public static IReadOnlyList<Feature> Describe(
        List<string> names, List<string> types, int width, IReadOnlyList<Tree> trees, SortedDictionary<string, string> attributes)
    {
        var words = Parse(attributes.GetValueOrDefault(Attribute));
        var categorical = new HashSet<int>();
        foreach (var tree in trees)
        {
            for (var node = 0; node < tree.NodeCount; node++)
            {
                if (!tree.IsLeaf(node) && tree.RightCategories[node] is not null)
                {
                    categorical.Add(tree.Feature[node]);
                }
            }
        }

        var features = new List<Feature>(width);
        for (var f = 0; f < width; f++)
        {
            var name = names.Count > 0 ? names[f] : $"f{f}";
            features.Add(words.TryGetValue(name, out var known) && (categorical.Contains(f) || (types.Count > 0 && types[f] == "c"))
                ? new Feature(name, known)
                : Feature.Number(name));
        }

        return features;
    }

    /// <summary>The attributes of a model with the words of its categorical features.</summary>
    public static SortedDictionary<string, string> AddTo(SortedDictionary<string, string> attributes, IReadOnlyList<Feature> features)
    {
        var all = new SortedDictionary<string, string>(attributes, StringComparer.Ordinal);
        var words = new SortedDictionary<string, IReadOnlyList<string>>(StringComparer.Ordinal);
        foreach (var feature in features.Where(feature => feature.IsCategorical))
        {
            words.Add(feature.Name, feature.Categories!);
        }

        if (words.Count > 0)
        {
            all[Attribute] = JsonSerializer.Serialize(words);
        }

        return all;
    }

    private static Dictionary<string, string[]> Parse(string? text)
    {
        if (text is null)
        {
            return [];
        }

        try
        {
            return JsonSerializer.Deserialize<Dictionary<string, string[]>>(text) is { } words
                && words.Values.All(list => list is not null && list.Length <= FeatureMatrix.MaxCategories && !list.Contains(null))
                ? words
                : throw new FormatRefused($"the attribute {Attribute} is not a map of word lists");
        }
        catch (JsonException)
        {
            throw new FormatRefused($"the attribute {Attribute} is not a map of word lists");
        }
    }
}
