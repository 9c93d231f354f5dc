using System.Collections.Immutable;

namespace Platform.GraphQL.Language;

/// <summary>A node of the syntax tree. Nodes never change; a printed node parses to an equal one.</summary>
public abstract class SyntaxNode
{
    public abstract SyntaxKind Kind { get; }

    public SourceRange Range { get; init; }

    /// <summary>The node as a GraphQL document text.</summary>
    public override string ToString() => Printer.Print(this);
}

/// <summary>§2.1.9 A name and where it stands. Equal names of one document are one string.</summary>
public readonly struct NameNode
{
    public NameNode(string value)
        : this(value, -1)
    {
    }

    internal NameNode(string value, int start)
    {
        Value = value;
        Start = start;
    }

    public string Value { get; }

    internal int Start { get; }

    public override string ToString() => Value;
}

/// <summary>§2.2 A whole document.</summary>
public sealed class DocumentNode(ImmutableArray<DefinitionNode> definitions) : SyntaxNode
{
    public override SyntaxKind Kind => SyntaxKind.Document;

    public ImmutableArray<DefinitionNode> Definitions { get; } = definitions;

    /// <summary>What the parser counted, so that limits need no walk of their own.</summary>
    public DocumentCounts Counts { get; init; }
}

/// <summary>The sizes of a document as written, before fragments are expanded.</summary>
public readonly record struct DocumentCounts(int Tokens, int Nodes, int Fields, int Directives);

public abstract class DefinitionNode : SyntaxNode
{
    public StringValueNode? Description { get; init; }

    public ImmutableArray<DirectiveNode> Directives { get; init; } = [];
}
