using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.8.4 Every variable an operation declares is used.</summary>
internal sealed class NoUnusedVariables(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-All-Variables-Used";

    public override void LeaveOperation(OperationDefinitionNode node)
    {
        if (node.VariableDefinitions.Length == 0)
        {
            return;
        }

        var used = Context.Usages.Of(node).Select(usage => usage.Node.Name.Value).ToHashSet(StringComparer.Ordinal);
        var where = node.Name is { } name ? $" in operation \"{name}\"" : "";
        foreach (var variable in node.VariableDefinitions.Where(v => !used.Contains(v.Variable.Name.Value)))
        {
            Report($"Variable \"${variable.Variable.Name}\" is never used{where}.", variable.Range);
        }
    }
}
