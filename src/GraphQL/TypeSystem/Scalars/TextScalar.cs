using System.Text.Json;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.TypeSystem;

/// <summary>A scalar that travels as a JSON string in one exact format.</summary>
internal abstract class TextScalar<T> : ScalarFormat
    where T : notnull
{
    private readonly TypedWriter _writer;

    protected TextScalar(string name, string description, string page)
        : base(name, description)
    {
        SpecifiedBy = CustomScalars.PageOf(page);
        _writer = new TypedWriter(this);
    }

    public sealed override Type RuntimeType => typeof(T);

    public sealed override LeafWriter Writer => _writer;

    public sealed override ScalarReading ReadLiteral(ValueNode literal, IVariableValues variables) =>
        literal is StringValueNode text && TryRead(text.Value, out var value)
            ? ScalarReading.Of(value)
            : ScalarReading.Refuse($"{Name} cannot represent value: {literal}");

    public sealed override ScalarReading ReadJson(JsonElement json) =>
        json.ValueKind == JsonValueKind.String && TryRead(json.GetString()!, out var value)
            ? ScalarReading.Of(value)
            : ScalarReading.Refuse($"{Name} cannot represent value: {ValueText.Of(json)}");

    protected abstract bool TryRead(string text, out T value);

    protected abstract void Write(JsonWriter writer, T value);

    /// <summary>Other C# types that mean the same.</summary>
    protected virtual bool TryConvert(object value, out T converted)
    {
        converted = default!;
        return false;
    }

    private sealed class TypedWriter(TextScalar<T> scalar) : LeafWriter<T>
    {
        public override void Write(JsonWriter writer, T value) => scalar.Write(writer, value);

        public override void Write(JsonWriter writer, object value)
        {
            if (value is T exact || scalar.TryConvert(value, out exact))
            {
                scalar.Write(writer, exact);
                return;
            }

            throw new GraphQLException($"{scalar.Name} cannot represent value: {ValueText.Of(value)}");
        }
    }
}
