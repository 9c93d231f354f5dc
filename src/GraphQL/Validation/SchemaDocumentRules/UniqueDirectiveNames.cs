using Platform.GraphQL.Language;
using Platform.GraphQL.Validation.Rules;

namespace Platform.GraphQL.Validation.SchemaDocumentRules;

/// <summary>§3.13 Every directive has a name of its own.</summary>
internal sealed class UniqueDirectiveNames(ValidationContext context) : ValidationRule(context)
{
    private UniqueNames _names = new();

    protected override string Section => "sec-Type-System.Directives";

    public override void EnterTypeSystemDefinition(TypeSystemDefinitionNode node)
    {
        if (node is DirectiveDefinitionNode directive &&
            _names.FirstOf(directive.Name.Value, At(directive, directive.Name)) is { } first)
        {
            Report(
                $"There can be only one directive named \"@{directive.Name}\".", first, At(directive, directive.Name));
        }
    }
}
