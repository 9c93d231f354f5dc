using System.Collections.Immutable;

namespace Platform.GraphQL.Language;

/// <summary>Operations, fragments and what is in them.</summary>
internal sealed partial class Printer
{
    private void WriteExecutable(SyntaxNode node)
    {
        switch (node)
        {
            case OperationDefinitionNode operation:
                WriteOperation(operation);
                break;
            case FragmentDefinitionNode fragment:
                WriteDescription(fragment.Description);
                _out.Append("fragment ").Append(fragment.Name.Value).Append(" on ");
                Write(fragment.TypeCondition);
                WriteDirectives(fragment.Directives);
                _out.Append(' ');
                Write(fragment.SelectionSet);
                break;
            case VariableDefinitionNode variable:
                WriteVariableDefinition(variable);
                break;
            case SelectionSetNode set:
                WriteBlock(set.Selections);
                break;
            case FieldNode field:
                WriteField(field);
                break;
            case FragmentSpreadNode spread:
                _out.Append("...").Append(spread.Name.Value);
                WriteDirectives(spread.Directives);
                break;
            case InlineFragmentNode inline:
                _out.Append("...");
                if (inline.TypeCondition is not null)
                {
                    _out.Append(" on ").Append(inline.TypeCondition.Name.Value);
                }

                WriteDirectives(inline.Directives);
                _out.Append(' ');
                Write(inline.SelectionSet);
                break;
            case ArgumentNode argument:
                _out.Append(argument.Name.Value).Append(": ");
                Write(argument.Value);
                break;
            case ObjectFieldNode field:
                _out.Append(field.Name.Value).Append(": ");
                Write(field.Value);
                break;
            case DirectiveNode directive:
                _out.Append('@').Append(directive.Name.Value);
                if (directive.Arguments.Length > 0)
                {
                    Join("(", directive.Arguments, ", ", ")");
                }

                break;
        }
    }

    private void WriteOperation(OperationDefinitionNode operation)
    {
        var isShorthand = _mayAbbreviate && operation is
        {
            Operation: OperationType.Query, Name: null, Description: null,
            Directives.Length: 0, VariableDefinitions.Length: 0,
        };
        if (!isShorthand)
        {
            WriteDescription(operation.Description);
            _out.Append(Keyword(operation.Operation));
            var hasHead = operation.Name is not null || operation.VariableDefinitions.Length > 0;
            _out.Append(hasHead ? " " : "").Append(operation.Name?.Value);
            WriteVariableDefinitions(operation.VariableDefinitions);
            WriteDirectives(operation.Directives);
            _out.Append(' ');
        }

        Write(operation.SelectionSet);
    }

    private void WriteVariableDefinitions(ImmutableArray<VariableDefinitionNode> variables)
    {
        if (variables.Length == 0)
        {
            return;
        }

        if (HasTallItem(variables))
        {
            Join("(\n", variables, "\n", "\n)");
        }
        else
        {
            Join("(", variables, ", ", ")");
        }
    }

    private void WriteVariableDefinition(VariableDefinitionNode variable)
    {
        WriteDescription(variable.Description);
        Write(variable.Variable);
        _out.Append(": ");
        Write(variable.Type);
        if (variable.DefaultValue is not null)
        {
            _out.Append(" = ");
            Write(variable.DefaultValue);
        }

        WriteDirectives(variable.Directives);
    }

    private void WriteField(FieldNode field)
    {
        var start = _out.Length;
        if (field.Alias is { } alias)
        {
            _out.Append(alias.Value).Append(": ");
        }

        _out.Append(field.Name.Value);
        WriteArguments(field.Arguments, start);
        WriteDirectives(field.Directives);
        if (field.SelectionSet is not null)
        {
            _out.Append(' ');
            Write(field.SelectionSet);
        }
    }

    // Arguments that would make the line too long stand below each other.
    private void WriteArguments(ImmutableArray<ArgumentNode> arguments, int lineStart)
    {
        if (arguments.Length == 0)
        {
            return;
        }

        var before = _out.Length;
        var indent = _indent;
        _indent = 0;
        Join("(", arguments, ", ", ")");
        _indent = indent;
        var width = _out.Length - lineStart;
        var isTall = _out.ToString(before, _out.Length - before).Contains('\n', StringComparison.Ordinal);
        if (width <= WidestArguments && !isTall)
        {
            return;
        }

        _out.Length = before;
        if (width <= WidestArguments)
        {
            Join("(", arguments, ", ", ")");
            return;
        }

        _out.Append('(');
        WriteLines(arguments);
        _out.Append(')');
    }
}
