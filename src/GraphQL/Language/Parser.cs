using System.Buffers;
using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text.Unicode;

namespace Platform.GraphQL.Language;

/// <summary>
/// §2 Reads documents by recursive descent. Every recursive production passes <see cref="Enter"/>, which counts the
/// depth and asks the runtime for stack: no input can end the process.
/// </summary>
internal ref partial struct Parser
{
    private readonly ParserLimits _limits;
    private Lexer _lexer;
    private NameTable _names;
    private SyntaxNode[] _pending;
    private int _pendingCount;
    private int _depth;
    private int _tokens;
    private int _nodes;
    private int _fields;
    private int _directives;

    public Parser(SourceText source, ParserLimits limits)
    {
        _limits = limits;
        _lexer = new Lexer(source);
        _names = new NameTable();
        _pending = ArrayPool<SyntaxNode>.Shared.Rent(64);
        _pendingCount = 0;
    }

    /// <summary>Checks the size and the encoding of the text, and reads the first token.</summary>
    public void Open()
    {
        var body = _lexer.Source.Body.Span;
        if (body.Length > _limits.MaxBytes)
        {
            throw Refused(0, $"The document is longer than {_limits.MaxBytes} bytes.", SyntaxFault.TooLong);
        }

        if (!Utf8.IsValid(body))
        {
            throw Refused(FirstInvalidByte(body), "The document is not valid UTF-8.", SyntaxFault.Malformed);
        }

        Advance();
    }

    public void Dispose()
    {
        _names.Dispose();
        ArrayPool<SyntaxNode>.Shared.Return(_pending, clearArray: true);
        _pending = [];
    }

    public DocumentNode ParseDocument()
    {
        var mark = _pendingCount;
        do
        {
            Push(ParseDefinition());
        }
        while (_lexer.Kind != TokenKind.EndOfFile);

        return new DocumentNode(Take<DefinitionNode>(mark))
        {
            Range = new SourceRange(_lexer.Source, 0, _lexer.End),
            Counts = new DocumentCounts(_tokens, _nodes, _fields, _directives),
        };
    }

    public T ParseWhole<T>(T node)
    {
        Expect(TokenKind.EndOfFile);
        return node;
    }

    private static int FirstInvalidByte(ReadOnlySpan<byte> body)
    {
        var position = 0;
        while (System.Text.Rune.DecodeFromUtf8(body[position..], out _, out var consumed) == OperationStatus.Done)
        {
            position += consumed;
        }

        return position;
    }

    private readonly SyntaxException Refused(int position, string description, SyntaxFault fault) =>
        new(_lexer.Source, position, description, fault);

    private readonly SyntaxException Malformed(int position, string description) =>
        new(_lexer.Source, position, description, SyntaxFault.Malformed);

    private readonly SyntaxException Unexpected() => Malformed(_lexer.Start, $"Unexpected {_lexer.Describe()}.");

    private void Advance()
    {
        _lexer.Advance();
        if (_lexer.Kind != TokenKind.EndOfFile && ++_tokens > _limits.MaxTokens)
        {
            throw Refused(
                _lexer.Start, $"The document has more than {_limits.MaxTokens} tokens.", SyntaxFault.TooManyTokens);
        }
    }

    private void Expect(TokenKind kind)
    {
        if (_lexer.Kind != kind)
        {
            throw Malformed(_lexer.Start, $"Expected {kind.Describe()}, found {_lexer.Describe()}.");
        }

        if (kind != TokenKind.EndOfFile)
        {
            Advance();
        }
    }

    private bool Skip(TokenKind kind)
    {
        if (_lexer.Kind != kind)
        {
            return false;
        }

        Advance();
        return true;
    }

    private readonly bool IsKeyword(ReadOnlySpan<byte> keyword) =>
        _lexer.Kind == TokenKind.Name && _lexer.Bytes.SequenceEqual(keyword);

    private void ExpectKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!IsKeyword(keyword))
        {
            var expected = System.Text.Encoding.ASCII.GetString(keyword);
            throw Malformed(_lexer.Start, $"Expected \"{expected}\", found {_lexer.Describe()}.");
        }

        Advance();
    }

    private bool SkipKeyword(ReadOnlySpan<byte> keyword)
    {
        if (!IsKeyword(keyword))
        {
            return false;
        }

        Advance();
        return true;
    }

    private NameNode ParseName()
    {
        if (_lexer.Kind != TokenKind.Name)
        {
            throw Malformed(_lexer.Start, $"Expected Name, found {_lexer.Describe()}.");
        }

        var name = new NameNode(_names.Intern(_lexer.Bytes), _lexer.Start);
        Advance();
        return name;
    }

    /// <summary>Closes a node that began at <paramref name="start"/>, and counts it.</summary>
    private SourceRange Close(int start)
    {
        if (++_nodes > _limits.MaxNodes)
        {
            throw Refused(start, $"The document has more than {_limits.MaxNodes} nodes.", SyntaxFault.TooManyNodes);
        }

        return new SourceRange(_lexer.Source, start, _lexer.PreviousEnd);
    }

    private void Enter()
    {
        if (++_depth > _limits.MaxDepth || !RuntimeHelpers.TryEnsureSufficientExecutionStack())
        {
            throw Refused(
                _lexer.Start, $"The document nests deeper than {_limits.MaxDepth} levels.", SyntaxFault.TooDeep);
        }
    }

    private void Leave() => _depth--;

    // Children wait on one stack until their list is complete, so that every list is one array of the right size.
    private void Push(SyntaxNode node)
    {
        if (_pendingCount == _pending.Length)
        {
            var larger = ArrayPool<SyntaxNode>.Shared.Rent(_pending.Length * 2);
            _pending.CopyTo(larger, 0);
            ArrayPool<SyntaxNode>.Shared.Return(_pending, clearArray: true);
            _pending = larger;
        }

        _pending[_pendingCount++] = node;
    }

    private ImmutableArray<T> Take<T>(int mark)
        where T : SyntaxNode
    {
        if (_pendingCount == mark)
        {
            return [];
        }

        var taken = new T[_pendingCount - mark];
        Array.Copy(_pending, mark, taken, 0, taken.Length);
        _pendingCount = mark;
        return ImmutableCollectionsMarshal.AsImmutableArray(taken);
    }
}
