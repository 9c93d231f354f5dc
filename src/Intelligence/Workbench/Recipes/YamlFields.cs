using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace Platform.Intelligence.Workbench.Recipes;

/// <summary>
/// The fields of one mapping, read strictly: what is absent, of the wrong kind, out of bounds or not asked for becomes
/// a fault with its line. Reading goes on, so that a person sees all faults at once.
/// </summary>
internal sealed class YamlFields
{
    private readonly Dictionary<string, (YamlNode Value, int Line)> _fields = new(StringComparer.Ordinal);
    private readonly HashSet<string> _asked = new(StringComparer.Ordinal);
    private readonly List<RecipeFault> _faults;
    private readonly string _where;

    public YamlFields(YamlNode? node, string where, int line, List<RecipeFault> faults)
    {
        (_where, _faults, Line) = (where, faults, line);
        if (node is not YamlMappingNode mapping)
        {
            if (node is not null)
            {
                Fault(line, $"{where} must be fields with values");
            }

            return;
        }

        foreach (var (key, value) in mapping.Children)
        {
            var at = (int)key.Start.Line;
            if (key is not YamlScalarNode { Value: { } name })
            {
                Fault(at, $"{where} has a key that is not a word");
                continue;
            }

            _fields[name] = (value, at);
        }
    }

    public int Line { get; }

    public IEnumerable<string> Names => _fields.Keys;

    public string Text(string name) => Optional(name) ?? Absent(name, "");

    public string? Optional(string name)
    {
        if (Ask(name) is not { } field)
        {
            return null;
        }

        if (field.Value is YamlScalarNode { Value: { Length: > 0 } text })
        {
            return text;
        }

        Fault(field.Line, $"{Path(name)} must be text");
        return null;
    }

    /// <summary>One of the words that are allowed.</summary>
    public string Choice(string name, params string[] allowed)
    {
        var text = Text(name);
        if (text.Length > 0 && !allowed.Contains(text, StringComparer.Ordinal))
        {
            Fault(_fields[name].Line, $"{Path(name)} is {text}; it must be one of {string.Join(", ", allowed)}");
        }

        return text;
    }

    public bool Flag(string name)
    {
        var text = Optional(name);
        if (text is not (null or "true" or "false"))
        {
            Fault(_fields[name].Line, $"{Path(name)} is {text}; it must be true or false");
        }

        return text == "true";
    }

    public double? OptionalNumber(string name, double least, double most) =>
        Optional(name) is { } text ? Number(name, text, _fields[name].Line, least, most) : null;

    public double Number(string name, double least, double most) =>
        OptionalNumber(name, least, most) ?? (_fields.ContainsKey(name) ? least : Absent(name, least));

    /// <summary>A number, or several of them to choose from.</summary>
    public IReadOnlyList<double>? Numbers(string name, double least, double most)
    {
        if (Ask(name) is not { } field)
        {
            return null;
        }

        YamlNode[] nodes = field.Value is YamlSequenceNode list ? [.. list.Children] : [field.Value];
        if (nodes.Length is 0 or > 8)
        {
            Fault(field.Line, $"{Path(name)} must be one to eight numbers");
        }

        return [.. nodes.Select(node => Number(name, (node as YamlScalarNode)?.Value ?? "a list", (int)node.Start.Line, least, most))];
    }

    public IReadOnlyList<string> Texts(string name)
    {
        if (Ask(name) is not { } field)
        {
            return [];
        }

        if (field.Value is YamlSequenceNode list && list.Children.All(item => item is YamlScalarNode { Value.Length: > 0 }))
        {
            return [.. list.Children.Select(item => ((YamlScalarNode)item).Value!)];
        }

        Fault(field.Line, $"{Path(name)} must be a list of words");
        return [];
    }

    /// <summary>The fields of a mapping inside this one.</summary>
    public YamlFields Inner(string name)
    {
        var field = Ask(name);
        if (field is null)
        {
            Absent(name, 0);
        }

        return new YamlFields(field?.Value, Path(name), field?.Line ?? Line, _faults);
    }

    /// <summary>The mappings of a list.</summary>
    public IReadOnlyList<YamlFields> Many(string name)
    {
        if (Ask(name) is not { } field)
        {
            Absent(name, 0);
            return [];
        }

        if (field.Value is not YamlSequenceNode { Children.Count: > 0 } list)
        {
            Fault(field.Line, $"{Path(name)} must be a list that is not empty");
            return [];
        }

        return [.. list.Children.Select((item, i) => new YamlFields(item, $"{Path(name)}[{i + 1}]", (int)item.Start.Line, _faults))];
    }

    /// <summary>What nobody asked for is a misspelt name, and must not be ignored.</summary>
    public void RefuseOthers()
    {
        foreach (var (name, (_, line)) in _fields)
        {
            if (!_asked.Contains(name))
            {
                Fault(line, $"{Path(name)} is not known; {Near()}");
            }
        }
    }

    public void Fault(string name, string what) => Fault(_fields.TryGetValue(name, out var field) ? field.Line : Line, what);

    private string Near() => $"known here: {string.Join(", ", _asked.Order(StringComparer.Ordinal))}";

    private (YamlNode Value, int Line)? Ask(string name)
    {
        _asked.Add(name);
        return _fields.TryGetValue(name, out var field) ? field : null;
    }

    private double Number(string name, string text, int line, double least, double most)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && number >= least && number <= most)
        {
            return number;
        }

        Fault(line, FormattableString.Invariant($"{Path(name)} is {text}; it must be a number from {least} to {most}"));
        return least;
    }

    private T Absent<T>(string name, T instead)
    {
        if (!_fields.ContainsKey(name))
        {
            Fault(Line, $"{Path(name)} is missing");
        }

        return instead;
    }

    private string Path(string name) => _where.Length == 0 ? name : $"{_where}.{name}";

    private void Fault(int line, string what) => _faults.Add(new RecipeFault(line, what));
}
