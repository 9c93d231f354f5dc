using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>A field among those that are merged: where it is selected, and what the schema knows of it.</summary>
internal sealed record MergedField(NamedType? Parent, FieldNode Node, FieldDefinition? Definition)
{
    /// <summary>Without arguments and selections: equal names mean equal fields.</summary>
    public bool IsSimpleLeaf => Node.Arguments.Length == 0 && Node.SelectionSet is null;

    public static MergedField Of(NamedType? parent, FieldNode node) =>
        new(parent, node, (parent as ComplexType)?.Fields.Find(node.Name.Value));

    /// <summary>No object is of both parents, so the two are never in one response.</summary>
    public bool NeverMeets(MergedField other) =>
        Parent is ObjectType && other.Parent is ObjectType && !ReferenceEquals(Parent, other.Parent);

    /// <summary>Why the two differ as fields; null when they ask for the same.</summary>
    public string? DifferenceTo(MergedField other)
    {
        var (left, right) = (Node.Name.Value, other.Node.Name.Value);
        return left != right
            ? $"\"{FieldConflict.Shorten(left)}\" and \"{FieldConflict.Shorten(right)}\" are different fields"
            : HasSameArguments(other) ? null : "they have differing arguments";
    }

    /// <summary>§5.3.2 SameResponseShape for the types themselves: lists, non-nulls and leaves agree.</summary>
    public bool HasSameShape(MergedField other)
    {
        var (left, right) = (Definition?.Type, other.Definition?.Type);
        while (left is not null && right is not null && !ReferenceEquals(left, right))
        {
            switch (left, right)
            {
                case (ListType l, ListType r):
                    (left, right) = (l.Item, r.Item);
                    break;
                case (NonNullType l, NonNullType r):
                    (left, right) = (l.Inner, r.Inner);
                    break;
                case (ListType or NonNullType, _) or (_, ListType or NonNullType):
                    return false;
                default:
                    return !left.IsLeaf && !right.IsLeaf;
            }
        }

        return true;
    }

    private bool HasSameArguments(MergedField other)
    {
        if (Node.Arguments.Length != other.Node.Arguments.Length)
        {
            return false;
        }

        foreach (var argument in Node.Arguments)
        {
            var counterpart = other.Node.Arguments.LastOrDefault(a => a.Name.Value == argument.Name.Value);
            if (counterpart is null || !SameValue(argument.Value, counterpart.Value))
            {
                return false;
            }
        }

        return true;
    }

    private static bool SameValue(ValueNode left, ValueNode right)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        return (left, right) switch
        {
            (VariableNode l, VariableNode r) => l.Name.Value == r.Name.Value,
            (IntValueNode l, IntValueNode r) => l.Value == r.Value,
            (FloatValueNode l, FloatValueNode r) => l.Value == r.Value,
            (StringValueNode l, StringValueNode r) => l.Value == r.Value && l.Form == r.Form,
            (BooleanValueNode l, BooleanValueNode r) => l.Value == r.Value,
            (EnumValueNode l, EnumValueNode r) => l.Value == r.Value,
            (NullValueNode, NullValueNode) => true,
            (ListValueNode l, ListValueNode r) => l.Values.Length == r.Values.Length &&
                l.Values.Zip(r.Values).All(pair => SameValue(pair.First, pair.Second)),
            (ObjectValueNode l, ObjectValueNode r) => l.Fields.Length == r.Fields.Length &&
                Sorted(l).Zip(Sorted(r)).All(pair => pair.First.Name.Value == pair.Second.Name.Value &&
                    SameValue(pair.First.Value, pair.Second.Value)),
            _ => false,
        };
    }

    // §2.9.8: the order of an object's fields means nothing.
    private static IEnumerable<ObjectFieldNode> Sorted(ObjectValueNode map) =>
        map.Fields.OrderBy(field => field.Name.Value, StringComparer.Ordinal);
}
