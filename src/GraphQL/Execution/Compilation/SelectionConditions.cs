using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution.Compilation;

/// <summary>What decides which selections an operation has, and when.</summary>
internal sealed class SelectionConditions
{
    private readonly IReadOnlyDictionary<string, FragmentDefinitionNode> _fragments;
    private readonly SortedSet<string> _variables = new(StringComparer.Ordinal);
    private readonly HashSet<string> _visited = new(StringComparer.Ordinal);

    public SelectionConditions(
        OperationDefinitionNode operation, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments)
    {
        _fragments = fragments;
        Collect(operation.SelectionSet);
    }

    /// <summary>The variables of all conditions, by name.</summary>
    public string[] Variables => [.. _variables];

    /// <summary>Something stands under @defer or @stream.</summary>
    public bool MayBeIncremental { get; private set; }

    private void Collect(SelectionSetNode set)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in set.Selections)
        {
            Collect(selection.Directives);
            switch (selection)
            {
                case FieldNode { SelectionSet: { } below }:
                    Collect(below);
                    break;
                case InlineFragmentNode inline:
                    Collect(inline.SelectionSet);
                    break;
                case FragmentSpreadNode spread when _visited.Add(spread.Name.Value):
                    Collect(_fragments[spread.Name.Value].SelectionSet);
                    break;
            }
        }
    }

    private void Collect(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            var isIncremental = directive.Name.Value is WellKnownDirectives.Defer or WellKnownDirectives.Stream;
            MayBeIncremental |= isIncremental;
            if (!isIncremental && directive.Name.Value is not (WellKnownDirectives.Skip or WellKnownDirectives.Include))
            {
                continue;
            }

            foreach (var argument in directive.Arguments)
            {
                if (argument.Name.Value == "if" && argument.Value is VariableNode variable)
                {
                    _variables.Add(variable.Name.Value);
                }
            }
        }
    }
}
