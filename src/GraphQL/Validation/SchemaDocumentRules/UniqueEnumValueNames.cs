using Platform.GraphQL.Language;
using Platform.GraphQL.Validation.Rules;

namespace Platform.GraphQL.Validation.SchemaDocumentRules;

/// <summary>§3.9 An enum has each value once, its extensions included.</summary>
internal sealed class UniqueEnumValueNames(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<string, UniqueNames> _byType = new(StringComparer.Ordinal);

    protected override string Section => "sec-Enums";

    public override void EnterTypeSystemDefinition(TypeSystemDefinitionNode node)
    {
        if (node is not EnumTypeDefinitionNode type)
        {
            return;
        }

        var names = _byType.GetValueOrDefault(type.Name.Value);
        foreach (var value in type.Values)
        {
            if (names.FirstOf(value.Name.Value, At(value, value.Name)) is { } first)
            {
                Report(
                    $"Enum value \"{type.Name}.{value.Name}\" can only be defined once.", first, At(value, value.Name));
            }
        }

        _byType[type.Name.Value] = names;
    }
}
