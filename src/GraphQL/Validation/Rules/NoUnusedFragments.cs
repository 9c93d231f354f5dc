using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.5.1.4 Every fragment is used by some operation.</summary>
internal sealed class NoUnusedFragments(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Fragments-Must-Be-Used";

    public override void LeaveDocument(DocumentNode node)
    {
        var fragments = node.Definitions.OfType<FragmentDefinitionNode>().ToList();
        if (fragments.Count == 0)
        {
            return;
        }

        var used = Context.References.ReachableFrom([.. node.Definitions.OfType<OperationDefinitionNode>()])
            .Select(fragment => fragment.Name.Value)
            .ToHashSet(StringComparer.Ordinal);
        foreach (var fragment in fragments.Where(fragment => !used.Contains(fragment.Name.Value)))
        {
            Report($"Fragment \"{fragment.Name}\" is never used.", fragment.Range);
        }
    }
}
