using System.Collections.Frozen;

namespace Platform.GraphQL.TypeSystem;

/// <summary>Every scalar the engine has a format for. A schema that names one of these gets its format.</summary>
public static class CustomScalars
{
    private static readonly ScalarFormat[] _specified =
        [new StringFormat(), new IntFormat(), new FloatFormat(), new BooleanFormat(), new IdFormat()];

    private static readonly ScalarFormat[] _custom =
    [
        new DateTimeFormat(),
        new LocalDateFormat(),
        new LocalTimeFormat(),
        new LocalDateTimeFormat(),
        new DurationFormat(),
        new DecimalFormat(),
        new UuidFormat(),
        new UriFormat(),
        new Base64StringFormat(),
        new AnyFormat(),
        new UploadFormat(),
        new WholeNumberFormat<long>(
            "Long", "The `Long` scalar type represents a signed 64-bit integer.", "long"),
        new WholeNumberFormat<short>(
            "Short", "The `Short` scalar type represents a signed 16-bit integer.", "short"),
        new WholeNumberFormat<sbyte>(
            "Byte", "The `Byte` scalar type represents a signed 8-bit integer.", "byte"),
        new WholeNumberFormat<byte>(
            "UnsignedByte", "The `UnsignedByte` scalar type represents an unsigned 8-bit integer.", "unsigned-byte"),
        new WholeNumberFormat<ushort>(
            "UnsignedShort", "The `UnsignedShort` scalar type represents an unsigned 16-bit integer.", "unsigned-short"),
        new WholeNumberFormat<uint>(
            "UnsignedInt", "The `UnsignedInt` scalar type represents an unsigned 32-bit integer.", "unsigned-int"),
        new WholeNumberFormat<ulong>(
            "UnsignedLong", "The `UnsignedLong` scalar type represents an unsigned 64-bit integer.", "unsigned-long"),
    ];

    private static readonly FrozenDictionary<string, ScalarFormat> _byName =
        _specified.Concat(_custom).ToFrozenDictionary(format => format.Name, StringComparer.Ordinal);

    /// <summary>§3.5 Int, Float, String, Boolean and ID.</summary>
    public static IReadOnlyList<ScalarFormat> Specified => _specified;

    /// <summary>The formats beyond those of the specification.</summary>
    public static IReadOnlyList<ScalarFormat> Custom => _custom;

    public static ScalarFormat? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>The scalar for a C# type, as the conventions choose it; null when there is none.</summary>
    public static ScalarFormat? For(Type type) => type == typeof(string) ? Find("String")
        : type == typeof(float) ? Find("Float")
        : type == typeof(DateTime) ? Find("DateTime")
        : Array.Find(_specified.Concat(_custom).ToArray(), format => format.RuntimeType == type);

    public static bool IsSpecified(string name) => name is "String" or "Int" or "Float" or "Boolean" or "ID";

    internal static string PageOf(string page) => $"https://scalars.graphql.org/chillicream/{page}.html";
}
