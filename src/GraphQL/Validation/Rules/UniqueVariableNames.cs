using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.8.1 An operation declares each variable once.</summary>
internal sealed class UniqueVariableNames(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Variable-Uniqueness";

    public override void EnterOperation(OperationDefinitionNode node)
    {
        // The name stands after the dollar sign.
        foreach (var (name, places) in UniqueNames.Repeated(
            node.VariableDefinitions, v => v.Variable.Name, v => v.Variable.Range))
        {
            Report($"There can be only one variable named \"${name}\".", places);
        }
    }
}
