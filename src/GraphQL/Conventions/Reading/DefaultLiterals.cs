using System.Collections;
using System.Globalization;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>C# values as literals of the specification, for defaults.</summary>
internal static class DefaultLiterals
{
    public static ValueNode Of(object? value) => GraphQLDocument.ParseConstant(Text(value));

    private static string Text(object? value) => value switch
    {
        null => "null",
        bool truth => truth ? "true" : "false",
        string text => new StringValueNode(text).ToString(),
        Enum choice => EnumText(choice),
        float or double => ((IFormattable)value).ToString("R", CultureInfo.InvariantCulture),
        sbyte or byte or short or ushort or int or uint or long or ulong or decimal =>
            ((IFormattable)value).ToString(null, CultureInfo.InvariantCulture),
        IEnumerable list => $"[{string.Join(", ", list.Cast<object?>().Select(Text))}]",
        IFormattable formattable => new StringValueNode(formattable.ToString(null, CultureInfo.InvariantCulture)).ToString(),
        _ => throw new NotSupportedException($"A default of type {value.GetType().Name} has no literal."),
    };

    private static string EnumText(Enum choice) => EnumReader.NameOf(choice.GetType().GetField(choice.ToString())!);
}
