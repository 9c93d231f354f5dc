using System.Collections.Frozen;
using System.Runtime.CompilerServices;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Limits;

/// <summary>
/// Measures a valid operation as it will be executed, with every spread expanded. Totals are computed first, each
/// fragment once (G-11); only an operation whose totals are within bounds is walked path by path.
/// </summary>
internal sealed class DocumentMeasure(
    Schema schema, IReadOnlyDictionary<string, FragmentDefinitionNode> fragments, GraphQLLimits limits)
{
    private readonly Dictionary<FragmentDefinitionNode, Totals> _totals = [];

    /// <summary>The first limit an operation exceeds, or null.</summary>
    public GraphQLError? Check(OperationDefinitionNode operation, out FrozenSet<FieldDefinition> fields)
    {
        fields = [];
        var totals = TotalsOf(operation.SelectionSet);
        var refusal = CheckTotals(totals) ?? CheckRoot(operation);
        if (refusal is not null)
        {
            return refusal;
        }

        var paths = new PathMeasure(schema, fragments, limits);
        refusal = paths.Walk(operation.SelectionSet, schema.RootType(operation.Operation)!);
        fields = paths.Fields.ToFrozenSet();
        return refusal;
    }

    private GraphQLError? CheckTotals(Totals totals)
    {
        if (totals.Visits > limits.MaxFragmentVisits)
        {
            return Exceeded("fragment spreads", limits.MaxFragmentVisits, ErrorCodes.MaxFragmentVisits);
        }

        if (totals.Fields > limits.MaxExpandedFields)
        {
            return Exceeded("fields", limits.MaxExpandedFields, ErrorCodes.MaxFields);
        }

        return totals.Aliases > limits.MaxAliases
            ? Exceeded("aliases", limits.MaxAliases, ErrorCodes.MaxAliases)
            : null;
    }

    private GraphQLError? CheckRoot(OperationDefinitionNode operation)
    {
        var names = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        CollectRoot(operation.SelectionSet, names, []);
        if (names.Values.Any(responseNames => responseNames.Count > limits.MaxRootFieldAliases))
        {
            return Exceeded("aliases of one root field", limits.MaxRootFieldAliases, ErrorCodes.MaxAliases);
        }

        if (operation.Operation != OperationType.Mutation)
        {
            return null;
        }

        if (names.Values.Sum(responseNames => responseNames.Count) > limits.MaxRootMutations)
        {
            return Exceeded("root mutations", limits.MaxRootMutations, ErrorCodes.MaxRootMutations);
        }

        return names.Any(name => name.Value.Count > 1 && limits.SingleRootMutations.Contains(name.Key))
            ? Exceeded("mutations of this kind", 1, ErrorCodes.MaxRootMutations)
            : null;
    }

    private void CollectRoot(
        SelectionSetNode set, Dictionary<string, HashSet<string>> names, HashSet<string> visited)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        foreach (var selection in set.Selections)
        {
            switch (selection)
            {
                case FieldNode field:
                    if (!names.TryGetValue(field.Name.Value, out var responseNames))
                    {
                        names.Add(field.Name.Value, responseNames = new HashSet<string>(StringComparer.Ordinal));
                    }

                    responseNames.Add(field.ResponseName);
                    break;
                case InlineFragmentNode inline:
                    CollectRoot(inline.SelectionSet, names, visited);
                    break;
                case FragmentSpreadNode spread when visited.Add(spread.Name.Value):
                    CollectRoot(fragments[spread.Name.Value].SelectionSet, names, visited);
                    break;
            }
        }
    }

    private Totals TotalsOf(SelectionSetNode set)
    {
        RuntimeHelpers.EnsureSufficientExecutionStack();
        var totals = default(Totals);
        foreach (var selection in set.Selections)
        {
            totals = selection switch
            {
                FieldNode field => totals.And(new Totals(1, field.Alias is null ? 0 : 1, 0))
                    .And(field.SelectionSet is null ? default : TotalsOf(field.SelectionSet)),
                InlineFragmentNode inline => totals.And(TotalsOf(inline.SelectionSet)),
                FragmentSpreadNode spread => totals.And(new Totals(0, 0, 1))
                    .And(TotalsOf(fragments[spread.Name.Value])),
                _ => totals,
            };
        }

        return totals;
    }

    private Totals TotalsOf(FragmentDefinitionNode fragment)
    {
        if (!_totals.TryGetValue(fragment, out var totals))
        {
            totals = TotalsOf(fragment.SelectionSet);
            _totals.Add(fragment, totals);
        }

        return totals;
    }

    internal static GraphQLError Exceeded(string what, int limit, string code) =>
        new($"The operation has more {what} than the {limit} allowed.") { Code = code };

    private readonly record struct Totals(long Fields, long Aliases, long Visits)
    {
        // Nested fan-out doubles with every fragment; a ceiling far above every limit keeps the sums from overflowing.
        private const long Ceiling = int.MaxValue;

        public Totals And(Totals other) => new(
            Math.Min(Fields + other.Fields, Ceiling),
            Math.Min(Aliases + other.Aliases, Ceiling),
            Math.Min(Visits + other.Visits, Ceiling));
    }
}
