using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.1.1 A document to execute holds operations and fragments only.</summary>
internal sealed class ExecutableDefinitions(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Executable-Definitions";

    public override void EnterDocument(DocumentNode node)
    {
        foreach (var definition in node.Definitions.OfType<TypeSystemDefinitionNode>())
        {
            var name = definition switch
            {
                TypeDefinitionNode type => $"\"{type.Name}\"",
                DirectiveDefinitionNode directive => $"\"{directive.Name}\"",
                _ => "schema",
            };
            Report($"The {name} definition is not executable.", definition.Range);
        }
    }
}
