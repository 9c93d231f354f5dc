using System.Text;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>Writes executable documents for a schema: mostly valid ones, with a small chance of every mistake.</summary>
internal sealed class DocumentGenerator(Schema schema, Chance chance, int mistakes)
{
    private readonly StringBuilder _text = new();
    private readonly List<(string Name, CompositeType Type)> _fragments = [];
    private readonly Dictionary<string, string> _variables = [];
    private readonly List<CompositeType> _composites =
        [.. schema.Types.OfType<CompositeType>().Where(type => !type.IsIntrospection)];

    /// <summary>The variables that the first operation declares, by name, with their types.</summary>
    public Dictionary<string, string> Declared { get; } = [];

    public string Write()
    {
        for (var count = chance.Below(4); count > 0; count--)
        {
            _fragments.Add((Mistake() ? "F0" : $"F{_fragments.Count}", chance.Of(_composites)));
        }

        var operations = chance.Percent(85) ? 1 : 2;
        var bodies = new List<string>();
        for (var index = 0; index < operations; index++)
        {
            bodies.Add(Operation(operations == 1 && chance.Percent(60) ? null : Mistake() ? "Q0" : $"Q{index}", index));
        }

        foreach (var (name, type) in _fragments)
        {
            _text.Clear();
            Set(type, 2);
            var condition = Mistake() ? chance.Of("Nowhere", "Int", "I0") : type.Name;
            bodies.Add($"fragment {name} on {condition}{Directives("FRAGMENT_DEFINITION")} {_text}");
        }

        return string.Join(chance.Of("\n", " ", "\n\n"), bodies);
    }

    private bool Mistake() => chance.Below(1000) < mistakes;

    private string Operation(string? name, int index)
    {
        _text.Clear();
        _variables.Clear();
        var kinds = new[] { OperationType.Query, OperationType.Mutation, OperationType.Subscription }
            .Where(kind => schema.RootType(kind) is not null && (kind == OperationType.Query || chance.Percent(40)));
        var operation = kinds.Last();
        Set(schema.RootType(operation)!, operation == OperationType.Subscription ? 3 : 4, operation);
        if (Mistake())
        {
            _variables["unused"] = "Int";
        }

        if (_variables.Count > 0 && Mistake())
        {
            _variables.Remove(_variables.Keys.First());
        }

        if (index == 0)
        {
            foreach (var (variable, type) in _variables)
            {
                Declared[variable] = type;
            }
        }

        var declarations = _variables.Select(v => $"${v.Key}: {v.Value}{VariableDefault(v.Value)}{Directives("VARIABLE_DEFINITION")}");
        var variables = _variables.Count == 0 ? "" : $"({string.Join(", ", declarations)})";
        var keyword = operation.ToString().ToLowerInvariant();
        var isShort = name is null && variables.Length == 0 && operation == OperationType.Query && chance.Percent(70);
        return isShort ? _text.ToString() : $"{keyword} {name}{variables}{Directives(keyword.ToUpperInvariant())} {_text}";
    }

    private string VariableDefault(string type) =>
        chance.Percent(20) && schema.FindType(GraphQLDocument.ParseType(type)) is { IsInput: true } input
            ? $" = {Value(input, 2, allowVariables: false)}"
            : "";

    private void Set(CompositeType type, int depth, OperationType? root = null)
    {
        _text.Append('{').Append(Gap());
        var count = root == OperationType.Subscription && !Mistake() ? 1 : chance.Between(1, 4);
        for (var index = 0; index < count; index++)
        {
            Selection(type, depth, root);
            _text.Append(Gap());
        }

        _text.Append('}');
    }

    private string Gap() => chance.Of(" ", "\n", "\n  ", " ", ", ");

    private void Selection(CompositeType type, int depth, OperationType? root)
    {
        var kind = chance.Below(20);
        if (kind < 14 || depth <= 0 || root == OperationType.Subscription)
        {
            Field(type, depth, root);
        }
        else if (kind < 17)
        {
            var related = Related(type);
            var condition = chance.Percent(20) ? null : Mistake() ? chance.Of("Nowhere", "String") : related.Name;
            _text.Append("... ").Append(condition is null ? "" : $"on {condition} ").Append(Directives("INLINE_FRAGMENT"));
            Set(condition is null ? type : related, depth - 1);
        }
        else
        {
            var fitting = _fragments.Where(f => f.Type.Overlaps(type)).Select(f => f.Name).ToList();
            var name = Mistake() ? chance.Of("Nowhere", "F0", "F1") : fitting.Count > 0 ? chance.Of(fitting) : null;
            _text.Append(name is null ? "__typename" : $"...{name}{Directives("FRAGMENT_SPREAD")}");
        }
    }

    private CompositeType Related(CompositeType type)
    {
        var related = Mistake() ? _composites : _composites.FindAll(other => other.Overlaps(type));
        return chance.Of(related.Count > 0 ? related : [type]);
    }

    private void Field(CompositeType type, int depth, OperationType? root)
    {
        var fields = (type as ComplexType)?.Fields.ToList() ?? [];
        var field = fields.Count == 0 || (chance.Percent(5) && root != OperationType.Subscription) ? null : chance.Of(fields);
        if (chance.Percent(15))
        {
            _text.Append(chance.Of("x", "y", "f0", "f1")).Append(": ");
        }

        if (field is null || Mistake())
        {
            _text.Append(Mistake() ? chance.Of("nowhere", "f", "f9", "__schema", "__type") : "__typename");
            return;
        }

        _text.Append(field.Name).Append(Arguments(field.Arguments)).Append(Directives("FIELD"));
        if (field.Type.Named is CompositeType inner ? !Mistake() : Mistake())
        {
            _text.Append(' ');
            var below = field.Type.Named as CompositeType ?? type;
            if (depth <= 0)
            {
                _text.Append("{ __typename }");
            }
            else
            {
                Set(below, depth - 1);
            }
        }
    }

    private string Arguments(IReadOnlyList<InputValueDefinition> parameters)
    {
        var given = new List<string>();
        foreach (var parameter in parameters)
        {
            if (parameter.IsRequired ? !Mistake() : chance.Percent(40))
            {
                given.Add($"{parameter.Name}: {Value(parameter.Type, 2, allowVariables: true)}");
            }
        }

        if (Mistake())
        {
            given.Add(chance.Of("a0: 1", "nowhere: {b: [$x]}", "a1: null", "a9: $y"));
        }

        return given.Count == 0 ? "" : $"({string.Join(chance.Of(", ", " "), given)})";
    }

    private string Directives(string place)
    {
        if (Mistake())
        {
            return " " + chance.Of("@nowhere(a0: 1)", "@skip", "@include(if: 1)", "@deprecated", "@d1", "@skip(if: true) @skip(if: false)");
        }

        var usable = schema.DirectiveTypes
            .Where(d => d.Locations.Any(location => DirectiveLocations.NamesOf(location).First() == place)).ToList();
        if (usable.Count == 0 || chance.Percent(90))
        {
            return "";
        }

        var directive = chance.Of(usable);
        return $" @{directive.Name}{(place == "VARIABLE_DEFINITION" ? ConstantArguments(directive) : Arguments(directive.Arguments))}";
    }

    private string ConstantArguments(DirectiveType directive)
    {
        var given = directive.Arguments.Where(a => a.IsRequired)
            .Select(a => $"{a.Name}: {Value(a.Type, 1, allowVariables: false)}").ToList();
        return given.Count == 0 ? "" : $"({string.Join(", ", given)})";
    }

    private string Value(GraphQLType type, int depth, bool allowVariables)
    {
        if (allowVariables && chance.Percent(12))
        {
            var variableType = Mistake() ? chance.Of("Int", "[String!]", "Nowhere", "Boolean!") : type.ToString()!;
            var name = $"v{_variables.Count}";
            _variables[name] = !variableType.EndsWith('!') && chance.Percent(20) ? variableType + "!" : variableType;
            return $"${name}";
        }

        if (Mistake())
        {
            return chance.Of("1", "-1.5", "\"s\"", "true", "null", "V9", "[1, [2]]", "{i0: 1, nowhere: null}", "99999999999", "\"\"\"b\"\"\"");
        }

        switch (type)
        {
            case NonNullType nonNull:
                return NonNull(nonNull.Inner, depth, allowVariables);
            default:
                return chance.Percent(8) ? "null" : NonNull(type, depth, allowVariables);
        }
    }

    private string NonNull(GraphQLType type, int depth, bool allowVariables) => type switch
    {
        ListType list when chance.Percent(15) && list.Item.Nullable is not ListType => Value(list.Item, depth, allowVariables),
        ListType list => $"[{string.Join(", ", Enumerable.Range(0, chance.Below(3)).Select(_ => Value(list.Item, depth, allowVariables)))}]",
        EnumType names => names.Values.Count == 0 ? "X" : chance.Of([.. names.Values]).Name,
        InputObjectType input => InputObject(input, depth, allowVariables),
        _ => type.ToString() switch
        {
            "Int" => chance.Of("0", "42", "-7"),
            "Float" => chance.Of("1.5", "3", "-2e-3"),
            "Boolean" => chance.Of("true", "false"),
            "ID" => chance.Of("\"x\"", "12"),
            _ => chance.Of("\"text\"", "\"\"\"two\n  lines\"\"\"", "\"\\u{1F600} é\""),
        },
    };

    private string InputObject(InputObjectType type, int depth, bool allowVariables)
    {
        var fields = type.Fields.ToList();
        if (depth < -3)
        {
            return "{}"; // A OneOf whose only field is itself has no finite value.
        }

        var chosen = type.IsOneOf && !Mistake()
            ? [chance.Of(fields)]
            : fields.Where(f => f.IsRequired ? !Mistake() : depth > 0 && chance.Percent(50)).ToList();
        var given = chosen.Select(f =>
            $"{f.Name}: {(type.IsOneOf && !Mistake() ? NonNull(f.Type.Nullable, depth - 1, false) : Value(f.Type, depth - 1, allowVariables))}");
        return $"{{{string.Join(", ", given)}}}";
    }
}
