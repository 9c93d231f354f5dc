using Platform.GraphQL.Language;
using Platform.GraphQL.Validation.Rules;

namespace Platform.GraphQL.Validation.SchemaDocumentRules;

/// <summary>§3.3 Every type has a name of its own.</summary>
internal sealed class UniqueTypeNames(ValidationContext context) : ValidationRule(context)
{
    private UniqueNames _names = new();

    protected override string Section => "sec-Schema";

    public override void EnterTypeSystemDefinition(TypeSystemDefinitionNode node)
    {
        if (node is TypeDefinitionNode { IsExtension: false } type &&
            _names.FirstOf(type.Name.Value, At(type, type.Name)) is { } first)
        {
            Report($"There can be only one type named \"{type.Name}\".", first, At(type, type.Name));
        }
    }
}
