using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>Incremental delivery: only lists are streamed.</summary>
internal sealed class StreamDirectiveOnListField(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Stream-Directives-Are-Used-On-List-Fields";

    public override void EnterDirective(DirectiveNode node, DirectiveLocation location)
    {
        if (node.Name.Value == WellKnownDirectives.Stream && Context.FindDirective(node.Name.Value) is not null &&
            Context.Position is { Field: { } field, Parent: { } parent } && field.Type.Nullable is not ListType)
        {
            Report($"Directive \"@stream\" cannot be used on non-list field \"{parent}.{field.Name}\".", node.Range);
        }
    }
}
