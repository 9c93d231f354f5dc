using System.Collections.Immutable;

namespace Platform.GraphQL.Language;

/// <summary>§3 Type system definitions and extensions.</summary>
internal ref partial struct Parser
{
    private TypeSystemDefinitionNode ParseTypeSystemDefinition(DefinitionStart begin)
    {
        if (_lexer.Kind == TokenKind.Name)
        {
            if (ParseDescribable(begin) is { } definition)
            {
                return definition;
            }

            if (begin.Description is not null)
            {
                throw Malformed(
                    begin.Position, "Unexpected description, only GraphQL definitions support descriptions.");
            }

            if (SkipKeyword("extend"u8))
            {
                return ParseExtension(begin);
            }
        }

        throw Unexpected();
    }

    private TypeSystemDefinitionNode? ParseDescribable(DefinitionStart begin)
    {
        var keyword = _lexer.Bytes;
        if (keyword.SequenceEqual("schema"u8))
        {
            return ParseSchema(begin, Form.Definition);
        }

        return keyword.SequenceEqual("directive"u8) ? ParseDirectiveDefinition(begin)
            : ParseTypeDefinition(begin, Form.Definition);
    }

    private TypeSystemDefinitionNode ParseExtension(DefinitionStart begin) =>
        IsKeyword("schema"u8) ? ParseSchema(begin, Form.Extension)
            : _lexer.Kind == TokenKind.Name && ParseTypeDefinition(begin, Form.Extension) is { } type ? type
            : throw Unexpected();

    private TypeDefinitionNode? ParseTypeDefinition(DefinitionStart begin, Form form)
    {
        var keyword = _lexer.Bytes;
        return keyword switch
        {
            _ when keyword.SequenceEqual("type"u8) => ParseObjectType(begin, form),
            _ when keyword.SequenceEqual("interface"u8) => ParseInterface(begin, form),
            _ when keyword.SequenceEqual("input"u8) => ParseInputObject(begin, form),
            _ when keyword.SequenceEqual("enum"u8) => ParseEnum(begin, form),
            _ when keyword.SequenceEqual("union"u8) => ParseUnion(begin, form),
            _ when keyword.SequenceEqual("scalar"u8) => ParseScalar(begin, form),
            _ => null,
        };
    }

    private SchemaDefinitionNode ParseSchema(DefinitionStart begin, Form form)
    {
        Advance();
        var directives = ParseDirectives(Constancy.Constant);
        ImmutableArray<OperationTypeDefinitionNode> operations = [];
        if (form == Form.Definition || _lexer.Kind == TokenKind.BraceLeft)
        {
            Expect(TokenKind.BraceLeft);
            var mark = _pendingCount;
            do
            {
                var start = _lexer.Start;
                var operation = ParseOperationType();
                Expect(TokenKind.Colon);
                var type = ParseNamedType();
                Push(new OperationTypeDefinitionNode(operation, type) { Range = Close(start) });
            }
            while (!Skip(TokenKind.BraceRight));

            operations = Take<OperationTypeDefinitionNode>(mark);
        }

        RequireContent(form, directives.Length + operations.Length);
        return new SchemaDefinitionNode(operations)
        {
            IsExtension = form == Form.Extension,
            Description = begin.Description,
            Directives = directives,
            Range = Close(begin.Position),
        };
    }

    private ScalarTypeDefinitionNode ParseScalar(DefinitionStart begin, Form form)
    {
        Advance();
        var name = ParseName();
        var directives = ParseDirectives(Constancy.Constant);
        RequireContent(form, directives.Length);
        return new ScalarTypeDefinitionNode(name)
        {
            IsExtension = form == Form.Extension,
            Description = begin.Description,
            Directives = directives,
            Range = Close(begin.Position),
        };
    }

    private ObjectTypeDefinitionNode ParseObjectType(DefinitionStart begin, Form form)
    {
        var parts = ParseComplexType(form);
        return new ObjectTypeDefinitionNode(parts.Name)
        {
            IsExtension = form == Form.Extension,
            Description = begin.Description,
            Interfaces = parts.Interfaces,
            Directives = parts.Directives,
            Fields = parts.Fields,
            Range = Close(begin.Position),
        };
    }

    private InterfaceTypeDefinitionNode ParseInterface(DefinitionStart begin, Form form)
    {
        var parts = ParseComplexType(form);
        return new InterfaceTypeDefinitionNode(parts.Name)
        {
            IsExtension = form == Form.Extension,
            Description = begin.Description,
            Interfaces = parts.Interfaces,
            Directives = parts.Directives,
            Fields = parts.Fields,
            Range = Close(begin.Position),
        };
    }

    private ComplexParts ParseComplexType(Form form)
    {
        Advance();
        var name = ParseName();
        var interfaces = SkipKeyword("implements"u8) ? ParseTypeNames(TokenKind.Ampersand) : [];
        var directives = ParseDirectives(Constancy.Constant);
        ImmutableArray<FieldDefinitionNode> fields = [];
        if (Skip(TokenKind.BraceLeft))
        {
            var mark = _pendingCount;
            do
            {
                Push(ParseFieldDefinition());
            }
            while (!Skip(TokenKind.BraceRight));

            fields = Take<FieldDefinitionNode>(mark);
        }

        RequireContent(form, interfaces.Length + directives.Length + fields.Length);
        return new ComplexParts(name, interfaces, directives, fields);
    }

    private FieldDefinitionNode ParseFieldDefinition()
    {
        var start = _lexer.Start;
        var description = ParseDescription();
        var name = ParseName();
        var arguments = ParseInputValues(TokenKind.ParenLeft, TokenKind.ParenRight);
        Expect(TokenKind.Colon);
        var type = ParseTypeReference();
        var directives = ParseDirectives(Constancy.Constant);
        return new FieldDefinitionNode(name, type)
        {
            Description = description,
            Arguments = arguments,
            Directives = directives,
            Range = Close(start),
        };
    }

    private ImmutableArray<InputValueDefinitionNode> ParseInputValues(TokenKind open, TokenKind close)
    {
        if (!Skip(open))
        {
            return [];
        }

        var mark = _pendingCount;
        do
        {
            var start = _lexer.Start;
            var description = ParseDescription();
            var name = ParseName();
            Expect(TokenKind.Colon);
            var type = ParseTypeReference();
            var defaultValue = Skip(TokenKind.Equal) ? ParseValue(Constancy.Constant) : null;
            var directives = ParseDirectives(Constancy.Constant);
            Push(new InputValueDefinitionNode(name, type)
            {
                Description = description,
                DefaultValue = defaultValue,
                Directives = directives,
                Range = Close(start),
            });
        }
        while (!Skip(close));

        return Take<InputValueDefinitionNode>(mark);
    }

    private UnionTypeDefinitionNode ParseUnion(DefinitionStart begin, Form form)
    {
        Advance();
        var name = ParseName();
        var directives = ParseDirectives(Constancy.Constant);
        var types = Skip(TokenKind.Equal) ? ParseTypeNames(TokenKind.Pipe) : [];
        RequireContent(form, directives.Length + types.Length);
        return new UnionTypeDefinitionNode(name)
        {
            IsExtension = form == Form.Extension,
            Description = begin.Description,
            Directives = directives,
            Types = types,
            Range = Close(begin.Position),
        };
    }

    private ImmutableArray<NamedTypeNode> ParseTypeNames(TokenKind separator)
    {
        Skip(separator);
        var mark = _pendingCount;
        do
        {
            Push(ParseNamedType());
        }
        while (Skip(separator));

        return Take<NamedTypeNode>(mark);
    }

    private EnumTypeDefinitionNode ParseEnum(DefinitionStart begin, Form form)
    {
        Advance();
        var name = ParseName();
        var directives = ParseDirectives(Constancy.Constant);
        ImmutableArray<EnumValueDefinitionNode> values = [];
        if (Skip(TokenKind.BraceLeft))
        {
            var mark = _pendingCount;
            do
            {
                Push(ParseEnumValue());
            }
            while (!Skip(TokenKind.BraceRight));

            values = Take<EnumValueDefinitionNode>(mark);
        }

        RequireContent(form, directives.Length + values.Length);
        return new EnumTypeDefinitionNode(name)
        {
            IsExtension = form == Form.Extension,
            Description = begin.Description,
            Directives = directives,
            Values = values,
            Range = Close(begin.Position),
        };
    }

    private EnumValueDefinitionNode ParseEnumValue()
    {
        var start = _lexer.Start;
        var description = ParseDescription();
        if (IsKeyword("true"u8) || IsKeyword("false"u8) || IsKeyword("null"u8))
        {
            throw Malformed(
                _lexer.Start, $"{_lexer.Describe()} is reserved and cannot be used for an enum value.");
        }

        var name = ParseName();
        var directives = ParseDirectives(Constancy.Constant);
        return new EnumValueDefinitionNode(name)
        {
            Description = description,
            Directives = directives,
            Range = Close(start),
        };
    }

    private InputObjectTypeDefinitionNode ParseInputObject(DefinitionStart begin, Form form)
    {
        Advance();
        var name = ParseName();
        var directives = ParseDirectives(Constancy.Constant);
        var fields = ParseInputValues(TokenKind.BraceLeft, TokenKind.BraceRight);
        RequireContent(form, directives.Length + fields.Length);
        return new InputObjectTypeDefinitionNode(name)
        {
            IsExtension = form == Form.Extension,
            Description = begin.Description,
            Directives = directives,
            Fields = fields,
            Range = Close(begin.Position),
        };
    }

    private DirectiveDefinitionNode ParseDirectiveDefinition(DefinitionStart begin)
    {
        Advance();
        Expect(TokenKind.At);
        var name = ParseName();
        var arguments = ParseInputValues(TokenKind.ParenLeft, TokenKind.ParenRight);
        var isRepeatable = SkipKeyword("repeatable"u8);
        ExpectKeyword("on"u8);
        Skip(TokenKind.Pipe);
        var locations = ImmutableArray.CreateBuilder<NameNode>();
        do
        {
            locations.Add(ParseDirectiveLocation());
        }
        while (Skip(TokenKind.Pipe));

        return new DirectiveDefinitionNode(name)
        {
            Description = begin.Description,
            Arguments = arguments,
            IsRepeatable = isRepeatable,
            Locations = locations.DrainToImmutable(),
            Range = Close(begin.Position),
        };
    }

    private NameNode ParseDirectiveLocation()
    {
        var unexpected = _lexer.Kind == TokenKind.Name && !DirectiveLocations.IsKnown(_lexer.Bytes) ? Unexpected() : null;
        var name = ParseName();
        return unexpected is null ? name : throw unexpected;
    }

    private readonly void RequireContent(Form form, int parts)
    {
        if (form == Form.Extension && parts == 0)
        {
            throw Unexpected();
        }
    }

    private enum Form
    {
        Definition,
        Extension,
    }

    private readonly record struct ComplexParts(
        NameNode Name,
        ImmutableArray<NamedTypeNode> Interfaces,
        ImmutableArray<DirectiveNode> Directives,
        ImmutableArray<FieldDefinitionNode> Fields);
}
