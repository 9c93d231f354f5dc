using System.Runtime.CompilerServices;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Limits;

/// <summary>What only a path can tell: its depth, and how often it comes back to the same field.</summary>
internal sealed class PathMeasure(
    Schema schema, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments, GraphQLLimits limits)
{
    private readonly Dictionary<FieldDefinition, int> _onPath = [];
    private int _depth;
    private bool _isInIntrospection;

    /// <summary>Every field the operation may touch.</summary>
    public HashSet<FieldDefinition> Fields { get; } = [];

    public GraphQLError? Walk(SelectionSetNode set, NamedType type)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in set.Selections)
        {
            var refusal = selection switch
            {
                FieldNode field => Enter(field, type),
                InlineFragmentNode inline => Walk(inline.SelectionSet, Narrow(type, inline.TypeCondition?.Name.Value)),
                FragmentSpreadNode spread => Walk(
                    fragments[spread.Name.Value].SelectionSet,
                    Narrow(type, fragments[spread.Name.Value].TypeCondition.Name.Value)),
                _ => null,
            };
            if (refusal is not null)
            {
                return refusal;
            }
        }

        return null;
    }

    private NamedType Narrow(NamedType type, string? condition) =>
        condition is null ? type : schema.FindType(condition)!;

    private GraphQLError? Enter(FieldNode node, NamedType type)
    {
        var field = schema.FindField(type, node.Name.Value)!;
        Fields.Add(field);
        if (node.SelectionSet is null)
        {
            return !_isInIntrospection && _depth + 1 > limits.MaxDepth ? TooDeep() : null;
        }

        var wasInIntrospection = _isInIntrospection;
        _isInIntrospection |= field.IsIntrospection;
        _depth += _isInIntrospection ? 0 : 1;
        var count = _onPath.GetValueOrDefault(field) + 1;
        _onPath[field] = count;
        var refusal = CheckPath(field, count) ?? Walk(node.SelectionSet, field.Type.Named);
        _onPath[field] = count - 1;
        _depth -= _isInIntrospection ? 0 : 1;
        _isInIntrospection = wasInIntrospection;
        return refusal;
    }

    private GraphQLError? CheckPath(FieldDefinition field, int count)
    {
        if (_isInIntrospection)
        {
            return CheckIntrospection(field, count);
        }

        if (_depth > limits.MaxDepth)
        {
            return TooDeep();
        }

        var coordinate = $"{field.Owner.Name}.{field.Name}";
        var allowed = limits.CoordinateCycles.TryGetValue(coordinate, out var special) ? special : limits.MaxCoordinateCycle;
        return count <= allowed ? null : new GraphQLError("The operation comes back to the same field too often.")
        {
            Code = ErrorCodes.FieldCycle,
        };
    }

    /// <summary>G-16: types of fields of types of fields… A list of the schema may be entered once on a path.</summary>
    private GraphQLError? CheckIntrospection(FieldDefinition field, int count)
    {
        var allowed = field.Name == "ofType" ? limits.MaxIntrospectionTypeDepth
            : field.Type.Nullable is ListType ? limits.MaxIntrospectionListDepth
            : int.MaxValue;
        return count <= allowed ? null : new GraphQLError("The introspection is nested too deeply.")
        {
            Code = ErrorCodes.IntrospectionDepth,
        };
    }

    private GraphQLError TooDeep() =>
        new($"The operation is deeper than the {limits.MaxDepth} levels allowed.") { Code = ErrorCodes.MaxDepth };
}
