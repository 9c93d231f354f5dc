using System.Globalization;

namespace Platform.Intelligence.Learning.XgboostFormat;

/// <summary>The file is JSON but not a model that can be evaluated here; the sentence says where and why.</summary>
internal sealed class FormatRefused(string reason) : Exception(reason);

/// <summary>Typed access to a parsed file. What is absent or of another type is refused by its full name.</summary>
internal sealed class JsonPath(object? value, string name)
{
    public string Name { get; } = name;

    public JsonPath this[string member] => Members().TryGetValue(member, out var found)
        ? new JsonPath(found, $"{Name}.{member}")
        : throw new FormatRefused($"{Name}.{member} is absent");

    public JsonPath? Optional(string member) =>
        Members().TryGetValue(member, out var found) ? new JsonPath(found, $"{Name}.{member}") : null;

    public Dictionary<string, object?> Members() => value as Dictionary<string, object?>
        ?? throw new FormatRefused($"{Name} is not an object");

    public string Text() => value as string ?? throw new FormatRefused($"{Name} is not a string");

    public IReadOnlyList<JsonPath> List() => value switch
    {
        List<object?> list => [.. list.Select((item, i) => new JsonPath(item, $"{Name}[{i}]"))],
        JsonNumbers { Values.Length: 0 } => [],
        _ => throw new FormatRefused($"{Name} is not a list"),
    };

    /// <summary>Single-precision numbers. Which of them must be finite is judged where they are used.</summary>
    public float[] Floats(int length) => [.. Numbers(length).Select(number => (float)number)];

    public int[] Integers(int length) => [.. Numbers(length).Select(Integer)];

    public int[] Integers() => [.. Raw().Select(Integer)];

    /// <summary>Flags are written 0 and 1, by some versions true and false.</summary>
    public bool[] Flags(int length) => value is List<object?> list && list.Count == length && list.All(item => item is bool)
        ? [.. list.Select(item => (bool)item!)]
        : [.. Numbers(length).Select(number => number is 0 or 1
            ? number == 1
            : throw new FormatRefused($"{Name} holds something other than 0 and 1"))];

    /// <summary>Parameters are strings that hold integers.</summary>
    public int Count(int most)
    {
        var text = Text();
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count <= most
            ? count
            : throw new FormatRefused($"{Name} is {Shorten(text)}; a count of at most {most} is expected");
    }

    public static string Shorten(string text) => text.Length <= 40 ? text : text[..40] + "…";

    private int Integer(double number) => number >= int.MinValue && number <= uint.MaxValue && number == Math.Floor(number)
        ? (int)Math.Min(number, int.MaxValue)
        : throw new FormatRefused($"{Name} holds {number.ToString(CultureInfo.InvariantCulture)}, not an index");

    private double[] Raw() => value is JsonNumbers numbers
        ? numbers.Values
        : throw new FormatRefused($"{Name} is not a list of numbers");

    private double[] Numbers(int length) => Raw() is var raw && raw.Length == length
        ? raw
        : throw new FormatRefused($"{Name} has {raw.Length} entries; {length} are expected");
}
