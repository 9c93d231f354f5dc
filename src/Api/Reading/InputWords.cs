using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading;

/// <summary>What the words of filters and orders mean; the shapes themselves say nothing.</summary>
internal static class InputWords
{
    private static readonly Dictionary<string, string> _words = new(StringComparer.Ordinal)
    {
        ["and"] = "All of these hold.",
        ["or"] = "At least one of these holds.",
        ["eq"] = "Equal to it; null finds what has no value.",
        ["neq"] = "Not equal to it; what has no value differs from every value.",
        ["in"] = "One of these.",
        ["nin"] = "None of these.",
        ["gt"] = "Greater than it.",
        ["ngt"] = "Not greater than it, or without a value.",
        ["gte"] = "Greater than it or equal.",
        ["ngte"] = "Neither greater nor equal, or without a value.",
        ["lt"] = "Less than it.",
        ["nlt"] = "Not less than it, or without a value.",
        ["lte"] = "Less than it or equal.",
        ["nlte"] = "Neither less nor equal, or without a value.",
        ["contains"] = "Has this text in it; no character is a wildcard.",
        ["ncontains"] = "Does not have this text in it.",
        ["startsWith"] = "Begins with this text.",
        ["nstartsWith"] = "Does not begin with this text.",
        ["endsWith"] = "Ends with this text.",
        ["nendsWith"] = "Does not end with this text.",
        ["ieq"] = "Equal, whether in capitals or not.",
        ["icontains"] = "Has this text in it, whether in capitals or not.",
        ["istartsWith"] = "Begins with this text, whether in capitals or not.",
        ["iendsWith"] = "Ends with this text, whether in capitals or not.",
        ["isNull"] = "Whether it has no value.",
        ["all"] = "Every one of them; also true when there is none.",
        ["none"] = "No one of them.",
        ["some"] = "At least one of them.",
        ["any"] = "Whether there is one at all.",
        ["ASC"] = "From small to large; what has no value comes last.",
        ["DESC"] = "From large to small; what has no value comes first.",
        ["ASC_NULLS_FIRST"] = "From small to large; what has no value comes first.",
        ["ASC_NULLS_LAST"] = "From small to large; what has no value comes last.",
        ["DESC_NULLS_FIRST"] = "From large to small; what has no value comes first.",
        ["DESC_NULLS_LAST"] = "From large to small; what has no value comes last.",
    };

    public static void Describe(SchemaBuilder builder)
    {
        foreach (var type in builder.Types)
        {
            switch (type)
            {
                case InputObjectTypeConfiguration input when input.Name.EndsWith("FilterInput", StringComparison.Ordinal)
                    || input.Name.Contains("ListFilterInput", StringComparison.Ordinal):
                    input.Description ??= "Conditions; all that are given must hold.";
                    Describe(input.Fields);
                    break;
                case EnumTypeConfiguration { Name: "SortEnumType" } direction:
                    direction.Description ??= "A direction of an order.";
                    Describe(direction.Values);
                    break;
                case ObjectTypeConfiguration segment when segment.Name.EndsWith("CollectionSegment", StringComparison.Ordinal):
                    segment.Field("totalCount").Description ??= "How many there are in all.";
                    break;
            }
        }
    }

    private static void Describe(IEnumerable<ElementConfiguration> elements)
    {
        foreach (var element in elements)
        {
            element.Description ??= _words.GetValueOrDefault(element.Name);
        }
    }
}
