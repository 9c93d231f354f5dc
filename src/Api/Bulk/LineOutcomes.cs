using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Platform.Api.Bulk;

/// <summary>What became of a line.</summary>
internal enum LineFate
{
    Landed,

    /// <summary>It landed without the optional fields that were wrong.</summary>
    Mended,
    Refused,

    /// <summary>It would have landed; others kept it from landing, or it was only tried.</summary>
    WouldLand,
}

/// <summary>One field, or the whole line, that was refused.</summary>
internal sealed record Problem(string? Field, string? Code, string Message);

/// <summary>One line of an import's result: its number from 0, what became of it, why, and what the mutation answered.</summary>
internal sealed record LineResult(long Line, LineFate Fate, IReadOnlyList<Problem> Problems, JsonElement? Answer)
{
    private static readonly JsonWriterOptions _plain = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public bool IsRefused => Fate == LineFate.Refused;

    public void WriteTo(IBufferWriter<byte> output)
    {
        using (var json = new Utf8JsonWriter(output, _plain))
        {
            json.WriteStartObject();
            json.WriteNumber("line", Line);
            json.WriteString("outcome", JsonNamingPolicy.SnakeCaseUpper.ConvertName(Fate.ToString()));
            json.WriteStartArray("problems");
            foreach (var problem in Problems)
            {
                json.WriteStartObject();
                json.WriteString("field", problem.Field);
                json.WriteString("code", problem.Code);
                json.WriteString("message", problem.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WritePropertyName("answer");
            WriteAnswer(json);
            json.WriteEndObject();
        }

        output.Write("\n"u8);
    }

    /// <summary>What the document selected, without what the job asked for beside it.</summary>
    private void WriteAnswer(Utf8JsonWriter json)
    {
        if (Answer is not { ValueKind: JsonValueKind.Object } answer || IsRefused)
        {
            json.WriteNullValue();
            return;
        }

        json.WriteStartObject();
        foreach (var property in answer.EnumerateObject().Where(property => property.Name != ImportDocument.Errors))
        {
            property.WriteTo(json);
        }

        json.WriteEndObject();
    }
}
