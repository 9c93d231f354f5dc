using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;
using Platform.Api.Access;
using Platform.Api.Live.Feed;
using Platform.Domain.Kernel;

namespace Platform.Api.Live.Streams;

/// <summary>
/// An event as a CloudEvent 1.0 in a server-sent event: <c>id:</c> is the position to resume from, the CloudEvent's own
/// id never changes, so that whoever gets it twice can tell.
/// </summary>
internal static class CloudEventFrame
{
    private static readonly JsonWriterOptions _options = new()
    {
        Encoder = KernelJson.Options.Encoder,
        SkipValidation = true,
    };

    public static async ValueTask<byte[]> OfAsync(LiveEvent one, Principal listener, CancellationToken ct)
    {
        if (one.IsNarrowed)
        {
            return Write(one, one.PayloadOf(await one.SeenByAsync(listener, ct)));
        }

        return one.SharedFrame ??= Write(one, one.PayloadOf(one.Happened!));
    }

    public static void WritePosition(IBufferWriter<byte> output, long position) =>
        output.Write(Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"id: {position}\n\n")));

    public static string TypeOf(string eventType) => $"platform.{eventType}.v1";

    private static byte[] Write(LiveEvent one, JsonElement payload)
    {
        var published = one.Published;
        var position = published.Position.ToString(CultureInfo.InvariantCulture);
        var buffer = new ArrayBufferWriter<byte>(1024);
        buffer.Write(Encoding.ASCII.GetBytes($"id: {position}\ndata: "));
        using (var json = new Utf8JsonWriter(buffer, _options))
        {
            json.WriteStartObject();
            json.WriteString("specversion"u8, "1.0"u8);
            json.WriteString("id"u8, published.EventId);
            json.WriteString("source"u8, "/platform"u8);
            json.WriteString("type"u8, TypeOf(published.Type));
            json.WriteString("subject"u8, $"{published.Subject.Kind}/{published.Subject.Id}");
            json.WriteString("time"u8, published.OccurredAt);
            json.WriteString("datacontenttype"u8, "application/json"u8);
            json.WriteString("sequence"u8, position);
            json.WriteNumber("subjectversion"u8, published.Version);
            json.WriteString("recordedtime"u8, published.RecordedAt);
            json.WriteString("actorkind"u8, published.ActorKind.ToString().ToUpperInvariant());
            json.WriteString("actorid"u8, published.ActorId);
            json.WriteString("correlationid"u8, published.CorrelationId);
            json.WritePropertyName("data"u8);
            payload.WriteTo(json);
            json.WriteEndObject();
        }

        buffer.Write("\n\n"u8);
        return buffer.WrittenSpan.ToArray();
    }
}
