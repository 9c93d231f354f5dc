using System.Collections.Immutable;
using System.Text;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>Fields, arguments, values, directives and descriptions.</summary>
public static partial class SchemaPrinter
{
    private static void AppendField(StringBuilder text, FieldDefinition field)
    {
        var start = text.Length;
        text.Append(field.Name);
        AppendArguments(text, field.Arguments, "  ", "  ".Length + field.Name.Length + 2 + field.Type.ToString()!.Length);
        text.Append(": ").Append(field.Type);
        AppendDirectives(text, field.Directives, LineWidth(text, start) + 2, "  ");
    }

    private static void AppendInputValue(StringBuilder text, InputValueDefinition value, string indent)
    {
        var start = text.Length;
        text.Append(value.Name).Append(": ").Append(value.Type);
        if (value.HasDefault)
        {
            text.Append(" = ").Append(value.DefaultSyntax);
        }

        AppendDirectives(text, value.Directives, LineWidth(text, start) + indent.Length, indent);
    }

    private static void AppendEnumValue(StringBuilder text, EnumValueDefinition value)
    {
        text.Append(value.Name);
        AppendDirectives(text, value.Directives, value.Name.Length + 2, "  ");
    }

    // Described arguments, and those too many for the line, stand below each other.
    private static void AppendArguments(
        StringBuilder text, MemberTable<InputValueDefinition> arguments, string indent, int otherWidth)
    {
        if (arguments.Count == 0)
        {
            return;
        }

        var line = new StringBuilder();
        foreach (var argument in arguments)
        {
            line.Append(line.Length == 0 ? "(" : ", ").Append(argument.Name).Append(": ").Append(argument.Type);
            line.Append(argument.HasDefault ? $" = {argument.DefaultSyntax}" : "");
            foreach (var directive in argument.Directives)
            {
                line.Append(' ').Append(directive.Node);
            }
        }

        line.Append(')');
        var isDescribed = arguments.Any(argument => argument.Description is not null);
        if (!isDescribed && line.Length + otherWidth <= WidestLine)
        {
            text.Append(line);
            return;
        }

        text.Append('(');
        foreach (var argument in arguments)
        {
            text.Append('\n');
            AppendDescription(text, argument.Description, indent + "  ");
            text.Append(indent).Append("  ");
            AppendInputValue(text, argument, indent + "  ");
        }

        text.Append('\n').Append(indent).Append(')');
    }

    private static void AppendDirectives(
        StringBuilder text, ImmutableArray<AppliedDirective> directives, int before, string indent)
    {
        if (directives.Length == 0)
        {
            return;
        }

        var line = string.Join("", directives.Select(directive => $" {directive.Node}"));
        if (before + line.Length <= WidestLine)
        {
            text.Append(line);
            return;
        }

        foreach (var directive in directives)
        {
            text.Append('\n').Append(indent).Append("  ");
            AppendDirective(text, directive.Node, indent + "  ");
        }
    }

    private static void AppendDirective(StringBuilder text, DirectiveNode node, string indent)
    {
        var line = node.ToString();
        if (node.Arguments.Length < 2 || indent.Length + line.Length <= WidestLine)
        {
            text.Append(line);
            return;
        }

        text.Append('@').Append(node.Name.Value).Append('(');
        foreach (var argument in node.Arguments)
        {
            text.Append('\n').Append(indent).Append("  ").Append(argument);
        }

        text.Append('\n').Append(indent).Append(')');
    }

    private static void AppendDescription(StringBuilder text, string? description, string indent)
    {
        if (description is null)
        {
            return;
        }

        text.Append(indent);
        if (description.Contains('\n', StringComparison.Ordinal) && BlockString.CanSay(description))
        {
            var escaped = description.Replace("\"\"\"", "\\\"\"\"", StringComparison.Ordinal);
            text.Append("\"\"\"\n");
            foreach (var line in escaped.Split('\n'))
            {
                text.Append(line.Length == 0 ? "" : indent).Append(line).Append('\n');
            }

            text.Append(indent).Append("\"\"\"");
        }
        else
        {
            StringLiteral.Append(text, description);
        }

        text.Append('\n');
    }

    private static int LineWidth(StringBuilder text, int start)
    {
        var width = text.Length - start;
        for (var index = text.Length - 1; index >= start; index--)
        {
            if (text[index] == '\n')
            {
                return text.Length - index - 1;
            }
        }

        return width;
    }
}
