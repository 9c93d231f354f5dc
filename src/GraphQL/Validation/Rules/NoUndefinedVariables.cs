using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.8.3 Every variable an operation uses, in its fragments too, is declared by it.</summary>
internal sealed class NoUndefinedVariables(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-All-Variable-Uses-Defined";

    public override void LeaveOperation(OperationDefinitionNode node)
    {
        var usages = Context.Usages.Of(node);
        if (usages.Count == 0)
        {
            return;
        }

        var defined = node.VariableDefinitions.Select(v => v.Variable.Name.Value).ToHashSet(StringComparer.Ordinal);
        var where = node.Name is { } name ? $" by operation \"{name}\"" : "";
        foreach (var usage in usages.Where(usage => !defined.Contains(usage.Node.Name.Value)))
        {
            Report($"Variable \"${usage.Node.Name}\" is not defined{where}.", usage.Node.Range, node.Range);
        }
    }
}
