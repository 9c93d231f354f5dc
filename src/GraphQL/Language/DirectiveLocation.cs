using System.Collections.Frozen;
using System.Text;

namespace Platform.GraphQL.Language;

/// <summary>§3.13 Where a directive may stand.</summary>
[Flags]
public enum DirectiveLocation
{
    None = 0,
    Query = 1,
    Mutation = 1 << 1,
    Subscription = 1 << 2,
    Field = 1 << 3,
    FragmentDefinition = 1 << 4,
    FragmentSpread = 1 << 5,
    InlineFragment = 1 << 6,
    VariableDefinition = 1 << 7,
    Schema = 1 << 8,
    Scalar = 1 << 9,
    Object = 1 << 10,
    FieldDefinition = 1 << 11,
    ArgumentDefinition = 1 << 12,
    Interface = 1 << 13,
    Union = 1 << 14,
    Enum = 1 << 15,
    EnumValue = 1 << 16,
    InputObject = 1 << 17,
    InputFieldDefinition = 1 << 18,
}

/// <summary>The names of directive locations, as documents write them.</summary>
public static class DirectiveLocations
{
    // In the order in which introspection and printers list them.
    private static readonly (DirectiveLocation Location, string Name)[] _all =
    [
        (DirectiveLocation.Query, "QUERY"),
        (DirectiveLocation.Mutation, "MUTATION"),
        (DirectiveLocation.Subscription, "SUBSCRIPTION"),
        (DirectiveLocation.Field, "FIELD"),
        (DirectiveLocation.FragmentDefinition, "FRAGMENT_DEFINITION"),
        (DirectiveLocation.FragmentSpread, "FRAGMENT_SPREAD"),
        (DirectiveLocation.InlineFragment, "INLINE_FRAGMENT"),
        (DirectiveLocation.VariableDefinition, "VARIABLE_DEFINITION"),
        (DirectiveLocation.Schema, "SCHEMA"),
        (DirectiveLocation.Scalar, "SCALAR"),
        (DirectiveLocation.Object, "OBJECT"),
        (DirectiveLocation.FieldDefinition, "FIELD_DEFINITION"),
        (DirectiveLocation.ArgumentDefinition, "ARGUMENT_DEFINITION"),
        (DirectiveLocation.Interface, "INTERFACE"),
        (DirectiveLocation.Union, "UNION"),
        (DirectiveLocation.Enum, "ENUM"),
        (DirectiveLocation.EnumValue, "ENUM_VALUE"),
        (DirectiveLocation.InputObject, "INPUT_OBJECT"),
        (DirectiveLocation.InputFieldDefinition, "INPUT_FIELD_DEFINITION"),
    ];

    private static readonly FrozenDictionary<string, DirectiveLocation> _byName =
        _all.ToFrozenDictionary(pair => pair.Name, pair => pair.Location, StringComparer.Ordinal);

    public static DirectiveLocation Parse(string name) => _byName[name];

    /// <summary>The names of all locations in a set.</summary>
    public static IEnumerable<string> NamesOf(DirectiveLocation locations) =>
        _all.Where(pair => locations.HasFlag(pair.Location)).Select(pair => pair.Name);

    internal static bool IsKnown(ReadOnlySpan<byte> name)
    {
        foreach (var (_, known) in _all)
        {
            if (Ascii.Equals(name, known))
            {
                return true;
            }
        }

        return false;
    }
}
