using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.4.1 A field or directive takes the arguments it is given.</summary>
internal sealed class KnownArgumentNames(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Argument-Names";

    public override void EnterArgument(ArgumentNode node)
    {
        var position = Context.Position;
        if (position is { DirectiveNode: null, Argument: null, Field: { } field, Parent: { } parent })
        {
            Report(
                $"Unknown argument \"{node.Name}\" on field \"{parent}.{field.Name}\"." +
                Suggest(node, field.Arguments.Select(argument => argument.Name)),
                node.Range);
        }
    }

    public override void EnterDirective(DirectiveNode node, DirectiveLocation location)
    {
        if (node.Arguments.Length == 0 || Context.FindDirective(node.Name.Value) is not { } known)
        {
            return;
        }

        foreach (var argument in node.Arguments)
        {
            if (known.Arguments.All(parameter => parameter.Name != argument.Name.Value))
            {
                Report(
                    $"Unknown argument \"{argument.Name}\" on directive \"@{node.Name}\"." +
                    Suggest(argument, known.Arguments.Select(parameter => parameter.Name)),
                    argument.Range);
            }
        }
    }

    private string Suggest(ArgumentNode node, IEnumerable<string> names) =>
        Context.ShowsSuggestions ? NameSuggestions.DidYouMean(node.Name.Value, names) : "";
}
