using System.Collections.Immutable;
using System.Text;

namespace Platform.GraphQL.Language;

/// <summary>
/// Prints a tree in one fixed way: the same tree gives the same text, and the text parses to an equal tree.
/// Trees from the parser are at most <see cref="ParserLimits.MaxDepth"/> deep, and so is the recursion here; trees
/// made in memory are guarded by the runtime's stack check.
/// </summary>
internal sealed partial class Printer
{
    private const int WidestArguments = 80;

    private readonly StringBuilder _out = new();
    private int _indent;
    private bool _mayAbbreviate = true;

    public static string Print(SyntaxNode node)
    {
        var printer = new Printer();
        printer.Write(node);
        return printer._out.ToString();
    }

    private void Write(SyntaxNode node)
    {
        System.Runtime.CompilerServices.RuntimeHelpers.EnsureSufficientExecutionStack();
        switch (node)
        {
            case ValueNode value:
                WriteValue(value);
                break;
            case TypeNode type:
                WriteType(type);
                break;
            case DocumentNode document:
                WriteDocument(document);
                break;
            case TypeSystemDefinitionNode definition:
                WriteTypeSystem(definition);
                break;
            case MemberDefinitionNode member:
                WriteMember(member);
                break;
            case OperationTypeDefinitionNode operation:
                _out.Append(Keyword(operation.Operation)).Append(": ").Append(operation.Type.Name.Value);
                break;
            default:
                WriteExecutable(node);
                break;
        }
    }

    private void WriteDocument(DocumentNode document)
    {
        for (var index = 0; index < document.Definitions.Length; index++)
        {
            _out.Append(index == 0 ? "" : "\n\n");

            // `enum E` and a query in short form after it would read as one definition with a body.
            _mayAbbreviate = index == 0 || document.Definitions[index - 1] is not TypeSystemDefinitionNode;
            Write(document.Definitions[index]);
        }
    }

    private static string Keyword(OperationType operation) => operation switch
    {
        OperationType.Query => "query",
        OperationType.Mutation => "mutation",
        OperationType.Subscription => "subscription",
    };

    private void WriteValue(ValueNode node)
    {
        switch (node)
        {
            case VariableNode variable:
                _out.Append('$').Append(variable.Name.Value);
                break;
            case IntValueNode number:
                _out.Append(number.Value);
                break;
            case FloatValueNode number:
                _out.Append(number.Value);
                break;
            case EnumValueNode name:
                _out.Append(name.Value);
                break;
            case BooleanValueNode truth:
                _out.Append(truth.Value ? "true" : "false");
                break;
            case NullValueNode:
                _out.Append("null");
                break;
            case StringValueNode { Form: StringForm.Block } text:
                AppendLines(BlockString.Print(text.Value));
                break;
            case StringValueNode text:
                StringLiteral.Append(_out, text.Value);
                break;
            case ListValueNode list:
                Join("[", list.Values, ", ", "]");
                break;
            case ObjectValueNode map:
                Join("{", map.Fields, ", ", "}");
                break;
        }
    }

    private void WriteType(TypeNode node)
    {
        switch (node)
        {
            case NamedTypeNode named:
                _out.Append(named.Name.Value);
                break;
            case ListTypeNode list:
                _out.Append('[');
                Write(list.Type);
                _out.Append(']');
                break;
            case NonNullTypeNode nonNull:
                Write(nonNull.Type);
                _out.Append('!');
                break;
        }
    }

    private void WriteDescription(StringValueNode? description)
    {
        if (description is not null)
        {
            Write(description);
            NewLine();
        }
    }

    private void WriteDirectives(ImmutableArray<DirectiveNode> directives)
    {
        foreach (var directive in directives)
        {
            _out.Append(' ');
            Write(directive);
        }
    }

    private void WriteBlock<T>(ImmutableArray<T> items)
        where T : SyntaxNode
    {
        _out.Append('{');
        WriteLines(items);
        _out.Append('}');
    }

    /// <summary>The items on lines of their own, one step deeper.</summary>
    private void WriteLines<T>(ImmutableArray<T> items)
        where T : SyntaxNode
    {
        _indent++;
        foreach (var item in items)
        {
            NewLine();
            Write(item);
        }

        _indent--;
        NewLine();
    }

    private void NewLine() => _out.Append('\n').Append(' ', _indent * 2);

    // A block string inside a definition moves with it; its own indentation is not part of its meaning.
    private void AppendLines(string text)
    {
        var lines = text.Split('\n');
        _out.Append(lines[0]);
        foreach (var line in lines.AsSpan(1))
        {
            NewLine();
            _out.Append(line);
        }
    }

    private void Join<T>(ImmutableArray<T> items, string separator)
        where T : SyntaxNode
    {
        for (var index = 0; index < items.Length; index++)
        {
            _out.Append(index == 0 ? "" : separator);
            Write(items[index]);
        }
    }

    private void Join<T>(string open, ImmutableArray<T> items, string separator, string close)
        where T : SyntaxNode
    {
        _out.Append(open);
        Join(items, separator);
        _out.Append(close);
    }

    /// <summary>Whether any of the items, printed alone, takes more than one line.</summary>
    private static bool HasTallItem<T>(ImmutableArray<T> items)
        where T : SyntaxNode =>
        items.Any(item => MayBeTall(item) && Print(item).Contains('\n', StringComparison.Ordinal));

    // Only a description or a block string breaks a line within these nodes.
    private static bool MayBeTall(SyntaxNode node) => node switch
    {
        InputValueDefinitionNode value => value.Description is not null || value.DefaultValue is not null ||
            value.Directives.Length > 0,
        VariableDefinitionNode variable => variable.Description is not null || variable.DefaultValue is not null ||
            variable.Directives.Length > 0,
        _ => true,
    };
}
