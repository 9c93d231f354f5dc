using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.TypeSystem;

/// <summary>Any JSON value. A literal is turned into the JSON it looks like.</summary>
internal sealed class AnyFormat : ScalarFormat
{
    private static readonly AnyWriter _writer = new();

    public AnyFormat()
        : base("Any", "The `Any` scalar type represents any valid GraphQL value.")
    {
        SpecifiedBy = CustomScalars.PageOf("any");
    }

    /// <summary>A scalar that a schema document declares without anybody knowing its format: any value goes.</summary>
    public AnyFormat(string name)
        : base(name, "")
    {
    }

    public override Type RuntimeType => typeof(JsonElement);

    public override LeafWriter Writer => _writer;

    public override ScalarReading ReadJson(JsonElement json) => ScalarReading.Of(json.Clone());

    public override ScalarReading ReadLiteral(ValueNode literal, IVariableValues variables)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            Write(json, literal, variables);
        }

        using var document = JsonDocument.Parse(buffer.WrittenMemory);
        return ScalarReading.Of(document.RootElement.Clone());
    }

    private static void Write(Utf8JsonWriter json, ValueNode literal, IVariableValues variables)
    {
        switch (literal)
        {
            case NullValueNode:
                json.WriteNullValue();
                break;
            case BooleanValueNode truth:
                json.WriteBooleanValue(truth.Value);
                break;
            case IntValueNode whole:
                json.WriteRawValue(whole.Value);
                break;
            case FloatValueNode number:
                json.WriteRawValue(number.Value);
                break;
            case StringValueNode text:
                json.WriteStringValue(text.Value);
                break;
            case EnumValueNode name:
                json.WriteStringValue(name.Value);
                break;
            case VariableNode variable:
                WriteVariable(json, variable, variables);
                break;
            case ListValueNode list:
                json.WriteStartArray();
                foreach (var item in list.Values)
                {
                    Write(json, item, variables);
                }

                json.WriteEndArray();
                break;
            case ObjectValueNode map:
                json.WriteStartObject();
                foreach (var field in map.Fields)
                {
                    json.WritePropertyName(field.Name.Value);
                    Write(json, field.Value, variables);
                }

                json.WriteEndObject();
                break;
        }
    }

    private static void WriteVariable(Utf8JsonWriter json, VariableNode variable, IVariableValues variables)
    {
        _ = variables.TryGetValue(variable.Name.Value, out var value);
        switch (value)
        {
            case null:
                json.WriteNullValue();
                break;
            case JsonElement element:
                element.WriteTo(json);
                break;
            case bool truth:
                json.WriteBooleanValue(truth);
                break;
            case int or long or short or double or decimal:
                json.WriteRawValue(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
            default:
                json.WriteStringValue(Convert.ToString(value, CultureInfo.InvariantCulture));
                break;
        }
    }

    private sealed class AnyWriter : LeafWriter
    {
        public override void Write(JsonWriter writer, object value)
        {
            try
            {
                writer.WriteJson(value is JsonElement json ? json : JsonSerializer.SerializeToElement(value));
            }
            catch (NotSupportedException)
            {
                throw new GraphQLException($"Any cannot represent value: {ValueText.Of(value)}");
            }
        }
    }
}
