using System.Runtime.CompilerServices;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Limits;

/// <summary>
/// The cost of an operation before it runs, from the values its variables really have: <c>first: $n</c> costs what
/// <c>first: 10</c> costs when n is ten (G-18). A branch that @skip or @include may leave out is counted (G-19).
/// </summary>
internal sealed class CostAnalysis(
    Schema schema, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments, InputCost inputs)
{
    private const double ResolverWeight = 10;
    private const double CompositeWeight = 1;

    /// <exception cref="GraphQLException">HC0082: a list needs exactly one slicing argument.</exception>
    public OperationCost Of(OperationDefinitionNode operation)
    {
        var root = schema.RootType(operation.Operation)!;
        var below = OfSet(operation.SelectionSet, root, ListSizes.None);
        return new OperationCost(below.Field, below.Type + (root.Cost ?? 1));
    }

    private OperationCost OfSet(SelectionSetNode set, NamedType type, ListSizes sizes)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var common = default(OperationCost);
        Dictionary<string, OperationCost>? exclusive = null;
        foreach (var selection in set.Selections)
        {
            if (selection is FieldNode field)
            {
                common = Sum(common, OfField(field, type, sizes));
                continue;
            }

            var (condition, below) = selection is InlineFragmentNode inline
                ? (inline.TypeCondition?.Name.Value, inline.SelectionSet)
                : Fragment((FragmentSpreadNode)selection);
            var narrowed = condition is null ? type : schema.FindType(condition)!;
            var cost = OfSet(below, narrowed, sizes);
            if (narrowed is ObjectType && !ReferenceEquals(narrowed, type))
            {
                exclusive ??= new Dictionary<string, OperationCost>(StringComparer.Ordinal);
                exclusive[narrowed.Name] = Sum(exclusive.GetValueOrDefault(narrowed.Name), cost);
            }
            else
            {
                common = Sum(common, cost);
            }
        }

        // An object is of one type only: of fragments on different objects the dearest counts.
        return exclusive is null ? common : Sum(common, new OperationCost(
            exclusive.Values.Max(cost => cost.Field), exclusive.Values.Max(cost => cost.Type)));
    }

    private (string?, SelectionSetNode) Fragment(FragmentSpreadNode spread) =>
        (fragments[spread.Name.Value].TypeCondition.Name.Value, fragments[spread.Name.Value].SelectionSet);

    private OperationCost OfField(FieldNode node, NamedType type, ListSizes outer)
    {
        var field = schema.FindField(type, node.Name.Value)!;
        if (field.IsIntrospection)
        {
            return default;
        }

        var own = WeightOf(field) + inputs.Of(field, node);
        if (field.Type.Named is not CompositeType composite)
        {
            return new OperationCost(own, field.Type.Named.Cost ?? 0);
        }

        var sizes = inputs.SizesOf(field, node);
        double length = 1;
        if (field.Type.Nullable is ListType)
        {
            length = outer.For(field.Name) ?? sizes.Own ?? 1;
        }

        var below = node.SelectionSet is null ? default : OfSet(node.SelectionSet, composite, sizes);
        return new OperationCost(
            own + (length * below.Field),
            length * ((composite.Cost ?? 1) + below.Type));
    }

    private static double WeightOf(FieldDefinition field) =>
        field.Cost ?? field.Resolver switch
        {
            SingleResolver { IsSynchronous: false } or BatchResolver or PlannedResolver or StreamResolver => ResolverWeight,
            _ => field.Type.Named is CompositeType || field.Type.Nullable is ListType ? CompositeWeight : 0,
        };

    private static OperationCost Sum(OperationCost a, OperationCost b) => new(a.Field + b.Field, a.Type + b.Type);
}

/// <summary>How long the list of a field is, or those of the fields below it that carry its size.</summary>
internal readonly record struct ListSizes(double? Size, IReadOnlyList<string> SizedFields)
{
    public static readonly ListSizes None = new(null, []);

    public double? Own => SizedFields.Count == 0 ? Size : null;

    public double? For(string field) => Size is not null && SizedFields.Contains(field, StringComparer.Ordinal) ? Size : null;
}
