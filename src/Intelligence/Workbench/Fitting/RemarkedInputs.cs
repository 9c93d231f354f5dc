using System.Text.Json;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>
/// Inputs that were numbers with remarks between when the model learnt. The names travel in the model file, so that
/// the next table is read in the same way, however many remarks it has.
/// </summary>
internal static class RemarkedInputs
{
    private const string Attribute = "platform_remarked";

    public static void Note(BoostedModel model, IEnumerable<string> columns)
    {
        string[] inputs = [.. model.Features.Where(feature => !feature.IsCategorical).Select(feature => feature.Name)
            .Intersect(columns, StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (inputs.Length > 0)
        {
            model.Attributes[Attribute] = JsonSerializer.Serialize(inputs);
        }
    }

    /// <summary>A note that cannot be read is none: the cells are then refused one by one.</summary>
    public static IReadOnlySet<string> Of(BoostedModel model)
    {
        try
        {
            return model.Attributes.TryGetValue(Attribute, out var text) && JsonSerializer.Deserialize<string?[]>(text) is { } names
                ? names.OfType<string>().ToHashSet(StringComparer.Ordinal)
                : new HashSet<string>(StringComparer.Ordinal);
        }
        catch (JsonException)
        {
            return new HashSet<string>(StringComparer.Ordinal);
        }
    }
}
