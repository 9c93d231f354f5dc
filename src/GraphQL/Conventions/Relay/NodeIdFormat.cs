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

    private static readonly ConcurrentDictionary<Type, Func<byte[], object?>> Readers = new();
    private static readonly ConcurrentDictionary<Type, Func<object, object>> Unwrappers = new();

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
        var ordinary = id.TrimEnd('=').Replace('+', '-').Replace('/', '_');
        if (ordinary.Length == 0 || !Base64Url.IsValid(ordinary))
        {
            return false;
        }

        var bytes = Base64Url.DecodeFromChars(ordinary);
        var colon = Array.IndexOf(bytes, (byte)':');
        if (colon <= 0 || colon == bytes.Length - 1)
        {
            return false;
        }

        typeName = Encoding.UTF8.GetString(bytes, 0, colon);
        raw = bytes[(colon + 1)..];
        return true;
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
