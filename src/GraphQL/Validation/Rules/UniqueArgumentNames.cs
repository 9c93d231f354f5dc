using System.Collections.Immutable;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.4.2 An argument is given once.</summary>
internal sealed class UniqueArgumentNames(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Argument-Uniqueness";

    public override void EnterField(FieldNode node) => Check(node.Arguments);

    public override void EnterDirective(DirectiveNode node, DirectiveLocation location) => Check(node.Arguments);

    private void Check(ImmutableArray<ArgumentNode> arguments)
    {
        foreach (var (name, places) in UniqueNames.Repeated(arguments, a => a.Name, a => a.Range))
        {
            Report($"There can be only one argument named \"{name}\".", places);
        }
    }
}
