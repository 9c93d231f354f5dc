using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution.Compilation;

/// <summary>The variables that decide which selections an operation has.</summary>
internal static class ConditionVariables
{
    public static string[] Of(
        OperationDefinitionNode operation, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        Collect(operation.SelectionSet, fragments, names, []);
        return [.. names];
    }

    private static void Collect(
        SelectionSetNode set,
        IReadOnlyDictionary<string, FragmentDefinitionNode> fragments,
        SortedSet<string> names,
        HashSet<string> visited)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in set.Selections)
        {
            Collect(selection.Directives, names);
            switch (selection)
            {
                case FieldNode { SelectionSet: { } below }:
                    Collect(below, fragments, names, visited);
                    break;
                case InlineFragmentNode inline:
                    Collect(inline.SelectionSet, fragments, names, visited);
                    break;
                case FragmentSpreadNode spread when visited.Add(spread.Name.Value):
                    Collect(fragments[spread.Name.Value].SelectionSet, fragments, names, visited);
                    break;
            }
        }
    }

    private static void Collect(ImmutableArray<DirectiveNode> directives, SortedSet<string> names)
    {
        foreach (var directive in directives)
        {
            if (directive.Name.Value is not (WellKnownDirectives.Skip or WellKnownDirectives.Include
                or WellKnownDirectives.Defer or WellKnownDirectives.Stream))
            {
                continue;
            }

            foreach (var argument in directive.Arguments)
            {
                if (argument.Name.Value == "if" && argument.Value is VariableNode variable)
                {
                    names.Add(variable.Name.Value);
                }
            }
        }
    }
}
