using System.Buffers;
using System.Globalization;
using System.Xml;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.TypeSystem;

/// <summary>RFC 3339 with an offset and at most seven digits after the second.</summary>
internal sealed class DateTimeFormat() : TextScalar<DateTimeOffset>(
    "DateTime", "The `DateTime` scalar type represents a date and time with time zone offset information.", "date-time")
{
    private static readonly string[] _formats =
    [
        "yyyy-MM-ddTHH:mm:ssZ", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ",
        "yyyy-MM-ddTHH:mm:sszzz", "yyyy-MM-ddTHH:mm:ss.FFFFFFFzzz",
    ];

    // A trailing Z is a letter of the format, so the text has no offset of its own: it is universal.
    protected override bool TryRead(string text, out DateTimeOffset value)
    {
        value = default;
        return !text.Contains(".Z", StringComparison.Ordinal) && !text.Contains(".+", StringComparison.Ordinal) &&
            !text.Contains(".-", StringComparison.Ordinal) &&
            DateTimeOffset.TryParseExact(
                text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out value);
    }

    protected override void Write(JsonWriter writer, DateTimeOffset value) => writer.WriteString(value);

    protected override bool TryConvert(object value, out DateTimeOffset converted)
    {
        converted = value is DateTime time && time.Kind != DateTimeKind.Unspecified ? new DateTimeOffset(time) : default;
        return value is DateTime { Kind: not DateTimeKind.Unspecified };
    }
}

internal sealed class LocalDateFormat() : TextScalar<DateOnly>(
    "LocalDate",
    "The `LocalDate` scalar type represents a date without time or time zone information.",
    "local-date")
{
    protected override bool TryRead(string text, out DateOnly value) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out value);

    protected override void Write(JsonWriter writer, DateOnly value) => writer.WriteString(value);

    protected override bool TryConvert(object value, out DateOnly converted)
    {
        converted = value is DateTime time ? DateOnly.FromDateTime(time) : default;
        return value is DateTime;
    }
}

internal sealed class LocalTimeFormat() : TextScalar<TimeOnly>(
    "LocalTime",
    "The `LocalTime` scalar type represents a time of day without date or time zone information.",
    "local-time")
{
    private static readonly string[] _formats = ["HH:mm:ss", "HH:mm:ss.FFFFFFF"];

    protected override bool TryRead(string text, out TimeOnly value)
    {
        value = default;
        return !text.EndsWith('.') && TimeOnly.TryParseExact(
            text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }

    protected override void Write(JsonWriter writer, TimeOnly value) => writer.WriteStringOf(value, "HH:mm:ss.FFFFFFF");
}

internal sealed class LocalDateTimeFormat() : TextScalar<DateTime>(
    "LocalDateTime",
    "The `LocalDateTime` scalar type represents a date and time without time zone information.",
    "local-date-time")
{
    private static readonly string[] _formats = ["yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ss.FFFFFFF"];

    protected override bool TryRead(string text, out DateTime value)
    {
        value = default;
        return !text.EndsWith('.') && DateTime.TryParseExact(
            text, _formats, CultureInfo.InvariantCulture, DateTimeStyles.None, out value);
    }

    protected override void Write(JsonWriter writer, DateTime value) =>
        writer.WriteStringOf(value, "yyyy-MM-ddTHH:mm:ss.FFFFFFF");
}

/// <summary>ISO 8601, as `P1DT2H30M`.</summary>
internal sealed class DurationFormat() : TextScalar<TimeSpan>(
    "Duration", "The `Duration` scalar type represents a duration of time.", "duration")
{
    private const int LongestText = 64;

    private static readonly SearchValues<char> _letters = SearchValues.Create("PTYMDHS0123456789.-");

    protected override bool TryRead(string text, out TimeSpan value)
    {
        value = default;
        if (text.Length > LongestText || text.AsSpan().ContainsAnyExcept(_letters))
        {
            return false;
        }

        try
        {
            value = XmlConvert.ToTimeSpan(text);
            return true;
        }
        catch (Exception refused) when (refused is FormatException or OverflowException)
        {
            return false;
        }
    }

    protected override void Write(JsonWriter writer, TimeSpan value) => writer.WriteString(XmlConvert.ToString(value));
}
