using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.8.2 Variables have types that can be given.</summary>
internal sealed class VariablesAreInputTypes(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Variables-Are-Input-Types";

    public override void EnterVariableDefinition(VariableDefinitionNode node)
    {
        if (Context.Schema.FindType(node.Type) is { IsInput: false })
        {
            Report(
                $"Variable \"${node.Variable.Name}\" cannot be non-input type \"{node.Type}\".", node.Type.Range);
        }
    }
}
