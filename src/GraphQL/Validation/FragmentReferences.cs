using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation;

/// <summary>Which fragments a selection set spreads, directly and through others. Every set is read once.</summary>
internal sealed class FragmentReferences(ValidationContext context)
{
    private readonly Dictionary<SelectionSetNode, List<FragmentSpreadNode>> _spreads = [];
    private readonly Dictionary<string, List<FragmentDefinitionNode>> _reachable = new(StringComparer.Ordinal);
    private int _steps;

    /// <summary>The document needs more steps than allowed; what was found so far is all there is.</summary>
    public bool IsExhausted => _steps > context.Options.MaxFragmentSteps;

    public IReadOnlyList<FragmentSpreadNode> SpreadsOf(SelectionSetNode set)
    {
        if (_spreads.TryGetValue(set, out var known))
        {
            return known;
        }

        var spreads = new List<FragmentSpreadNode>();
        var waiting = new Stack<SelectionSetNode>();
        waiting.Push(set);
        while (waiting.TryPop(out var next))
        {
            foreach (var selection in next.Selections)
            {
                switch (selection)
                {
                    case FragmentSpreadNode spread:
                        spreads.Add(spread);
                        break;
                    case FieldNode { SelectionSet: { } inner }:
                        waiting.Push(inner);
                        break;
                    case InlineFragmentNode inline:
                        waiting.Push(inline.SelectionSet);
                        break;
                }
            }
        }

        return _spreads[set] = spreads;
    }

    /// <summary>
    /// All fragments that the operations need, each once, nearest first. Operations that spread the same fragments
    /// share the answer.
    /// </summary>
    public IReadOnlyList<FragmentDefinitionNode> ReachableFrom(params ReadOnlySpan<OperationDefinitionNode> operations)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        var waiting = new Queue<string>();
        foreach (var operation in operations)
        {
            Enqueue(operation.SelectionSet, names, waiting);
        }

        if (names.Count == 0)
        {
            return [];
        }

        var key = string.Join(',', names.Order(StringComparer.Ordinal));
        if (!_reachable.TryGetValue(key, out var fragments))
        {
            _reachable[key] = fragments = [];
            while (waiting.TryDequeue(out var name))
            {
                if (context.FindFragment(name) is { } fragment)
                {
                    fragments.Add(fragment);
                    Enqueue(fragment.SelectionSet, names, waiting);
                }
            }
        }

        return fragments;
    }

    /// <summary>Spends some of the budget; false when there is none left.</summary>
    public bool TrySpend(int steps)
    {
        _steps = (int)Math.Min((long)_steps + steps, int.MaxValue);
        return !IsExhausted;
    }

    private void Enqueue(SelectionSetNode set, HashSet<string> names, Queue<string> waiting)
    {
        var spreads = SpreadsOf(set);
        if (!TrySpend(spreads.Count))
        {
            return;
        }

        foreach (var spread in spreads)
        {
            if (names.Add(spread.Name.Value))
            {
                waiting.Enqueue(spread.Name.Value);
            }
        }
    }
}
