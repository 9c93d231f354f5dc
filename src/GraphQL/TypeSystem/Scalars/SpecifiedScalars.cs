using System.Globalization;
using System.Text.Json;
using Platform.GraphQL.Language;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.TypeSystem;

/// <summary>§3.5.1 Int: 32 bits.</summary>
internal sealed class IntFormat() : ScalarFormat(
    "Int",
    "The `Int` scalar type represents non-fractional signed whole numeric values. Int can represent values between " +
    "-(2^31) and 2^31 - 1.")
{
    public override Type RuntimeType => typeof(int);

    public override LeafWriter Writer => NumberWriter.Int;

    public override ScalarReading ReadLiteral(ValueNode literal, IVariableValues variables)
    {
        if (literal is not IntValueNode number)
        {
            return ScalarReading.Refuse($"Int cannot represent non-integer value: {literal}");
        }

        return int.TryParse(number.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value)
            ? ScalarReading.Of(value)
            : ScalarReading.Refuse($"Int cannot represent non 32-bit signed integer value: {number.Value}");
    }

    public override ScalarReading ReadJson(JsonElement json)
    {
        if (json.ValueKind != JsonValueKind.Number || !double.IsInteger(json.GetDouble()))
        {
            return ScalarReading.Refuse($"Int cannot represent non-integer value: {ValueText.Of(json)}");
        }

        var value = json.GetDouble();
        return value is >= int.MinValue and <= int.MaxValue
            ? ScalarReading.Of((int)value)
            : ScalarReading.Refuse(
                $"Int cannot represent non 32-bit signed integer value: {ScriptNumber.Text(value)}");
    }
}

/// <summary>§3.5.2 Float: a double, never infinite.</summary>
internal sealed class FloatFormat() : ScalarFormat(
    "Float",
    "The `Float` scalar type represents signed double-precision fractional values as specified by " +
    "[IEEE 754](https://en.wikipedia.org/wiki/IEEE_floating_point).")
{
    public override Type RuntimeType => typeof(double);

    public override LeafWriter Writer => NumberWriter.Float;

    public override ScalarReading ReadLiteral(ValueNode literal, IVariableValues variables)
    {
        var text = literal switch
        {
            IntValueNode whole => whole.Value,
            FloatValueNode number => number.Value,
            _ => null,
        };
        return text is not null && double.Parse(text, CultureInfo.InvariantCulture) is var value && double.IsFinite(value)
            ? ScalarReading.Of(value)
            : ScalarReading.Refuse($"Float cannot represent non numeric value: {literal}");
    }

    public override ScalarReading ReadJson(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && double.IsFinite(json.GetDouble())
            ? ScalarReading.Of(json.GetDouble())
            : ScalarReading.Refuse($"Float cannot represent non numeric value: {ValueText.Of(json)}");
}

/// <summary>§3.5.3 String.</summary>
internal sealed class StringFormat() : ScalarFormat(
    "String",
    "The `String` scalar type represents textual data, represented as UTF-8 character sequences. The String type is " +
    "most often used by GraphQL to represent free-form human-readable text.")
{
    public override Type RuntimeType => typeof(string);

    public override LeafWriter Writer => TextWriterOfScalars.String;

    public override ScalarReading ReadLiteral(ValueNode literal, IVariableValues variables) =>
        literal is StringValueNode text
            ? ScalarReading.Of(text.Value)
            : ScalarReading.Refuse($"String cannot represent a non string value: {literal}");

    public override ScalarReading ReadJson(JsonElement json) => json.ValueKind == JsonValueKind.String
        ? ScalarReading.Of(json.GetString()!)
        : ScalarReading.Refuse($"String cannot represent a non string value: {ValueText.Of(json)}");
}

/// <summary>§3.5.4 Boolean.</summary>
internal sealed class BooleanFormat() : ScalarFormat(
    "Boolean", "The `Boolean` scalar type represents `true` or `false`.")
{
    private static readonly object _true = true;
    private static readonly object _false = false;

    public override Type RuntimeType => typeof(bool);

    public override LeafWriter Writer => BooleanWriter.Instance;

    public override ScalarReading ReadLiteral(ValueNode literal, IVariableValues variables) =>
        literal is BooleanValueNode truth
            ? ScalarReading.Of(truth.Value ? _true : _false)
            : ScalarReading.Refuse($"Boolean cannot represent a non boolean value: {literal}");

    public override ScalarReading ReadJson(JsonElement json) => json.ValueKind switch
    {
        JsonValueKind.True => ScalarReading.Of(_true),
        JsonValueKind.False => ScalarReading.Of(_false),
        _ => ScalarReading.Refuse($"Boolean cannot represent a non boolean value: {ValueText.Of(json)}"),
    };
}

/// <summary>§3.5.5 ID: always a string inside; integers are accepted.</summary>
internal sealed class IdFormat() : ScalarFormat(
    "ID",
    "The `ID` scalar type represents a unique identifier, often used to refetch an object or as key for a cache. The " +
    "ID type appears in a JSON response as a String; however, it is not intended to be human-readable. When expected " +
    "as an input type, any string (such as `\"4\"`) or integer (such as `4`) input value will be accepted as an ID.")
{
    public override Type RuntimeType => typeof(string);

    public override LeafWriter Writer => TextWriterOfScalars.Id;

    public override ScalarReading ReadLiteral(ValueNode literal, IVariableValues variables) => literal switch
    {
        StringValueNode text => ScalarReading.Of(text.Value),
        IntValueNode number => ScalarReading.Of(number.Value),
        _ => ScalarReading.Refuse($"ID cannot represent a non-string and non-integer value: {literal}"),
    };

    public override ScalarReading ReadJson(JsonElement json)
    {
        if (json.ValueKind == JsonValueKind.String)
        {
            return ScalarReading.Of(json.GetString()!);
        }

        // An integer keeps all its digits: an id is a name, not a quantity.
        return json.ValueKind == JsonValueKind.Number && double.IsInteger(json.GetDouble())
            ? ScalarReading.Of(json.TryGetInt64(out var whole)
                ? whole.ToString(CultureInfo.InvariantCulture)
                : ScriptNumber.Text(json.GetDouble()))
            : ScalarReading.Refuse($"ID cannot represent value: {ValueText.Of(json)}");
    }
}
