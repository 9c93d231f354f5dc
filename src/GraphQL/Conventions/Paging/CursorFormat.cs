using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Conventions;

/// <summary>
/// The cursors of one list: the values of the order's keys at an item, bound to the field, its filter and its order, so
/// that a cursor of another list is refused instead of giving wrong pages. With a key, nobody can make one up.
/// </summary>
public sealed class CursorFormat
{
    private const int MarkLength = 8;
    private const int LongestCursor = 4096;

    private readonly byte[] _binding;
    private readonly byte[]? _key;
    private readonly Type[] _types;

    /// <param name="key">Signs cursors; null leaves them bound but unsigned.</param>
    /// <param name="list">Names the list: its field.</param>
    /// <param name="filter">What was filtered by.</param>
    /// <param name="order">What was ordered by, without the tie-breaker.</param>
    /// <param name="types">The C# types of the values.</param>
    public CursorFormat(
        byte[]? key, string list, FilterNode? filter, IReadOnlyList<SortNode> order, IReadOnlyList<Type> types)
    {
        var text = new StringBuilder(list).Append('\n');
        filter?.Append(text);
        SortText.Append(text.Append('\n'), order);
        _binding = SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString()));
        _key = key;
        _types = [.. types];
    }

    /// <param name="key">Signs cursors; null leaves them bound but unsigned.</param>
    /// <param name="binding">Names the list, its filter and its order; a cursor of another binding is refused.</param>
    /// <param name="types">The C# types of the values.</param>
    public CursorFormat(byte[]? key, string binding, IReadOnlyList<Type> types)
    {
        _binding = SHA256.HashData(Encoding.UTF8.GetBytes(binding));
        _key = key;
        _types = [.. types];
    }

    /// <summary>A cursor at these values; <paramref name="pages"/> pages further on when it is followed.</summary>
    public string Write(ReadOnlySpan<object?> values, int pages)
    {
        var buffer = new ArrayBufferWriter<byte>(128);
        buffer.Advance(Mark(default, buffer.GetSpan(MarkLength)));
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartArray();
            json.WriteNumberValue(pages);
            for (var i = 0; i < values.Length; i++)
            {
                JsonSerializer.Serialize(json, values[i], _types[i]);
            }

            json.WriteEndArray();
        }

        var bytes = buffer.WrittenSpan.ToArray();
        Mark(bytes.AsSpan(MarkLength), bytes);
        return Base64Url.EncodeToString(bytes);
    }

    /// <summary>The values of a cursor, or a refusal that says which argument is wrong.</summary>
    public object?[] Read(string cursor, string argument, out int pages)
    {
        pages = 0;
        if (cursor.Length > LongestCursor || !Base64Url.IsValid(cursor))
        {
            throw Bad(argument);
        }

        var bytes = Base64Url.DecodeFromChars(cursor);
        Span<byte> mark = stackalloc byte[MarkLength];
        if (bytes.Length <= MarkLength)
        {
            throw Bad(argument);
        }

        Mark(bytes.AsSpan(MarkLength), mark);
        if (!CryptographicOperations.FixedTimeEquals(mark, bytes.AsSpan(0, MarkLength)))
        {
            throw Bad(argument);
        }

        try
        {
            return ReadValues(bytes.AsMemory(MarkLength), argument, out pages);
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException or FormatException)
        {
            throw Bad(argument);
        }
    }

    private object?[] ReadValues(ReadOnlyMemory<byte> json, string argument, out int pages)
    {
        using var document = JsonDocument.Parse(json);
        var array = document.RootElement;
        if (array.ValueKind != JsonValueKind.Array || array.GetArrayLength() != _types.Length + 1)
        {
            throw Bad(argument);
        }

        pages = array[0].GetInt32();
        if (pages < 0)
        {
            throw Bad(argument);
        }

        var values = new object?[_types.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = array[i + 1].Deserialize(_types[i]);
        }

        return values;
    }

    private int Mark(ReadOnlySpan<byte> values, Span<byte> mark)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        byte[] content = [.. _binding, .. values];
        _ = _key is null ? SHA256.HashData(content, hash) : HMACSHA256.HashData(_key, content, hash);
        hash[..MarkLength].CopyTo(mark);
        return MarkLength;
    }

    private static GraphQLException Bad(string argument) => PagingArguments.Refused(
        $"The cursor specified in `{argument}` is not a cursor of this list with this filter and order.",
        ErrorCodes.BadCursor);
}
