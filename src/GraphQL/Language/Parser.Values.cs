namespace Platform.GraphQL.Language;

/// <summary>§2.9–2.11 Values, variables, type references.</summary>
internal ref partial struct Parser
{
    private enum Constancy
    {
        Variable,
        Constant,
    }

    public ValueNode ParseConstantValue() => ParseValue(Constancy.Constant);

    public ValueNode ParseAnyValue() => ParseValue(Constancy.Variable);

    public TypeNode ParseTypeReference()
    {
        var start = _lexer.Start;
        TypeNode type;
        if (_lexer.Kind == TokenKind.BracketLeft)
        {
            Enter();
            Advance();
            var inner = ParseTypeReference();
            Expect(TokenKind.BracketRight);
            Leave();
            type = new ListTypeNode(inner) { Range = Close(start) };
        }
        else
        {
            type = ParseNamedType();
        }

        return Skip(TokenKind.Bang) ? new NonNullTypeNode(type) { Range = Close(start) } : type;
    }

    private NamedTypeNode ParseNamedType()
    {
        var start = _lexer.Start;
        var name = ParseName();
        return new NamedTypeNode(name) { Range = Close(start) };
    }

    private VariableNode ParseVariable()
    {
        var start = _lexer.Start;
        Expect(TokenKind.Dollar);
        var name = ParseName();
        return new VariableNode(name) { Range = Close(start) };
    }

    private StringValueNode? ParseDescription() =>
        _lexer.Kind is TokenKind.String or TokenKind.BlockString ? ParseString() : null;

    private StringValueNode ParseString()
    {
        var start = _lexer.Start;
        var text = _lexer.Text!;
        var form = _lexer.Kind == TokenKind.BlockString ? StringForm.Block : StringForm.Quoted;
        Advance();
        return new StringValueNode(text, form) { Range = Close(start) };
    }

    private ValueNode ParseValue(Constancy constancy)
    {
        var start = _lexer.Start;
        switch (_lexer.Kind)
        {
            case TokenKind.BracketLeft:
                return ParseList(constancy);
            case TokenKind.BraceLeft:
                return ParseObject(constancy);
            case TokenKind.Int:
                var whole = _names.Intern(_lexer.Bytes);
                Advance();
                return new IntValueNode(whole) { Range = Close(start) };
            case TokenKind.Float:
                var number = _names.Intern(_lexer.Bytes);
                Advance();
                return new FloatValueNode(number) { Range = Close(start) };
            case TokenKind.String or TokenKind.BlockString:
                return ParseString();
            case TokenKind.Name:
                return ParseNameValue(start);
            case TokenKind.Dollar:
                return constancy == Constancy.Variable ? ParseVariable() : throw VariableInConstant(start);
            default:
                throw Unexpected();
        }
    }

    private ValueNode ParseNameValue(int start)
    {
        var name = _names.Intern(_lexer.Bytes);
        Advance();
        var range = Close(start);
        return name switch
        {
            "true" => new BooleanValueNode(true) { Range = range },
            "false" => new BooleanValueNode(false) { Range = range },
            "null" => new NullValueNode { Range = range },
            _ => new EnumValueNode(name) { Range = range },
        };
    }

    private SyntaxException VariableInConstant(int start)
    {
        var dollar = Unexpected();
        Advance();
        return _lexer.Kind == TokenKind.Name
            ? Malformed(start, $"Unexpected variable \"${_names.Intern(_lexer.Bytes)}\" in constant value.")
            : dollar;
    }

    private ListValueNode ParseList(Constancy constancy)
    {
        Enter();
        var start = _lexer.Start;
        Advance();
        var mark = _pendingCount;
        while (!Skip(TokenKind.BracketRight))
        {
            Push(ParseValue(constancy));
        }

        Leave();
        return new ListValueNode(Take<ValueNode>(mark)) { Range = Close(start) };
    }

    private ObjectValueNode ParseObject(Constancy constancy)
    {
        Enter();
        var start = _lexer.Start;
        Advance();
        var mark = _pendingCount;
        while (!Skip(TokenKind.BraceRight))
        {
            var begin = _lexer.Start;
            var name = ParseName();
            Expect(TokenKind.Colon);
            var value = ParseValue(constancy);
            Push(new ObjectFieldNode(name, value) { Range = Close(begin) });
        }

        Leave();
        return new ObjectValueNode(Take<ObjectFieldNode>(mark)) { Range = Close(start) };
    }
}
