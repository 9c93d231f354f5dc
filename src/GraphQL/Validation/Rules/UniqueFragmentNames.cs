using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.5.1.1 Every fragment of a document has a name of its own.</summary>
internal sealed class UniqueFragmentNames(ValidationContext context) : ValidationRule(context)
{
    private UniqueNames _names = new();

    protected override string Section => "sec-Fragment-Name-Uniqueness";

    public override void EnterFragment(FragmentDefinitionNode node)
    {
        var here = At(node, node.Name);
        if (_names.FirstOf(node.Name.Value, here) is { } first)
        {
            Report($"There can be only one fragment named \"{node.Name}\".", first, here);
        }
    }
}
