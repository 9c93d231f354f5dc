using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.SchemaDocumentRules;

/// <summary>§3.4.3 What is extended is defined, and is of the same kind.</summary>
internal sealed class PossibleTypeExtensions(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<string, TypeDefinitionNode> _defined = new(StringComparer.Ordinal);

    protected override string Section => "sec-Type-Extensions";

    public override void EnterDocument(DocumentNode node)
    {
        foreach (var type in node.Definitions.OfType<TypeDefinitionNode>().Where(type => !type.IsExtension))
        {
            _defined[type.Name.Value] = type;
        }
    }

    public override void EnterTypeSystemDefinition(TypeSystemDefinitionNode node)
    {
        if (node is not TypeDefinitionNode { IsExtension: true } extension)
        {
            return;
        }

        var name = extension.Name.Value;
        if (_defined.TryGetValue(name, out var defined))
        {
            if (defined.Kind != extension.Kind)
            {
                Report($"Cannot extend non-{KindOf(extension)} type \"{name}\".", defined.Range, extension.Range);
            }
        }
        else if (Context.OutsideTypes.TryGetValue(name, out var kind))
        {
            if (kind.ToString() + "TypeDefinition" != extension.Kind.ToString())
            {
                Report($"Cannot extend non-{KindOf(extension)} type \"{name}\".", extension.Range);
            }
        }
        else
        {
            var suggestion = Context.ShowsSuggestions ? NameSuggestions.DidYouMean(name, _defined.Keys) : "";
            Report(
                $"Cannot extend type \"{name}\" because it is not defined.{suggestion}",
                At(extension, extension.Name));
        }
    }

    private static string KindOf(TypeDefinitionNode node) => node switch
    {
        ScalarTypeDefinitionNode => "scalar",
        ObjectTypeDefinitionNode => "object",
        InterfaceTypeDefinitionNode => "interface",
        UnionTypeDefinitionNode => "union",
        EnumTypeDefinitionNode => "enum",
        _ => "input object",
    };
}
