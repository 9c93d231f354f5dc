using System.Globalization;
using System.Numerics;
using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.TypeSystem;

/// <summary>Whole numbers of other sizes than Int, each with its exact range.</summary>
internal sealed class WholeNumberFormat<T> : ScalarFormat
    where T : struct, IBinaryInteger<T>, IMinMaxValue<T>
{
    private readonly TypedWriter _writer;

    public WholeNumberFormat(string name, string description, string page)
        : base(name, description)
    {
        SpecifiedBy = CustomScalars.PageOf(page);
        _writer = new TypedWriter(name);
    }

    public override Type RuntimeType => typeof(T);

    public override LeafWriter Writer => _writer;

    public override ScalarReading ReadLiteral(ValueNode literal, IVariableValues variables) =>
        literal is IntValueNode number && TryRead(number.Value, out var value)
            ? ScalarReading.Of(value)
            : ScalarReading.Refuse($"{Name} cannot represent value: {literal}");

    public override ScalarReading ReadJson(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && TryRead(json.GetRawText(), out var value)
            ? ScalarReading.Of(value)
            : ScalarReading.Refuse($"{Name} cannot represent value: {ValueText.Of(json)}");

    private static bool TryRead(string text, out T value) =>
        T.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private sealed class TypedWriter(string name) : LeafWriter<T>
    {
        public override void Write(JsonWriter writer, T value)
        {
            if (typeof(T) == typeof(ulong))
            {
                writer.WriteNumber(ulong.CreateChecked(value));
                return;
            }

            writer.WriteNumber(long.CreateChecked(value));
        }

        public override void Write(JsonWriter writer, object value)
        {
            if (value is T exact)
            {
                Write(writer, exact);
                return;
            }

            if (value is IConvertible and not string and not bool &&
                T.TryParse(Convert.ToString(value, CultureInfo.InvariantCulture), CultureInfo.InvariantCulture, out var read))
            {
                Write(writer, read);
                return;
            }

            throw new GraphQLException($"{name} cannot represent value: {ValueText.Of(value)}");
        }
    }
}

/// <summary>A decimal number: exact, as money and quantities need it.</summary>
internal sealed class DecimalFormat : ScalarFormat
{
    private readonly TypedWriter _writer = new();

    public DecimalFormat()
        : base("Decimal", "The `Decimal` scalar type represents a decimal floating-point number with high precision.")
    {
        SpecifiedBy = CustomScalars.PageOf("decimal");
    }

    public override Type RuntimeType => typeof(decimal);

    public override LeafWriter Writer => _writer;

    public override ScalarReading ReadLiteral(ValueNode literal, IVariableValues variables)
    {
        var text = literal switch
        {
            IntValueNode whole => whole.Value,
            FloatValueNode number => number.Value,
            _ => null,
        };
        return Read(text) is { } value
            ? ScalarReading.Of(value)
            : ScalarReading.Refuse($"Decimal cannot represent value: {literal}");
    }

    public override ScalarReading ReadJson(JsonElement json) =>
        json.ValueKind == JsonValueKind.Number && Read(json.GetRawText()) is { } value
            ? ScalarReading.Of(value)
            : ScalarReading.Refuse($"Decimal cannot represent value: {ValueText.Of(json)}");

    private static decimal? Read(string? text) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : null;

    private sealed class TypedWriter : LeafWriter<decimal>
    {
        public override void Write(JsonWriter writer, decimal value) => writer.WriteNumber(value);

        public override void Write(JsonWriter writer, object value)
        {
            switch (value)
            {
                case decimal exact:
                    writer.WriteNumber(exact);
                    break;
                case int or long or short or byte or sbyte or ushort or uint or ulong:
                    writer.WriteNumber(Convert.ToDecimal(value, CultureInfo.InvariantCulture));
                    break;
                default:
                    throw new GraphQLException($"Decimal cannot represent value: {ValueText.Of(value)}");
            }
        }
    }
}
