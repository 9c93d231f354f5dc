using Platform.GraphQL.Language;
using Platform.GraphQL.Validation.Rules;

namespace Platform.GraphQL.Validation.SchemaDocumentRules;

/// <summary>§3.6, §3.7, §3.10 A type has each field once, its extensions included.</summary>
internal sealed class UniqueFieldDefinitionNames(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<string, UniqueNames> _byType = new(StringComparer.Ordinal);

    protected override string Section => "sec-Objects";

    public override void EnterTypeSystemDefinition(TypeSystemDefinitionNode node)
    {
        IEnumerable<MemberDefinitionNode> fields = node switch
        {
            ComplexTypeDefinitionNode complex => complex.Fields,
            InputObjectTypeDefinitionNode input => input.Fields,
            _ => [],
        };
        if (node is not TypeDefinitionNode type)
        {
            return;
        }

        var names = _byType.GetValueOrDefault(type.Name.Value);
        foreach (var field in fields)
        {
            if (names.FirstOf(field.Name.Value, At(field, field.Name)) is { } first)
            {
                Report($"Field \"{type.Name}.{field.Name}\" can only be defined once.", first, At(field, field.Name));
            }
        }

        _byType[type.Name.Value] = names;
    }
}
