using System.Buffers;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;
using System.Text;
using Platform.GraphQL.Conventions.Reading;

namespace Platform.GraphQL.Conventions;

/// <summary>
/// Ids that are unique in the schema: base64 of the type's name, a colon and the raw id. A UUID is its sixteen bytes,
/// everything else its text; on the way in a UUID may also be text.
/// </summary>
public static class NodeIdFormat
{
    private const int LongestId = 1024;
    private const int MostNames = 1024;

    private static readonly ConcurrentDictionary<Type, Func<byte[], object?>> Readers = new();
    private static readonly ConcurrentDictionary<Type, Func<object, object>> Unwrappers = new();
    private static readonly ConcurrentDictionary<string, string> Names = new(StringComparer.Ordinal);

    private static readonly ConcurrentDictionary<string, string>.AlternateLookup<ReadOnlySpan<char>> KnownNames =
        Names.GetAlternateLookup<ReadOnlySpan<char>>();

    public static string Write(string typeName, object id)
    {
        var name = Encoding.UTF8.GetByteCount(typeName);
        var raw = Unwrapped(id);
        var text = raw is Guid ? null : Convert.ToString(raw, CultureInfo.InvariantCulture)!;
        var bytes = new byte[name + 1 + (text is null ? 16 : Encoding.UTF8.GetByteCount(text))];
        Encoding.UTF8.GetBytes(typeName, bytes);
        bytes[name] = (byte)':';
        if (text is null)
        {
            ((Guid)raw).TryWriteBytes(bytes.AsSpan(name + 1));
        }
        else
        {
            Encoding.UTF8.GetBytes(text, bytes.AsSpan(name + 1));
        }

        return Convert.ToBase64String(bytes);
    }

    /// <summary>Takes an id apart; its raw part stays as it was.</summary>
    public static bool TryRead(string id, out string typeName, out byte[] raw)
    {
        typeName = "";
        raw = [];
        if (id.Length > LongestId)
        {
            return false;
        }

        // Both alphabets are read: addresses turn the ordinary one into the other.
        Span<char> letters = stackalloc char[id.Length];
        id.CopyTo(letters);
        letters.Replace('+', '-');
        letters.Replace('/', '_');
        letters = letters.TrimEnd('=');
        Span<byte> decoded = stackalloc byte[Base64Url.GetMaxDecodedLength(letters.Length)];
        if (letters.IsEmpty || Base64Url.DecodeFromChars(letters, decoded, out _, out var length) != OperationStatus.Done)
        {
            return false;
        }

        var bytes = decoded[..length];
        var colon = bytes.IndexOf((byte)':');
        if (colon <= 0 || colon == bytes.Length - 1)
        {
            return false;
        }

        typeName = NameOf(bytes[..colon]);
        raw = bytes[(colon + 1)..].ToArray();
        return true;
    }

    /// <summary>Names of types come again and again; each is made a string once, and no more of them than schemas have types.</summary>
    private static string NameOf(ReadOnlySpan<byte> utf8)
    {
        Span<char> letters = stackalloc char[utf8.Length];
        letters = letters[..Encoding.UTF8.GetChars(utf8, letters)];
        if (!KnownNames.TryGetValue(letters, out var name))
        {
            name = letters.ToString();
            if (Names.Count < MostNames)
            {
                KnownNames.TryAdd(letters, name);
            }
        }

        return name;
    }

    /// <summary>The raw part as a value of the id's C# type, or null when it is none.</summary>
    public static object? Value(byte[] raw, Type type) => Readers.GetOrAdd(type, Reader)(raw);

    private static Func<byte[], object?> Reader(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target == typeof(string) || target == typeof(object))
        {
            return Encoding.UTF8.GetString;
        }

        if (target == typeof(Guid))
        {
            return raw => raw.Length == 16 ? new Guid(raw) : Guid.TryParse(Encoding.UTF8.GetString(raw), out var id) ? id : null;
        }

        if (target.IsPrimitive || target == typeof(decimal))
        {
            return raw => Number(Encoding.UTF8.GetString(raw), target);
        }

        // A typed id wraps one of the above.
        if (target.GetConstructors() is not [var constructor] || constructor.GetParameters() is not [var parameter])
        {
            return _ => null;
        }

        var inner = Reader(parameter.ParameterType);
        var wrap = InputConversion.To(target);
        return raw => inner(raw) is { } value ? wrap(value) : null;
    }

    /// <summary>What a typed id wraps; a value that wraps nothing is itself.</summary>
    private static object Unwrapped(object id) =>
        id is string or Guid or IConvertible ? id : Unwrappers.GetOrAdd(id.GetType(), Unwrapper)(id);

    private static Func<object, object> Unwrapper(Type type)
    {
        if (type.GetProperty("Value") is not { } property)
        {
            return id => id;
        }

        var id = Expression.Parameter(typeof(object));
        var read = Expression.Property(Expression.Convert(id, type), property);
        return Expression.Lambda<Func<object, object>>(Expression.Convert(read, typeof(object)), id).Compile();
    }

    private static object? Number(string text, Type type)
    {
        try
        {
            return Convert.ChangeType(text, type, CultureInfo.InvariantCulture);
        }
        catch (Exception exception) when (exception is FormatException or OverflowException or InvalidCastException)
        {
            return null;
        }
    }
}
