using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>Incremental delivery: labels are literals, and each is used once.</summary>
internal sealed class DeferStreamDirectiveLabel(ValidationContext context) : ValidationRule(context)
{
    private UniqueNames _labels = new();

    protected override string Section => "sec-Defer-And-Stream-Directive-Labels-Are-Unique";

    public override void EnterDirective(DirectiveNode node, DirectiveLocation location)
    {
        if (node.Name.Value is not (WellKnownDirectives.Defer or WellKnownDirectives.Stream) ||
            Context.FindDirective(node.Name.Value) is null)
        {
            return;
        }

        var label = node.Arguments.FirstOrDefault(argument => argument.Name.Value == "label")?.Value;
        if (label is StringValueNode text)
        {
            if (_labels.FirstOf(text.Value, node.Range) is { } first)
            {
                Report(
                    "Value for arguments \"defer(label:)\" and \"stream(label:)\" must be unique across all " +
                    "Defer/Stream directive usages.",
                    first,
                    node.Range);
            }
        }
        else if (label is not (null or NullValueNode))
        {
            Report($"Argument \"@{node.Name}(label:)\" must be a static string.", node.Range);
        }
    }
}
