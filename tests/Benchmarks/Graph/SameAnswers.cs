using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.Benchmarks.Graph;

/// <summary>
/// Before anything is timed, every server must have told the same: the same rows in the same order with the same values.
/// Spellings may differ: ids of the schema or of the table, numbers or texts of numbers.
/// </summary>
internal static class SameAnswers
{
    public static async Task DemandAsync(IReadOnlyList<Contender> contenders, GraphRead read, CancellationToken ct)
    {
        var expected = await ToldAsync(contenders[0], read, ct);
        foreach (var other in contenders.Skip(1))
        {
            var told = await ToldAsync(other, read, ct);
            if (told != expected)
            {
                throw new InvalidOperationException(
                    $"{read.Name}: {other.Name} answers otherwise than {contenders[0].Name}, at {Difference(told, expected)}");
            }
        }
    }

    private static async Task<string> ToldAsync(Contender contender, GraphRead read, CancellationToken ct)
    {
        var answer = await contender.AnswerAsync(read, ct);
        return answer?["errors"] is null && answer?["data"] is { } data
            ? Plain(data)!.ToJsonString()
            : throw new InvalidOperationException($"{read.Name}: {contender.Name} answers {answer?.ToJsonString()}");
    }

    private static JsonNode? Plain(JsonNode? node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(pair => pair.Key, StringComparer.Ordinal)
            .Select(pair => KeyValuePair.Create(pair.Key, Plain(pair.Value)))),
        JsonArray list => new JsonArray([.. list.Select(Plain)]),
        JsonValue value => Plain(value),
        _ => null,
    };

    private static JsonValue Plain(JsonValue value)
    {
        var text = value.GetValueKind() == JsonValueKind.String ? value.GetValue<string>() : value.ToJsonString();
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number))
        {
            return JsonValue.Create((number / 1.0000000000000000000000000000m).ToString(CultureInfo.InvariantCulture));
        }

        return JsonValue.Create(NodeIdFormat.TryRead(text, out _, out var raw)
            ? raw.Length == 16 ? new Guid(raw).ToString() : System.Text.Encoding.UTF8.GetString(raw)
            : text);
    }

    private static string Difference(string told, string expected)
    {
        var at = 0;
        while (at < Math.Min(told.Length, expected.Length) && told[at] == expected[at])
        {
            at++;
        }

        var from = Math.Max(0, at - 60);
        return $"{told[from..Math.Min(told.Length, at + 60)]}\ninstead of {expected[from..Math.Min(expected.Length, at + 60)]}";
    }
}
