using System.Collections.Immutable;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Validation.Rules;

/// <summary>§5.4.3 What must be given is given.</summary>
internal sealed class ProvidedRequiredArguments(ValidationContext context) : ValidationRule(context)
{
    protected override string Section => "sec-Required-Arguments";

    public override void LeaveField(FieldNode node)
    {
        if (Context.Position.Field is not { } field)
        {
            return;
        }

        foreach (var parameter in field.Arguments.AsSpan())
        {
            if (parameter.IsRequired && !Has(node.Arguments, parameter.Name))
            {
                Report(
                    $"Field \"{field.Name}\" argument \"{parameter.Name}\" of type \"{parameter.Type}\" is required, " +
                    "but it was not provided.",
                    node.Range);
            }
        }
    }

    public override void LeaveDirective(DirectiveNode node)
    {
        if (Context.FindDirective(node.Name.Value) is not { } known)
        {
            return;
        }

        foreach (var parameter in known.Arguments)
        {
            if (parameter.IsRequired && !Has(node.Arguments, parameter.Name))
            {
                Report(
                    $"Directive \"@{node.Name}\" argument \"{parameter.Name}\" of type \"{parameter.Type}\" is " +
                    "required, but it was not provided.",
                    node.Range);
            }
        }
    }

    private static bool Has(ImmutableArray<ArgumentNode> arguments, string name)
    {
        foreach (var argument in arguments)
        {
            if (argument.Name.Value == name)
            {
                return true;
            }
        }

        return false;
    }
}
