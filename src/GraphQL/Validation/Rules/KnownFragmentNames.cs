using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.5.2.1 A fragment that is spread is defined.</summary>
internal sealed class KnownFragmentNames(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Fragment-Spread-Target-Defined";

    public override void EnterSpread(FragmentSpreadNode node)
    {
        if (Context.FindFragment(node.Name.Value) is null)
        {
            Report($"Unknown fragment \"{node.Name}\".", At(node, node.Name));
        }
    }
}
