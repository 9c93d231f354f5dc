using System.Collections.Immutable;

namespace Platform.GraphQL.Language;

/// <summary>§2.3–2.8, §2.12 Operations, selections, fragments, directives.</summary>
internal ref partial struct Parser
{
    private DefinitionNode ParseDefinition()
    {
        if (_lexer.Kind == TokenKind.BraceLeft)
        {
            var start = _lexer.Start;
            var selectionSet = ParseSelectionSet();
            return new OperationDefinitionNode(OperationType.Query, null, selectionSet) { Range = Close(start) };
        }

        var begin = new DefinitionStart(_lexer.Start, ParseDescription());
        if (begin.Description is not null && _lexer.Kind == TokenKind.BraceLeft)
        {
            throw Malformed(
                begin.Position,
                "Unexpected description, descriptions are not supported on shorthand queries.");
        }

        if (IsOperationType())
        {
            return ParseOperation(begin);
        }

        if (IsKeyword("fragment"u8))
        {
            return ParseFragmentDefinition(begin);
        }

        return ParseTypeSystemDefinition(begin);
    }

    private readonly bool IsOperationType() =>
        IsKeyword("query"u8) || IsKeyword("mutation"u8) || IsKeyword("subscription"u8);

    private OperationType ParseOperationType()
    {
        if (_lexer.Kind != TokenKind.Name)
        {
            throw Malformed(_lexer.Start, $"Expected Name, found {_lexer.Describe()}.");
        }

        OperationType? type = IsKeyword("query"u8) ? OperationType.Query
            : IsKeyword("mutation"u8) ? OperationType.Mutation
            : IsKeyword("subscription"u8) ? OperationType.Subscription
            : null;
        if (type is null)
        {
            // The lexer reads one token ahead, so a broken next token is reported before this one.
            var here = Unexpected();
            Advance();
            throw here;
        }

        Advance();
        return type.Value;
    }

    private OperationDefinitionNode ParseOperation(DefinitionStart begin)
    {
        var type = ParseOperationType();
        NameNode? name = _lexer.Kind == TokenKind.Name ? ParseName() : null;
        var variables = ParseVariableDefinitions();
        var directives = ParseDirectives(Constancy.Variable);
        var selectionSet = ParseSelectionSet();
        return new OperationDefinitionNode(type, name, selectionSet)
        {
            Description = begin.Description,
            VariableDefinitions = variables,
            Directives = directives,
            Range = Close(begin.Position),
        };
    }

    private FragmentDefinitionNode ParseFragmentDefinition(DefinitionStart begin)
    {
        ExpectKeyword("fragment"u8);
        if (IsKeyword("on"u8))
        {
            throw Unexpected();
        }

        var name = ParseName();
        ExpectKeyword("on"u8);
        var condition = ParseNamedType();
        var directives = ParseDirectives(Constancy.Variable);
        var selectionSet = ParseSelectionSet();
        return new FragmentDefinitionNode(name, condition, selectionSet)
        {
            Description = begin.Description,
            Directives = directives,
            Range = Close(begin.Position),
        };
    }

    private ImmutableArray<VariableDefinitionNode> ParseVariableDefinitions()
    {
        if (!Skip(TokenKind.ParenLeft))
        {
            return [];
        }

        var mark = _pendingCount;
        do
        {
            Push(ParseVariableDefinition());
        }
        while (!Skip(TokenKind.ParenRight));

        return Take<VariableDefinitionNode>(mark);
    }

    private VariableDefinitionNode ParseVariableDefinition()
    {
        var start = _lexer.Start;
        var description = ParseDescription();
        var variable = ParseVariable();
        Expect(TokenKind.Colon);
        var type = ParseTypeReference();
        var defaultValue = Skip(TokenKind.Equal) ? ParseValue(Constancy.Constant) : null;
        var directives = ParseDirectives(Constancy.Constant);
        return new VariableDefinitionNode(variable, type, defaultValue)
        {
            Description = description,
            Directives = directives,
            Range = Close(start),
        };
    }

    private SelectionSetNode ParseSelectionSet()
    {
        Enter();
        var start = _lexer.Start;
        Expect(TokenKind.BraceLeft);
        var mark = _pendingCount;
        do
        {
            Push(_lexer.Kind == TokenKind.Spread ? ParseFragment() : ParseField());
        }
        while (!Skip(TokenKind.BraceRight));

        Leave();
        return new SelectionSetNode(Take<SelectionNode>(mark)) { Range = Close(start) };
    }

    private FieldNode ParseField()
    {
        var start = _lexer.Start;
        if (++_fields > _limits.MaxFields)
        {
            throw Refused(start, $"The document has more than {_limits.MaxFields} fields.", SyntaxFault.TooManyFields);
        }

        var name = ParseName();
        NameNode? alias = null;
        if (Skip(TokenKind.Colon))
        {
            alias = name;
            name = ParseName();
        }

        var arguments = ParseArguments(Constancy.Variable);
        var directives = ParseDirectives(Constancy.Variable);
        var selectionSet = _lexer.Kind == TokenKind.BraceLeft ? ParseSelectionSet() : null;
        return new FieldNode(name)
        {
            Alias = alias,
            Arguments = arguments,
            Directives = directives,
            SelectionSet = selectionSet,
            Range = Close(start),
        };
    }

    private SelectionNode ParseFragment()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Spread);
        var hasCondition = SkipKeyword("on"u8);
        if (!hasCondition && _lexer.Kind == TokenKind.Name)
        {
            var name = ParseName();
            var directives = ParseDirectives(Constancy.Variable);
            return new FragmentSpreadNode(name) { Directives = directives, Range = Close(start) };
        }

        var condition = hasCondition ? ParseNamedType() : null;
        var inlineDirectives = ParseDirectives(Constancy.Variable);
        var selectionSet = ParseSelectionSet();
        return new InlineFragmentNode(condition, selectionSet) { Directives = inlineDirectives, Range = Close(start) };
    }

    private ImmutableArray<ArgumentNode> ParseArguments(Constancy constancy)
    {
        if (!Skip(TokenKind.ParenLeft))
        {
            return [];
        }

        var mark = _pendingCount;
        do
        {
            var start = _lexer.Start;
            var name = ParseName();
            Expect(TokenKind.Colon);
            var value = ParseValue(constancy);
            Push(new ArgumentNode(name, value) { Range = Close(start) });
        }
        while (!Skip(TokenKind.ParenRight));

        return Take<ArgumentNode>(mark);
    }

    private ImmutableArray<DirectiveNode> ParseDirectives(Constancy constancy)
    {
        if (_lexer.Kind != TokenKind.At)
        {
            return [];
        }

        var mark = _pendingCount;
        do
        {
            var start = _lexer.Start;
            if (++_directives > _limits.MaxDirectives || _pendingCount - mark >= _limits.MaxDirectivesPerLocation)
            {
                throw Refused(
                    start,
                    $"The document has more than {_limits.MaxDirectivesPerLocation} directives in one place, " +
                    $"or more than {_limits.MaxDirectives} in all.",
                    SyntaxFault.TooManyDirectives);
            }

            Advance();
            var name = ParseName();
            var arguments = ParseArguments(constancy);
            Push(new DirectiveNode(name, arguments) { Range = Close(start) });
        }
        while (_lexer.Kind == TokenKind.At);

        return Take<DirectiveNode>(mark);
    }

    /// <summary>Where a definition begins: its description, if it has one, comes before its keyword.</summary>
    private readonly record struct DefinitionStart(int Position, StringValueNode? Description);
}
