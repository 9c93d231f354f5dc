using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>G-16 Introspection does not go round in circles: lists of types nest at most twice.</summary>
internal sealed class MaxIntrospectionDepth(ValidationContext context) : ValidationRule(context)
{
    private const int Deepest = 3;

    // The deepest level at which a fragment was found harmless, and the shallowest at which it was not.
    private readonly Dictionary<string, int> _harmless = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _harmful = new(StringComparer.Ordinal);
    private FieldNode? _refused;

    protected override string Section => "sec-Schema-Introspection";

    public override void EnterField(FieldNode node)
    {
        if (_refused is null && node.Name.Value is "__schema" or "__type" &&
            IsTooDeep(node, 0, new Dictionary<string, int>(StringComparer.Ordinal)))
        {
            Context.Report(ErrorCodes.IntrospectionDepth, Section, "Maximum introspection depth exceeded", node.Range);
            _refused = node;
        }
    }

    public override void LeaveField(FieldNode node)
    {
        if (ReferenceEquals(_refused, node))
        {
            _refused = null;
        }
    }

    private bool IsTooDeep(SelectionNode node, int depth, Dictionary<string, int> visited)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node)
        {
            case FragmentSpreadNode spread:
                return IsTooDeep(spread.Name.Value, depth, visited);
            case FieldNode field:
                var isList = field.Name.Value is "fields" or "interfaces" or "possibleTypes" or "inputFields";
                depth += isList ? 1 : 0;
                return (isList && depth >= Deepest) ||
                    (field.SelectionSet is not null && IsTooDeep(field.SelectionSet, depth, visited));
            case InlineFragmentNode inline:
                return IsTooDeep(inline.SelectionSet, depth, visited);
            default:
                return false;
        }
    }

    private bool IsTooDeep(SelectionSetNode set, int depth, Dictionary<string, int> visited)
    {
        foreach (var selection in set.Selections)
        {
            if (IsTooDeep(selection, depth, visited))
            {
                return true;
            }
        }

        return false;
    }

    private bool IsTooDeep(string fragmentName, int depth, Dictionary<string, int> visited)
    {
        if (_harmful.TryGetValue(fragmentName, out var harmfulAt) && harmfulAt <= depth)
        {
            return true;
        }

        if ((visited.TryGetValue(fragmentName, out var visitedAt) && visitedAt >= depth) ||
            (_harmless.TryGetValue(fragmentName, out var harmlessAt) && harmlessAt >= depth) ||
            Context.FindFragment(fragmentName) is not { } fragment)
        {
            return false;
        }

        visited[fragmentName] = depth;
        var isTooDeep = IsTooDeep(fragment.SelectionSet, depth, visited);
        (isTooDeep ? _harmful : _harmless)[fragmentName] = depth;
        return isTooDeep;
    }
}
