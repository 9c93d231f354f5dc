using System.Text;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>Writes schema documents: mostly valid ones, with a small chance of every kind of mistake.</summary>
internal sealed class SchemaGenerator(Chance chance, int mistakes)
{
    private readonly StringBuilder _text = new();
    private readonly List<string> _objects = [];
    private readonly List<string> _interfaces = [];
    private readonly List<string> _unions = [];
    private readonly List<string> _enums = [];
    private readonly List<string> _inputs = [];
    private readonly List<string> _scalars = ["Int", "Float", "String", "Boolean", "ID"];
    private readonly Dictionary<string, List<string>> _interfaceFields = [];
    private readonly Dictionary<string, List<string>> _ancestors = [];

    public string Write()
    {
        Name(_interfaces, "N", 0, 3);
        Name(_objects, "O", 1, 5);
        Name(_unions, "U", 0, 2);
        Name(_enums, "E", 0, 3);
        Name(_inputs, "I", 0, 3);
        Name(_scalars, "S", 0, 1);
        var blocks = new List<Action>();
        blocks.AddRange(_interfaces.Select(name => (Action)(() => Interface(name))));
        foreach (var block in blocks)
        {
            block();
        }

        Object("Query");
        if (chance.Percent(40))
        {
            Object("Mutation");
        }

        if (chance.Percent(30))
        {
            Object("Subscription");
        }

        _objects.ForEach(Object);
        _unions.ForEach(Union);
        _enums.ForEach(Enum);
        _inputs.ForEach(Input);
        _scalars.Skip(5).ToList().ForEach(name =>
            Line($"{Description()}scalar {name}{(chance.Percent(30) ? " @specifiedBy(url: \"https://x\")" : "")}"));
        Directives();
        Extensions();
        return _text.ToString();
    }

    private bool Mistake() => chance.Below(1000) < mistakes;

    private void Line(string text) => _text.Append(text).Append(chance.Percent(80) ? "\n" : "\r\n\n");

    private void Name(List<string> names, string letter, int low, int high)
    {
        for (var count = chance.Between(low, high); count > 0; count--)
        {
            names.Add(Mistake() ? chance.Of("__Bad", letter + "0", "Query") : $"{letter}{names.Count}");
        }
    }

    private string Description() => chance.Below(12) switch
    {
        0 => "\"described\"\n",
        1 => "\"\"\"\n  in\n    lines\n\"\"\"\n",
        2 => "\"with \\\"quotes\\\" é\"\n",
        _ => "",
    };

    private string Output() => Wrap(Mistake()
        ? chance.Of("Nowhere", "I0", "I1", "Strng")
        : chance.Of([.. _scalars, .. _objects, .. _interfaces, .. _unions, .. _enums, .. _scalars]));

    private string Input() => Wrap(Mistake()
        ? chance.Of("Nowhere", "O0", "U0", "Query")
        : chance.Of([.. _scalars, .. _enums, .. _inputs, .. _scalars]));

    private string Wrap(string type)
    {
        var text = type + (chance.Percent(25) ? "!" : "");
        if (chance.Percent(25))
        {
            text = $"[{text}]" + (chance.Percent(30) ? "!" : "");
        }

        return text;
    }

    private string Deprecated() => chance.Below(15) switch
    {
        0 => " @deprecated",
        1 => " @deprecated(reason: \"old\")",
        _ => Mistake() ? " " + chance.Of("@nowhere", "@skip(if: true)", "@deprecated @deprecated", "@deprecated(why: 1)") : "",
    };

    private string Default(string type)
    {
        if (type.EndsWith('!') && chance.Percent(80))
        {
            return "";
        }

        return chance.Below(6) == 0 ? $" = {(Mistake() ? Literal(chance.Of(_scalars)) : Literal(type))}" : "";
    }

    private string Literal(string type)
    {
        if (!type.EndsWith('!') && chance.Percent(10))
        {
            return "null";
        }

        type = type.TrimEnd('!');
        if (type.StartsWith('['))
        {
            return $"[{string.Join(", ", Enumerable.Range(0, chance.Below(3)).Select(_ => Literal(type[1..^1])))}]";
        }

        return type switch
        {
            "Int" => chance.Of("0", "-5", "2147483647"),
            "Float" => chance.Of("1.5", "2", "-1e3"),
            "Boolean" => chance.Of("true", "false"),
            "ID" => chance.Of("\"id\"", "7"),
            ['E', ..] => $"V{chance.Below(2)}",
            ['I', ..] => "{}",
            _ => chance.Of("\"text\"", "\"\"\"block\"\"\"", "\"\\u00e9\""),
        };
    }

    private string Arguments()
    {
        if (chance.Percent(65))
        {
            return "";
        }

        var arguments = Enumerable.Range(0, chance.Between(1, 3)).Select(index =>
        {
            var type = Input();
            var name = Mistake() ? "a0" : $"a{index}";
            return $"{(chance.Percent(8) ? "\"arg\" " : "")}{name}: {type}{Default(type)}" +
                (type.EndsWith('!') && !Mistake() ? "" : Deprecated());
        });
        return $"({string.Join(chance.Of(", ", " ", "\n  "), arguments)})";
    }

    private string Field(int index) => Field("f", index);

    private string Field(string prefix, int index) =>
        $"{Description()}{(Mistake() ? chance.Of("f0", "__f") : $"{prefix}{index}")}{Arguments()}: {Output()}{Deprecated()}";

    private void Interface(string name)
    {
        var inherited = _interfaceFields.Keys.Where(_ => chance.Percent(25)).Take(1).ToList();
        var all = inherited.SelectMany(i => _ancestors[i].Prepend(i)).Distinct().Where(_ => !Mistake()).ToList();
        var fields = all.SelectMany(i => _interfaceFields[i]).Distinct().ToList();
        fields.AddRange(Enumerable.Range(0, chance.Between(1, 2)).Select(i => Field(name.ToLowerInvariant(), i)));
        _interfaceFields[name] = fields;
        _ancestors[name] = all;
        Complex("interface", name, all, fields);
    }

    private void Object(string name)
    {
        var chosen = _interfaceFields.Keys.Where(_ => chance.Percent(35)).ToList();
        var all = chosen.SelectMany(i => _ancestors[i].Prepend(i)).Distinct().Where(_ => !Mistake()).ToList();
        var fields = all.SelectMany(i => _interfaceFields[i]).Distinct().Where(_ => !Mistake()).ToList();
        fields.AddRange(Enumerable.Range(0, chance.Between(Mistake() ? 0 : 1, 4)).Select(Field));
        if (Mistake())
        {
            all.Add(chance.Of(name, "N0", "O0", "E0"));
        }

        Complex("type", name, all, fields);
    }

    private void Complex(string keyword, string name, List<string> interfaces, List<string> fields)
    {
        var implements = interfaces.Count == 0 ? "" : $" implements {string.Join(" & ", interfaces)}";
        var body = fields.Count == 0 ? "" : $" {{\n  {string.Join("\n  ", fields)}\n}}";
        Line($"{Description()}{keyword} {name}{implements}{body}");
    }

    private void Union(string name)
    {
        var members = _objects.Where(_ => chance.Percent(50)).ToList();
        if (members.Count == 0 && !Mistake())
        {
            members.Add(_objects[0]);
        }

        if (Mistake())
        {
            members.Add(chance.Of("E0", "N0", _objects[0], "Nowhere"));
        }

        Line($"{Description()}union {name}{(members.Count == 0 ? "" : " = ")}{string.Join(" | ", members)}");
    }

    private void Enum(string name)
    {
        var values = Enumerable.Range(0, chance.Between(Mistake() ? 0 : 2, 3))
            .Select(i => $"{Description()}{(Mistake() ? chance.Of("V0", "__V") : $"V{i}")}{Deprecated()}").ToList();
        Line($"{Description()}enum {name}{(values.Count == 0 ? "" : $" {{ {string.Join(" ", values)} }}")}");
    }

    private void Input(string name)
    {
        var isOneOf = chance.Percent(20);
        var fields = Enumerable.Range(0, chance.Between(Mistake() ? 0 : 1, 3)).Select(i =>
        {
            var type = Input();
            type = type.Contains('I', StringComparison.Ordinal) || isOneOf ? type.TrimEnd('!') : type;
            type = Mistake() ? type + "!" : type;
            var value = isOneOf && !Mistake() ? "" : Default(type);
            return $"{Description()}{(Mistake() ? "i0" : $"i{i}")}: {type.Replace("!!", "!", StringComparison.Ordinal)}" +
                $"{value}{(type.EndsWith('!') && !Mistake() ? "" : Deprecated())}";
        }).ToList();
        var body = fields.Count == 0 ? "" : $" {{ {string.Join("\n  ", fields)} }}";
        Line($"{Description()}input {name}{(isOneOf ? " @oneOf" : "")}{body}");
    }

    private void Directives()
    {
        for (var index = chance.Below(3); index > 0; index--)
        {
            var name = Mistake() ? chance.Of("skip", "__d") : $"d{index}";
            var places = chance.Of("FIELD", "QUERY | FIELD", "FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT", "VARIABLE_DEFINITION");
            Line($"{Description()}directive @{name}{Arguments()}{(chance.Percent(30) ? " repeatable" : "")} on {places}");
        }
    }

    private void Extensions()
    {
        if (chance.Percent(20))
        {
            Line($"extend type {(Mistake() ? chance.Of("E0", "Nowhere") : "Query")} {{ {Field("x", 9)} }}");
        }

        if (_enums.Count > 0 && chance.Percent(10))
        {
            Line($"extend enum {_enums[0]} {{ {(Mistake() ? "V0" : "W0")} }}");
        }

        if (Mistake())
        {
            Line(chance.Of(
                "schema { query: Query query: O0 }", "schema { query: E0 }", "extend schema { query: Query }",
                "schema { mutation: Query }", "type Query { a: Int }", "extend input Query { a: Int }",
                "extend union O0 = O0", "extend interface Nowhere @x", "schema { query: Query } schema { query: Query }"));
        }
    }
}
