using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.8.5 A variable's type fits everywhere the variable stands; a default may stand in for null.</summary>
internal sealed class VariablesInAllowedPosition(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-All-Variable-Usages-Are-Allowed";

    public override void LeaveOperation(OperationDefinitionNode node)
    {
        if (node.VariableDefinitions.Length == 0)
        {
            return;
        }

        var definitions = new Dictionary<string, VariableDefinitionNode>(StringComparer.Ordinal);
        foreach (var definition in node.VariableDefinitions)
        {
            definitions[definition.Variable.Name.Value] = definition;
        }

        foreach (var usage in Context.Usages.Of(node))
        {
            if (usage.Type is not null && definitions.TryGetValue(usage.Node.Name.Value, out var definition) &&
                Context.Schema.FindType(definition.Type) is { } type)
            {
                Check(usage, definition, type);
            }
        }
    }

    private void Check(VariableUsage usage, VariableDefinitionNode definition, GraphQLType type)
    {
        if (!IsAllowed(type, definition.DefaultValue, usage))
        {
            Report(
                $"Variable \"${usage.Node.Name}\" of type \"{type}\" used in position expecting type \"{usage.Type}\".",
                definition.Range,
                usage.Node.Range);
        }

        if (usage.ParentType?.Nullable is InputObjectType { IsOneOf: true } parent && type is not NonNullType)
        {
            Context.Report(
                ErrorCodes.OneOfNullableVariable,
                Section,
                $"Variable \"${usage.Node.Name}\" is of type \"{type}\" but must be non-nullable to be used for OneOf " +
                $"Input Object \"{parent}\".",
                definition.Range,
                usage.Node.Range);
        }
    }

    private static bool IsAllowed(GraphQLType type, ValueNode? defaultValue, VariableUsage usage)
    {
        if (usage.Type is not NonNullType expected || type is NonNullType)
        {
            return type.IsSubtypeOf(usage.Type!);
        }

        var hasDefault = defaultValue is not (null or NullValueNode) || usage.Definition is { HasDefault: true };
        return hasDefault && type.IsSubtypeOf(expected.Inner);
    }
}
