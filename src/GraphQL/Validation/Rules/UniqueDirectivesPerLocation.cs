using System.Collections.Immutable;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>
/// §5.7.3 A directive stands once in one place unless it is repeatable. All definitions and extensions of one type are
/// one place, and so are those of the schema.
/// </summary>
internal sealed class UniqueDirectivesPerLocation(ValidationContext context) : ValidationRule(context)
{
    private readonly Dictionary<string, UniqueNames> _byType = new(StringComparer.Ordinal);

    protected override string Section => "sec-Directives-Are-Unique-per-Location";

    public override void EnterOperation(OperationDefinitionNode node) => Check(node.Directives);

    public override void EnterFragment(FragmentDefinitionNode node) => Check(node.Directives);

    public override void EnterVariableDefinition(VariableDefinitionNode node) => Check(node.Directives);

    public override void EnterField(FieldNode node) => Check(node.Directives);

    public override void EnterSpread(FragmentSpreadNode node) => Check(node.Directives);

    public override void EnterInlineFragment(InlineFragmentNode node) => Check(node.Directives);

    public override void EnterMemberDefinition(MemberDefinitionNode node) => Check(node.Directives);

    public override void EnterTypeSystemDefinition(TypeSystemDefinitionNode node)
    {
        if (node.Directives.Length > 0)
        {
            var key = node is TypeDefinitionNode type ? type.Name.Value : "";
            var seen = _byType.GetValueOrDefault(key);
            Check(node.Directives, ref seen);
            _byType[key] = seen;
        }
    }

    private void Check(ImmutableArray<DirectiveNode> directives)
    {
        if (directives.Length > 1)
        {
            var seen = new UniqueNames();
            Check(directives, ref seen);
        }
    }

    private void Check(ImmutableArray<DirectiveNode> directives, ref UniqueNames seen)
    {
        foreach (var directive in directives)
        {
            if (Context.FindDirective(directive.Name.Value) is { IsRepeatable: false } &&
                seen.FirstOf(directive.Name.Value, directive.Range) is { } first)
            {
                Report(
                    $"The directive \"@{directive.Name}\" can only be used once at this location.",
                    first,
                    directive.Range);
            }
        }
    }
}
