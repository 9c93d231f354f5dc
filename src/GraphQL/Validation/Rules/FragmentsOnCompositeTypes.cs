using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.5.1.3 Fragments are on types that have selections.</summary>
internal sealed class FragmentsOnCompositeTypes(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Fragments-on-Object-Interface-or-Union-Types";

    public override void EnterInlineFragment(InlineFragmentNode node)
    {
        if (node.TypeCondition is { } condition && IsNotComposite(condition))
        {
            Report($"Fragment cannot condition on non composite type \"{condition}\".", condition.Range);
        }
    }

    public override void EnterFragment(FragmentDefinitionNode node)
    {
        if (IsNotComposite(node.TypeCondition))
        {
            Report(
                $"Fragment \"{node.Name}\" cannot condition on non composite type \"{node.TypeCondition}\".",
                node.TypeCondition.Range);
        }
    }

    private bool IsNotComposite(NamedTypeNode condition) =>
        Context.Schema.FindType(condition.Name.Value) is { IsComposite: false };
}
