using System.Globalization;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.TypeSystem;

/// <summary>§3.5.1, §3.5.2 Numbers of the specification. Whatever C# number comes, it must fit.</summary>
internal sealed class NumberWriter : LeafWriter<double>
{
    private readonly bool _isInt;

    private NumberWriter(bool isInt)
    {
        _isInt = isInt;
    }

    public static NumberWriter Int { get; } = new(isInt: true);

    public static NumberWriter Float { get; } = new(isInt: false);

    public override void Write(JsonWriter writer, object value)
    {
        if (value is int whole)
        {
            writer.WriteNumber(whole);
            return;
        }

        Write(writer, value switch
        {
            double number => number,
            long or short or byte or sbyte or ushort or uint or ulong or float or decimal =>
                Convert.ToDouble(value, CultureInfo.InvariantCulture),
            bool truth => truth ? 1 : 0,
            string { Length: > 0 } text when double.TryParse(text, CultureInfo.InvariantCulture, out var read) => read,
            _ => throw Refuse(value),
        });
    }

    public override void Write(JsonWriter writer, double value)
    {
        if (_isInt)
        {
            writer.WriteNumber(AsInt(value));
            return;
        }

        if (!double.IsFinite(value))
        {
            throw Refuse(value);
        }

        if (double.IsInteger(value) && Math.Abs(value) < 1e15)
        {
            writer.WriteNumber((long)value);
            return;
        }

        writer.WriteNumber(value);
    }

    public override LeafWriter<T>? For<T>()
    {
        object? typed = typeof(T) == typeof(int) ? IntWriter.Instance
            : typeof(T) == typeof(double) && !_isInt ? this
            : typeof(T) == typeof(long) && _isInt ? new LongAsIntWriter(this)
            : null;
        return (LeafWriter<T>?)typed;
    }

    private int AsInt(double value)
    {
        if (!double.IsInteger(value))
        {
            throw Refuse(value);
        }

        return value is >= int.MinValue and <= int.MaxValue
            ? (int)value
            : throw new GraphQLException(
                $"Int cannot represent non 32-bit signed integer value: {ScriptNumber.Text(value)}");
    }

    private GraphQLException Refuse(object value)
    {
        var shown = value is double number ? ScriptNumber.Text(number) : ValueText.Of(value);
        return new GraphQLException(_isInt
            ? $"Int cannot represent non-integer value: {shown}"
            : $"Float cannot represent non numeric value: {shown}");
    }

    private sealed class IntWriter : LeafWriter<int>
    {
        public static IntWriter Instance { get; } = new();

        public override void Write(JsonWriter writer, int value) => writer.WriteNumber(value);
    }

    private sealed class LongAsIntWriter(NumberWriter general) : LeafWriter<long>
    {
        public override void Write(JsonWriter writer, long value) => general.Write(writer, (double)value);
    }
}

/// <summary>§3.5.3, §3.5.5 String and ID.</summary>
internal sealed class TextWriterOfScalars : LeafWriter<string>
{
    private readonly string _name;

    private TextWriterOfScalars(string name)
    {
        _name = name;
    }

    public static TextWriterOfScalars String { get; } = new("String");

    public static TextWriterOfScalars Id { get; } = new("ID");

    public override void Write(JsonWriter writer, string value) => writer.WriteString(value);

    public override void Write(JsonWriter writer, object value)
    {
        switch (value)
        {
            case string text:
                writer.WriteString(text);
                break;
            case Guid id:
                writer.WriteString(id);
                break;
            case bool truth when _name == "String":
                writer.WriteString(truth ? "true" : "false");
                break;
            case double number when double.IsFinite(number) && (_name == "String" || double.IsInteger(number)):
                writer.WriteString(ScriptNumber.Text(number));
                break;
            case char or int or long or short or byte or sbyte or ushort or uint or ulong:
                writer.WriteString(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
            case decimal or Uri or Enum when _name == "String":
                writer.WriteString(Convert.ToString(value, CultureInfo.InvariantCulture)!);
                break;
            default:
                throw new GraphQLException($"{_name} cannot represent value: {ValueText.Of(value)}");
        }
    }

    public override LeafWriter<T>? For<T>() => this as LeafWriter<T> ?? (GuidWriter.Instance as LeafWriter<T>);

    private sealed class GuidWriter : LeafWriter<Guid>
    {
        public static GuidWriter Instance { get; } = new();

        public override void Write(JsonWriter writer, Guid value) => writer.WriteString(value);
    }
}

/// <summary>§3.5.4 Boolean.</summary>
internal sealed class BooleanWriter : LeafWriter<bool>
{
    public static BooleanWriter Instance { get; } = new();

    public override void Write(JsonWriter writer, bool value) => writer.WriteBoolean(value);

    public override void Write(JsonWriter writer, object value) => writer.WriteBoolean(value switch
    {
        bool truth => truth,
        int number => number != 0,
        long number => number != 0,
        double number when double.IsFinite(number) => number != 0,
        _ => throw new GraphQLException($"Boolean cannot represent a non boolean value: {ValueText.Of(value)}"),
    });
}
