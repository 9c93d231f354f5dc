using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>
/// §5.3.2 Field Selection Merging: selections with one response name mean the same, or can never meet and have the
/// same shape. G-09, G-10: <see cref="MergeScan"/> decides in about linear time whether anything conflicts at all;
/// only then <see cref="FieldConflicts"/> compares pairs to say what. Both spend from one budget.
/// </summary>
internal sealed class OverlappingFieldsCanBeMerged(ValidationContext context) : ValidationRule(context)
{
    private readonly MergeBudget _budget = new(context.Options.MaxMergeComparisons);
    private FieldConflicts? _conflicts;

    protected override string Section => "sec-Field-Selection-Merging";

    public override void EnterDocument(DocumentNode node)
    {
        if (new MergeScan(Context, _budget).HasConflict(node))
        {
            _conflicts = new FieldConflicts(Context, _budget);
        }

        ReportExhaustion(node);
    }

    public override void EnterSelectionSet(SelectionSetNode node)
    {
        if (_conflicts is null || _budget.IsExhausted ||
            (node.Selections.Length == 1 && node.Selections[0] is not InlineFragmentNode))
        {
            return;
        }

        foreach (var conflict in _conflicts.Within(Context.Position.Parent, node))
        {
            Report(
                $"Fields \"{FieldConflict.Shorten(conflict.ResponseName)}\" conflict because {conflict.Reason}. " +
                "Use different aliases on the fields to fetch both if this was intentional.",
                conflict.Left.Concat(conflict.Right));
        }

        ReportExhaustion(node);
    }

    private void ReportExhaustion(SyntaxNode node)
    {
        if (_budget.IsExhausted)
        {
            Context.Report(
                ErrorCodes.FieldMergeBudget,
                Section,
                "The document's fields overlap in too many ways to be checked.",
                node.Range);
        }
    }
}

/// <summary>How much comparing is left.</summary>
internal sealed class MergeBudget(int comparisons)
{
    private long _left = comparisons;

    public bool IsExhausted => _left < 0;

    public bool TrySpend()
    {
        _left--;
        return _left >= 0;
    }
}
