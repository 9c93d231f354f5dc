using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.7.1, §5.7.2 A directive is defined, and may stand where it stands.</summary>
internal sealed class KnownDirectives(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Directives-Are-Defined";

    public override void EnterDirective(DirectiveNode node, DirectiveLocation location)
    {
        if (Context.FindDirective(node.Name.Value) is not { } known)
        {
            Report($"Unknown directive \"@{node.Name}\".", node.Range);
        }
        else if (!known.Locations.HasFlag(location))
        {
            var place = DirectiveLocations.NamesOf(location).First();
            Report($"Directive \"@{node.Name}\" may not be used on {place}.", node.Range);
        }
    }
}
