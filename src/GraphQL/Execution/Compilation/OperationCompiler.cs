using System.Runtime.CompilerServices;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Execution.Compilation;

/// <summary>
/// Turns an operation into selection sets per concrete type. §6.3.2 Field Collection happens here, once for each
/// combination of condition values that occurs, and not once per object and request.
/// </summary>
internal sealed class OperationCompiler(
    Schema schema, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments, ConditionValues conditions)
{
    // The same nodes below different parents (a fragment under each member of a union) are compiled once.
    private readonly Dictionary<ChildKey, ChildSelections> _children = [];
    private readonly Lock _gate = new();

    public Schema Schema { get; } = schema;

    public SelectionSet Compile(ObjectType type, SelectionSetNode[] nodes)
    {
        // Sets of large abstract types are compiled while requests run.
        lock (_gate)
        {
            var collected = new Collected();
            foreach (var node in nodes)
            {
                Collect(type, node, collected);
            }

            return Build(type, collected, written: null);
        }
    }

    private SelectionSet Build(ObjectType type, Collected collected, SelectionSet? written)
    {
        var fields = new List<Selection>(collected.Fields.Count);
        foreach (var (name, nodes) in collected.Fields)
        {
            var field = Schema.FindField(type, nodes[0].Name.Value)
                ?? throw new InvalidOperationException($"{type.Name} has no field {nodes[0].Name.Value}.");
            var isRepeated = field.Type.Named is not CompositeType &&
                (written?.Fields.Any(known => known.ResponseName == name) ?? false);
            if (!isRepeated)
            {
                fields.Add(new Selection(type, field, [.. nodes], ChildrenOf(field, nodes))
                {
                    Stream = field.Type.Nullable is ListType ? conditions.StreamOf(nodes[0]) : null,
                });
            }
        }

        var initial = new SelectionSet(type, [.. fields], []);
        var deferred = new List<DeferredSelection>();
        foreach (var (label, node) in collected.Deferred)
        {
            var below = new Collected();
            Collect(type, node, below);
            var set = Build(type, below, initial);
            if (set.Fields.Length > 0 || set.Deferred.Length > 0)
            {
                deferred.Add(new DeferredSelection(label, set));
            }
        }

        return deferred.Count == 0 ? initial : new SelectionSet(type, initial.Fields, [.. deferred]);
    }

    private ChildSelections? ChildrenOf(FieldDefinition field, List<FieldNode> nodes)
    {
        if (field.Type.Named is not CompositeType type)
        {
            return null;
        }

        var sets = nodes.Where(node => node.SelectionSet is not null).Select(node => node.SelectionSet!).ToArray();
        var key = new ChildKey(type, sets);
        if (!_children.TryGetValue(key, out var children))
        {
            children = new ChildSelections(this, type, sets);
            _children.Add(key, children);
        }

        return children;
    }

    private void Collect(ObjectType type, SelectionSetNode set, Collected collected)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in set.Selections)
        {
            if (!conditions.Includes(selection))
            {
                continue;
            }

            switch (selection)
            {
                case FieldNode field:
                    collected.Add(field);
                    break;
                case InlineFragmentNode inline when Applies(type, inline.TypeCondition?.Name.Value):
                    CollectFragment(type, selection, inline.SelectionSet, collected);
                    break;
                case FragmentSpreadNode spread:
                    CollectSpread(type, spread, collected);
                    break;
            }
        }
    }

    private void CollectSpread(ObjectType type, FragmentSpreadNode spread, Collected collected)
    {
        var fragment = fragments[spread.Name.Value];
        if (!Applies(type, fragment.TypeCondition.Name.Value))
        {
            return;
        }

        // A deferred spread does not keep the same fragment from being answered at once.
        if (conditions.DeferOf(spread) is not null || collected.Visited.Add(spread.Name.Value))
        {
            CollectFragment(type, spread, fragment.SelectionSet, collected);
        }
    }

    private void CollectFragment(ObjectType type, SelectionNode selection, SelectionSetNode set, Collected collected)
    {
        if (conditions.DeferOf(selection) is { } deferred)
        {
            collected.Deferred.Add((deferred.Label, set));
            return;
        }

        Collect(type, set, collected);
    }

    private bool Applies(ObjectType type, string? condition) =>
        condition is null || condition == type.Name ||
        (Schema.FindType(condition) is IAbstractType possible && possible.Includes(type));

    private sealed class Collected
    {
        private readonly OrderedDictionary<string, List<FieldNode>> _fields = new(StringComparer.Ordinal);

        public OrderedDictionary<string, List<FieldNode>> Fields => _fields;

        public HashSet<string> Visited { get; } = new(StringComparer.Ordinal);

        public List<(string? Label, SelectionSetNode Set)> Deferred { get; } = [];

        public void Add(FieldNode field)
        {
            if (!_fields.TryGetValue(field.ResponseName, out var nodes))
            {
                _fields.Add(field.ResponseName, nodes = []);
            }

            nodes.Add(field);
        }
    }

    /// <summary>Equal when the same nodes are selected of the same type.</summary>
    private readonly struct ChildKey(CompositeType type, SelectionSetNode[] nodes) : IEquatable<ChildKey>
    {
        private readonly CompositeType _type = type;
        private readonly SelectionSetNode[] _nodes = nodes;

        public bool Equals(ChildKey other) =>
            ReferenceEquals(_type, other._type) && _nodes.AsSpan().SequenceEqual(other._nodes);

        public override bool Equals(object? obj) => obj is ChildKey other && Equals(other);

        public override int GetHashCode()
        {
            var hash = new HashCode();
            hash.Add(_type);
            foreach (var node in _nodes)
            {
                hash.Add(node);
            }

            return hash.ToHashCode();
        }
    }
}
