using Platform.GraphQL.Introspection;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.5.1.2, §5.8.2 Every type that is named exists.</summary>
internal sealed class KnownTypeNames(ValidationContext context) : ValidationRule(context)
{
    private HashSet<string>? _defined;

    protected override string Section => "sec-Fragment-Spread-Type-Existence";

    public override void EnterNamedType(NamedTypeNode node)
    {
        var name = node.Name.Value;
        if (Context.SchemaOrNone?.FindType(name) is not null || Defined().Contains(name) ||
            Context.OutsideTypes.ContainsKey(name) || (Context.IsInSchemaDefinition && IsStandard(name)))
        {
            return;
        }

        var suggestion = Context.ShowsSuggestions ? NameSuggestions.DidYouMean(name, Candidates()) : "";
        Report($"Unknown type \"{name}\".{suggestion}", node.Range);
    }

    private static bool IsStandard(string name) =>
        CustomScalars.IsSpecified(name) || IntrospectionTypes.Names.Contains(name);

    private HashSet<string> Defined() => _defined ??=
    [
        .. Context.Document.Definitions
            .OfType<TypeDefinitionNode>()
            .Where(definition => !definition.IsExtension)
            .Select(definition => definition.Name.Value),
    ];

    private IEnumerable<string> Candidates()
    {
        var names = Context.SchemaOrNone?.Types.Select(type => type.Name) ?? [];
        var standard = CustomScalars.Specified.Select(format => format.Name).Concat(IntrospectionTypes.Names);
        return names.Concat(Defined()).Concat(Context.IsInSchemaDefinition ? standard : []);
    }
}
