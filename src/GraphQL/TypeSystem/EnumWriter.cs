using Platform.GraphQL.Execution;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.TypeSystem;

/// <summary>§3.9 Writes enum values as their names, which are kept as finished JSON.</summary>
internal sealed class EnumWriter : LeafWriter
{
    private readonly EnumType _type;
    private readonly Dictionary<object, byte[]> _byValue = [];

    public EnumWriter(EnumType type)
    {
        _type = type;
        foreach (var value in type.Values)
        {
            _byValue[value.Value] = [(byte)'"', .. value.NameUtf8.Span, (byte)'"'];
        }
    }

    public override void Write(JsonWriter writer, object value)
    {
        if (!_byValue.TryGetValue(value, out var json))
        {
            throw Unknown(value);
        }

        writer.WriteRaw(json);
    }

    public override LeafWriter<T>? For<T>() =>
        _type.Values.Count > 0 && _type.Values.All(value => value.Value is T) ? new Typed<T>(this) : null;

    private GraphQLException Unknown(object value) =>
        new($"Enum \"{_type.Name}\" cannot represent value: {ValueText.Of(value)}");

    private sealed class Typed<T> : LeafWriter<T>
    {
        private readonly EnumWriter _general;
        private readonly Dictionary<Box, byte[]> _byValue = [];

        public Typed(EnumWriter general)
        {
            _general = general;
            foreach (var (value, json) in general._byValue)
            {
                _byValue[new Box((T)value)] = json;
            }
        }

        public override void Write(JsonWriter writer, T value)
        {
            if (!_byValue.TryGetValue(new Box(value), out var json))
            {
                throw _general.Unknown(value!);
            }

            writer.WriteRaw(json);
        }

        // A dictionary key must not be null; a struct around the value needs no box on the heap.
        private readonly record struct Box(T Value);
    }
}
