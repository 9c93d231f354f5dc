using System.Collections;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Platform.GraphQL.TypeSystem;

/// <summary>How error messages show values: short, two levels deep, ten elements of a list.</summary>
internal static class ValueText
{
    private const int DeepestLevel = 2;
    private const int LongestList = 10;

    public static string Of(object? value) => value switch
    {
        null => "null",
        string text => Quote(text),
        bool truth => truth ? "true" : "false",
        JsonElement json => Of(json),
        IEnumerable and not IFormattable => $"[{value.GetType().Name}]",
        IFormattable formattable => formattable.ToString(null, CultureInfo.InvariantCulture),
        _ => $"[{value.GetType().Name}]",
    };

    public static string Of(JsonElement value)
    {
        var text = new StringBuilder();
        Append(text, value, 0);
        return text.ToString();
    }

    public static string Quote(string text)
    {
        var quoted = new StringBuilder("\"");
        foreach (var unit in text)
        {
            _ = unit switch
            {
                '"' or '\\' => quoted.Append('\\').Append(unit),
                '\b' => quoted.Append("\\b"),
                '\t' => quoted.Append("\\t"),
                '\n' => quoted.Append("\\n"),
                '\f' => quoted.Append("\\f"),
                '\r' => quoted.Append("\\r"),
                < ' ' => quoted.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:x4}"),
                _ => quoted.Append(unit),
            };
        }

        return quoted.Append('"').ToString();
    }

    private static void Append(StringBuilder text, JsonElement value, int level)
    {
        switch (value.ValueKind)
        {
            case JsonValueKind.String:
                text.Append(Quote(value.GetString()!));
                break;
            case JsonValueKind.Number:
                text.Append(ScriptNumber.Text(value.GetDouble()));
                break;
            case JsonValueKind.Array:
                AppendList(text, value, level);
                break;
            case JsonValueKind.Object:
                AppendObject(text, value, level);
                break;
            default:
                text.Append(value.GetRawText());
                break;
        }
    }

    private static void AppendList(StringBuilder text, JsonElement list, int level)
    {
        var length = list.GetArrayLength();
        if (length > 0 && level >= DeepestLevel)
        {
            text.Append("[Array]");
            return;
        }

        text.Append('[');
        for (var index = 0; index < Math.Min(length, LongestList); index++)
        {
            text.Append(index == 0 ? "" : ", ");
            Append(text, list[index], level + 1);
        }

        var rest = length - LongestList;
        text.Append(rest <= 0 ? "" : rest == 1 ? ", ... 1 more item" : $", ... {rest} more items").Append(']');
    }

    private static void AppendObject(StringBuilder text, JsonElement map, int level)
    {
        var isEmpty = !map.EnumerateObject().MoveNext();
        if (isEmpty || level >= DeepestLevel)
        {
            text.Append(isEmpty ? "{}" : "[Object]");
            return;
        }

        var separator = "{ ";
        foreach (var property in map.EnumerateObject())
        {
            text.Append(separator).Append(property.Name).Append(": ");
            Append(text, property.Value, level + 1);
            separator = ", ";
        }

        text.Append(" }");
    }
}
