using System.Runtime.CompilerServices;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>
/// Decides whether any fields of a document conflict, without comparing pairs. Selections with one response name form
/// a group; being the same field, and having the same shape, are equivalences, so each member is compared with the
/// first only. The selection sets below a group are merged and scanned together, each combination once.
/// </summary>
internal sealed class MergeScan(ValidationContext context, MergeBudget budget)
{
    private readonly Dictionary<(SelectionSetNode Set, NamedType? Parent), int> _ids = [];
    private readonly HashSet<Combination> _scanned = [];
    private readonly HashSet<FragmentDefinitionNode> _spread = [];

    private enum Question
    {
        /// <summary>The fields can meet: they must be the same and have the same shape.</summary>
        SameFields,

        /// <summary>Objects of different types: only the shape matters.</summary>
        SameShape,
    }

    public bool HasConflict(DocumentNode document)
    {
        foreach (var definition in document.Definitions)
        {
            if (definition is OperationDefinitionNode operation &&
                Conflicts([(operation.SelectionSet, context.Schema.RootType(operation.Operation))], Question.SameFields))
            {
                return true;
            }
        }

        // What an operation spreads was scanned with it. The others are unused, but may conflict within themselves.
        foreach (var definition in document.Definitions)
        {
            if (definition is FragmentDefinitionNode fragment && !_spread.Contains(fragment) &&
                Conflicts([(fragment.SelectionSet, context.Schema.FindType(fragment.TypeCondition.Name.Value))],
                    Question.SameFields))
            {
                return true;
            }
        }

        return false;
    }

    private bool Conflicts(List<(SelectionSetNode Set, NamedType? Parent)> sources, Question question)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        if (sources.Count == 0 || budget.IsExhausted || !_scanned.Add(Identify(sources, question)))
        {
            return false;
        }

        var groups = new Groups(context, budget, _spread);
        foreach (var (set, parent) in sources)
        {
            groups.Add(set, parent);
        }

        foreach (var group in groups.All)
        {
            if (group.Count == 1 ? Conflicts(Below(group), question) : GroupConflicts(group, question))
            {
                return true;
            }
        }

        return false;
    }

    private bool GroupConflicts(List<MergedField> group, Question question)
    {
        var typed = group.Find(field => field.Definition is not null);
        if (typed is not null && group.Exists(field => !typed.HasSameShape(field)))
        {
            return true;
        }

        if (question == Question.SameShape)
        {
            return Conflicts(Below(group), Question.SameShape);
        }

        var parents = group.Select(field => field.Parent).OfType<ObjectType>().Distinct().Take(2).Count();
        if (parents < 2)
        {
            return Differ(group) || Conflicts(Below(group), Question.SameFields);
        }

        if (Conflicts(Below(group), Question.SameShape))
        {
            return true;
        }

        // Fields of interfaces and unions meet those of every object.
        var anywhere = group.FindAll(field => field.Parent is not ObjectType);
        foreach (var ofOneObject in group.Where(f => f.Parent is ObjectType).GroupBy(f => f.Parent))
        {
            List<MergedField> meeting = [.. anywhere, .. ofOneObject];
            if (Differ(meeting) || Conflicts(Below(meeting), Question.SameFields))
            {
                return true;
            }
        }

        return false;
    }

    private bool Differ(List<MergedField> group)
    {
        var first = group[0];
        foreach (var field in group)
        {
            if (!budget.TrySpend() || (!ReferenceEquals(first.Node, field.Node) && first.DifferenceTo(field) is not null))
            {
                return true;
            }
        }

        return false;
    }

    private List<(SelectionSetNode Set, NamedType? Parent)> Below(List<MergedField> group)
    {
        var sources = new List<(SelectionSetNode, NamedType?)>();
        foreach (var field in group)
        {
            if (field.Node.SelectionSet is { } set)
            {
                var type = field.Parent is null ? null : context.Schema.FindField(field.Parent, field.Node.Name.Value);
                sources.Add((set, type?.Type.Named));
            }
        }

        return sources;
    }

    private Combination Identify(List<(SelectionSetNode Set, NamedType? Parent)> sources, Question question)
    {
        var ids = new int[sources.Count];
        for (var index = 0; index < ids.Length; index++)
        {
            if (!_ids.TryGetValue(sources[index], out ids[index]))
            {
                _ids[sources[index]] = ids[index] = _ids.Count;
            }
        }

        Array.Sort(ids);
        return new Combination(ids, question);
    }

    /// <summary>The fields of merged selection sets by response name. A fragment is merged once.</summary>
    private sealed class Groups(ValidationContext context, MergeBudget budget, HashSet<FragmentDefinitionNode> everSpread)
    {
        private readonly Dictionary<string, List<MergedField>> _byName = new(StringComparer.Ordinal);
        private HashSet<string>? _spread;

        public IEnumerable<List<MergedField>> All => _byName.Values;

        public void Add(SelectionSetNode set, NamedType? parent)
        {
            RuntimeHelpers.EnsureSufficientExecutionStack();
            foreach (var selection in set.Selections)
            {
                if (!budget.TrySpend())
                {
                    return;
                }

                switch (selection)
                {
                    case FieldNode field:
                        Add(MergedField.Of(parent, field));
                        break;
                    case InlineFragmentNode { TypeCondition: { } condition } inline:
                        Add(inline.SelectionSet, context.Schema.FindType(condition.Name.Value));
                        break;
                    case InlineFragmentNode inline:
                        Add(inline.SelectionSet, parent);
                        break;
                    case FragmentSpreadNode spread when (_spread ??= []).Add(spread.Name.Value):
                        if (context.FindFragment(spread.Name.Value) is { } fragment)
                        {
                            everSpread.Add(fragment);
                            Add(fragment.SelectionSet, context.Schema.FindType(fragment.TypeCondition.Name.Value));
                        }

                        break;
                }
            }
        }

        private void Add(MergedField field)
        {
            if (!_byName.TryGetValue(field.Node.ResponseName, out var group))
            {
                _byName[field.Node.ResponseName] = group = [];
            }

            group.Add(field);
        }
    }

    private readonly struct Combination(int[] ids, Question question) : IEquatable<Combination>
    {
        private readonly int[] _ids = ids;
        private readonly Question _question = question;

        public bool Equals(Combination other) => _question == other._question && _ids.AsSpan().SequenceEqual(other._ids);

        public override bool Equals(object? obj) => obj is Combination other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(_question);
            foreach (var id in _ids)
            {
                hash.Add(id);
            }

            return hash.ToHashCode();
        }
    }
}
