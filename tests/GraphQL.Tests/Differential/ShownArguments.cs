using System.Text.Json;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.Differential;

/// <summary>Coerced arguments as JSON.stringify shows them.</summary>
internal static class ShownArguments
{
    public static string Of(ArgumentValues arguments)
    {
        var members = Enumerable.Range(0, arguments.Count)
            .Where(arguments.Has)
            .Select(index => $"{Quote(arguments.Name(index))}:{Of(arguments[index])}");
        return $"{{{string.Join(',', members)}}}";
    }

    private static string Of(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => Quote(text),
        int or long => value.ToString()!,
        double number => ScriptNumber.Text(number),
        object?[] list => $"[{string.Join(',', list.Select(Of))}]",
        InputObjectValue map => $"{{{string.Join(',', map.Select(pair => $"{Quote(pair.Key)}:{Of(pair.Value)}"))}}}",
        JsonElement json => Of(json),
        _ => throw new ArgumentException($"{value.GetType()} is no coerced value.", nameof(value)),
    };

    private static string Of(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.Number => ScriptNumber.Text(json.GetDouble()),
        JsonValueKind.String => Quote(json.GetString()!),
        JsonValueKind.Array => $"[{string.Join(',', json.EnumerateArray().Select(Of))}]",
        JsonValueKind.Object =>
            $"{{{string.Join(',', json.EnumerateObject().Select(p => $"{Quote(p.Name)}:{Of(p.Value)}"))}}}",
        _ => json.GetRawText(),
    };

    private static string Quote(string text) => ValueText.Quote(text);
}
