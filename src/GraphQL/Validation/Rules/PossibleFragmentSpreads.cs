using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.5.2.3 A fragment can apply where it is spread: some object is of both types.</summary>
internal sealed class PossibleFragmentSpreads(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Fragment-Spread-Is-Possible";

    public override void EnterInlineFragment(InlineFragmentNode node)
    {
        if (Context.Position.Output is CompositeType type && Context.Position.Parent is { } parent &&
            !type.Overlaps(parent))
        {
            Report(
                $"Fragment cannot be spread here as objects of type \"{parent}\" can never be of type \"{type}\".",
                node.Range);
        }
    }

    public override void EnterSpread(FragmentSpreadNode node)
    {
        if (Context.Position.Parent is { } parent &&
            Context.FindFragment(node.Name.Value) is { } fragment &&
            Context.Schema.FindType(fragment.TypeCondition.Name.Value) is CompositeType type &&
            !type.Overlaps(parent))
        {
            Report(
                $"Fragment \"{node.Name}\" cannot be spread here as objects of type \"{parent}\" can never be of type " +
                $"\"{type}\".",
                node.Range);
        }
    }
}
