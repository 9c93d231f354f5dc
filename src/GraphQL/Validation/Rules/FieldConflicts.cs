using System.Runtime.CompilerServices;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>
/// Compares fields in pairs, to say which conflict and why. Two fragments, and a set of fields with a fragment, are
/// compared once. Runs only when something is known to conflict.
/// </summary>
internal sealed class FieldConflicts(ValidationContext context, MergeBudget budget)
{
    // A message holds no more than about twenty conflicts of subfields, so looking for many more helps nobody.
    private const int MostBelow = 64;

    private readonly Dictionary<(SelectionSetNode Set, NamedType? Parent), FieldMap> _maps = [];
    private readonly Dictionary<(string, string), Meeting> _comparedFragments = [];

    private int _most;

    private enum Meeting
    {
        /// <summary>An object may have both: they must be the same field.</summary>
        Possible,

        /// <summary>No object has both: only shapes are compared.</summary>
        Impossible,
    }

    /// <summary>All conflicts among the fields of one selection set, its fragments included.</summary>
    public List<FieldConflict> Within(NamedType? parent, SelectionSetNode set)
    {
        _most = context.Options.MaxErrors;
        var conflicts = new List<FieldConflict>();
        var map = MapOf(parent, set);
        foreach (var group in map.Groups)
        {
            for (var left = 0; left < group.Fields.Count; left++)
            {
                for (var right = left + 1; right < group.Fields.Count && conflicts.Count < _most; right++)
                {
                    Compare(conflicts, Meeting.Possible, group.Fields[left], group.Fields[right]);
                }
            }
        }

        for (var left = 0; left < map.Fragments.Count && conflicts.Count < _most; left++)
        {
            CompareWithFragment(conflicts, Meeting.Possible, map, map.Fragments[left]);
            for (var right = left + 1; right < map.Fragments.Count; right++)
            {
                CompareFragments(conflicts, Meeting.Possible, map.Fragments[left], map.Fragments[right]);
            }
        }

        return conflicts;
    }

    private void CompareWithFragment(List<FieldConflict> conflicts, Meeting meeting, FieldMap map, string fragmentName)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!budget.TrySpend() || map.Groups.Count == 0 || !map.NotesComparison(fragmentName, meeting) ||
            context.FindFragment(fragmentName) is not { } fragment)
        {
            return;
        }

        var other = MapOf(fragment);
        if (ReferenceEquals(map, other))
        {
            return;
        }

        CompareMaps(conflicts, meeting, map, other);
        foreach (var referenced in other.Fragments)
        {
            CompareWithFragment(conflicts, meeting, map, referenced);
        }
    }

    private void CompareFragments(List<FieldConflict> conflicts, Meeting meeting, string left, string right)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (!budget.TrySpend() || left == right || !NotesComparison(left, right, meeting) ||
            context.FindFragment(left) is not { } leftFragment || context.FindFragment(right) is not { } rightFragment)
        {
            return;
        }

        var leftMap = MapOf(leftFragment);
        var rightMap = MapOf(rightFragment);
        CompareMaps(conflicts, meeting, leftMap, rightMap);
        foreach (var referenced in rightMap.Fragments)
        {
            CompareFragments(conflicts, meeting, left, referenced);
        }

        foreach (var referenced in leftMap.Fragments)
        {
            CompareFragments(conflicts, meeting, referenced, right);
        }
    }

    // A comparison as if they could meet covers the weaker one.
    private bool NotesComparison(string left, string right, Meeting meeting)
    {
        if (IsKnown((left, right)) || IsKnown((right, left)))
        {
            return false;
        }

        _comparedFragments[(left, right)] = meeting;
        return true;

        bool IsKnown((string, string) pair) => _comparedFragments.TryGetValue(pair, out var known) &&
            (meeting == Meeting.Impossible || known == Meeting.Possible);
    }

    private void CompareMaps(List<FieldConflict> conflicts, Meeting meeting, FieldMap left, FieldMap right)
    {
        foreach (var group in left.Groups)
        {
            if (!right.TryFind(group.ResponseName, out var others))
            {
                continue;
            }

            foreach (var field in group.Fields)
            {
                foreach (var other in others)
                {
                    Compare(conflicts, meeting, field, other);
                }
            }
        }
    }

    private void Compare(List<FieldConflict> conflicts, Meeting meeting, MergedField left, MergedField right)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (conflicts.Count >= _most || !budget.TrySpend())
        {
            return;
        }

        if (left.IsSimpleLeaf && right.IsSimpleLeaf && left.Node.Name.Value == right.Node.Name.Value &&
            ReferenceEquals(left.Definition?.Type, right.Definition?.Type))
        {
            return;
        }

        var inner = left.NeverMeets(right) ? Meeting.Impossible : meeting;
        if (inner == Meeting.Possible && left.DifferenceTo(right) is { } difference)
        {
            conflicts.Add(new FieldConflict(left.Node.ResponseName, difference, [left.Node], [right.Node]));
        }
        else if (!left.HasSameShape(right))
        {
            conflicts.Add(new FieldConflict(
                left.Node.ResponseName,
                $"they return conflicting types \"{left.Definition!.Type}\" and \"{right.Definition!.Type}\"",
                [left.Node],
                [right.Node]));
        }
        else if (left.Node.SelectionSet is not null && right.Node.SelectionSet is not null)
        {
            var below = CompareBelow(inner, left, right);
            if (below.Count > 0)
            {
                conflicts.Add(FieldConflict.Below(left.Node, right.Node, below));
            }
        }
    }

    private List<FieldConflict> CompareBelow(Meeting meeting, MergedField left, MergedField right)
    {
        var outer = _most;
        _most = MostBelow;
        var conflicts = new List<FieldConflict>();
        var leftMap = MapOf(left.Definition?.Type.Named, left.Node.SelectionSet!);
        var rightMap = MapOf(right.Definition?.Type.Named, right.Node.SelectionSet!);
        CompareMaps(conflicts, meeting, leftMap, rightMap);
        foreach (var fragment in rightMap.Fragments)
        {
            CompareWithFragment(conflicts, meeting, leftMap, fragment);
        }

        foreach (var fragment in leftMap.Fragments)
        {
            CompareWithFragment(conflicts, meeting, rightMap, fragment);
        }

        foreach (var leftFragment in leftMap.Fragments)
        {
            foreach (var rightFragment in rightMap.Fragments)
            {
                CompareFragments(conflicts, meeting, leftFragment, rightFragment);
            }
        }

        _most = outer;
        return conflicts;
    }

    private FieldMap MapOf(FragmentDefinitionNode fragment) =>
        MapOf(context.Schema.FindType(fragment.TypeCondition.Name.Value), fragment.SelectionSet);

    private FieldMap MapOf(NamedType? parent, SelectionSetNode set)
    {
        if (!_maps.TryGetValue((set, parent), out var map))
        {
            _maps[(set, parent)] = map = new FieldMap();
            Collect(map, parent, set);
        }

        return map;
    }

    private void Collect(FieldMap map, NamedType? parent, SelectionSetNode set)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    map.Add(MergedField.Of(parent, field));
                    break;
                case FragmentSpreadNode spread:
                    map.Add(spread.Name.Value);
                    break;
                case InlineFragmentNode inline:
                    var type = inline.TypeCondition is null
                        ? parent
                        : context.Schema.FindType(inline.TypeCondition.Name.Value);
                    Collect(map, type, inline.SelectionSet);
                    break;
            }
        }
    }

    /// <summary>The fields of one selection set by response name, and the fragments it spreads.</summary>
    private sealed class FieldMap
    {
        private readonly Dictionary<string, List<MergedField>> _byName = new(StringComparer.Ordinal);
        private readonly HashSet<string> _fragmentNames = new(StringComparer.Ordinal);
        private readonly Dictionary<string, Meeting> _compared = new(StringComparer.Ordinal);

        public List<(string ResponseName, List<MergedField> Fields)> Groups { get; } = [];

        public List<string> Fragments { get; } = [];

        public void Add(MergedField field)
        {
            if (!_byName.TryGetValue(field.Node.ResponseName, out var group))
            {
                _byName[field.Node.ResponseName] = group = [];
                Groups.Add((field.Node.ResponseName, group));
            }

            group.Add(field);
        }

        public void Add(string fragment)
        {
            if (_fragmentNames.Add(fragment))
            {
                Fragments.Add(fragment);
            }
        }

        public bool TryFind(string responseName, out List<MergedField> fields) =>
            _byName.TryGetValue(responseName, out fields!);

        /// <summary>False when these fields and that fragment were compared before, at least as strictly.</summary>
        public bool NotesComparison(string fragment, Meeting meeting)
        {
            if (_compared.TryGetValue(fragment, out var known) &&
                (known == Meeting.Possible || meeting == Meeting.Impossible))
            {
                return false;
            }

            _compared[fragment] = meeting;
            return true;
        }
    }
}
