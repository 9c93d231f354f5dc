using System.Buffers;
using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Npgsql;
using Platform.GraphQL.Response;

namespace Platform.Api.Reading.Rows;

/// <summary>From a value of the driver to JSON, without a box on the way. The value is not null.</summary>
internal abstract class ColumnWriter
{
    public abstract void Write(NpgsqlDataReader row, int ordinal, JsonWriter json);

    public static ColumnWriter For(Type stored) => stored == typeof(string) ? TextColumn.Instance
        : stored == typeof(Guid) ? GuidColumn.Instance
        : stored == typeof(decimal) ? DecimalColumn.Instance
        : stored == typeof(int) ? IntColumn.Instance
        : stored == typeof(short) ? ShortColumn.Instance
        : stored == typeof(long) ? LongColumn.Instance
        : stored == typeof(bool) ? BooleanColumn.Instance
        : stored == typeof(DateOnly) ? DateColumn.Instance
        : stored == typeof(TimeOnly) ? TimeColumn.Instance
        : stored == typeof(DateTimeOffset) ? MomentColumn.Instance
        : stored == typeof(string[]) ? TextsColumn.Instance
        : throw new NotSupportedException($"No column of {stored.Name} is written.");
}

internal sealed class TextColumn : ColumnWriter
{
    public static readonly TextColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json) => json.WriteString(row.GetString(ordinal));
}

internal sealed class TextsColumn : ColumnWriter
{
    public static readonly TextsColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json)
    {
        json.WriteRaw((byte)'[');
        var isFirst = true;
        foreach (var text in row.GetFieldValue<string[]>(ordinal))
        {
            json.WriteRaw(isFirst ? ""u8 : ","u8);
            json.WriteString(text);
            isFirst = false;
        }

        json.WriteRaw((byte)']');
    }
}

/// <summary>JSON as the database keeps it.</summary>
internal sealed class JsonColumn : ColumnWriter
{
    public static readonly JsonColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json) =>
        json.WriteRaw(Encoding.UTF8.GetBytes(row.GetString(ordinal)));
}

internal sealed class GuidColumn : ColumnWriter
{
    public static readonly GuidColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json) => json.WriteString(row.GetGuid(ordinal));
}

internal sealed class DecimalColumn : ColumnWriter
{
    public static readonly DecimalColumn Instance = new();

    /// <summary>A division by one in 28 decimals takes the zeros away that a column's scale puts behind every number.</summary>
    private const decimal WithoutZeros = 1.0000000000000000000000000000m;

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json)
    {
        var value = row.GetDecimal(ordinal);
        json.WriteNumber(value.Scale == 0 ? value : value / WithoutZeros);
    }
}

internal sealed class IntColumn : ColumnWriter
{
    public static readonly IntColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json) => json.WriteNumber(row.GetInt32(ordinal));
}

internal sealed class ShortColumn : ColumnWriter
{
    public static readonly ShortColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json) => json.WriteNumber(row.GetInt16(ordinal));
}

internal sealed class LongColumn : ColumnWriter
{
    public static readonly LongColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json) => json.WriteNumber(row.GetInt64(ordinal));
}

internal sealed class BooleanColumn : ColumnWriter
{
    public static readonly BooleanColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json) => json.WriteBoolean(row.GetBoolean(ordinal));
}

internal sealed class DateColumn : ColumnWriter
{
    public static readonly DateColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json) =>
        json.WriteString(row.GetFieldValue<DateOnly>(ordinal));
}

internal sealed class TimeColumn : ColumnWriter
{
    public static readonly TimeColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json) =>
        json.WriteStringOf(row.GetFieldValue<TimeOnly>(ordinal), "HH:mm:ss.FFFFFFF");
}

internal sealed class MomentColumn : ColumnWriter
{
    public static readonly MomentColumn Instance = new();

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json) =>
        json.WriteString(row.GetFieldValue<DateTimeOffset>(ordinal));
}

/// <summary>A key as the id of the graph: base64 of the type's name, a colon and the key; a UUID as its sixteen bytes.</summary>
internal sealed class IdColumn(string type, ColumnWriter key) : ColumnWriter
{
    private const int LongestKey = 512;

    /// <summary>A UUID or the digits of a number.</summary>
    private const int ShortestBuffer = 24;

    private readonly byte[] _prefix = Encoding.UTF8.GetBytes(type + ":");

    public override void Write(NpgsqlDataReader row, int ordinal, JsonWriter json)
    {
        Span<byte> id = stackalloc byte[_prefix.Length + (key is TextColumn ? LongestKey : ShortestBuffer)];
        _prefix.CopyTo(id);
        var length = _prefix.Length + WriteKey(row, ordinal, id[_prefix.Length..]);
        var text = json.GetSpan(Base64.GetMaxEncodedToUtf8Length(length) + 2);
        text[0] = (byte)'"';
        if (Base64.EncodeToUtf8(id[..length], text[1..], out _, out var written) != OperationStatus.Done)
        {
            throw new InvalidOperationException($"An id of {type} does not fit.");
        }

        text[written + 1] = (byte)'"';
        json.Advance(written + 2);
    }

    private int WriteKey(NpgsqlDataReader row, int ordinal, Span<byte> id)
    {
        switch (key)
        {
            case GuidColumn:
                row.GetGuid(ordinal).TryWriteBytes(id);
                return 16;
            case TextColumn:
                return Encoding.UTF8.GetBytes(row.GetString(ordinal), id);
            default:
                row.GetInt64(ordinal).TryFormat(id, out var digits, default, CultureInfo.InvariantCulture);
                return digits;
        }
    }
}
