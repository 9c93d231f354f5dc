using System.Collections;
using System.Reflection;
using System.Text.Json.Serialization;
using Platform.Domain.Kernel;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Writing;

/// <summary>How a C# type is asked for: its type in the schema, and the way from a coerced value to the C# value.</summary>
internal sealed record InputForm(TypeReference Type, Func<object, object?> Convert);

/// <summary>
/// Inputs by convention: a record is an input object of its parts, ids are checked to be of the right record, and a choice
/// between records (an abstract one) takes exactly one of them.
/// </summary>
internal sealed class CommandInputs(SchemaBuilder schema)
{
    /// <summary>More elements than any command takes; each command's own limit is lower or equal.</summary>
    public const int LongestList = 10_000;

    private readonly Dictionary<Type, RecordInput> _records = [];

    /// <summary>The input of a command itself, with the key that makes a retry safe.</summary>
    public RecordInput OfCommand(Type command)
    {
        var parts = RecordParts.Of(command);

        // A command around one record is asked for as that record: its fields' names are those that refusals name.
        var isWrapper = parts.All is [{ Shape: { IsNullable: false, Element: null } shape }] && IsRecord(shape.Type);
        var input = schema.InputObject(command.Name + "Input");
        input.Description = $"What `{GraphWords.Field(command.Name)}` is asked for.";
        var read = isWrapper
            ? new RecordInput(RecordParts.Of(parts.All[0].Shape.Type), input, this).Inside(parts)
            : new RecordInput(parts, input, this);
        input.Field(IdempotencyKey.Argument, "String").Description = IdempotencyKey.Description;
        return read;
    }

    public InputForm FormOf(RecordPart part)
    {
        if (part.Property.GetCustomAttribute<IdOfAttribute>() is { } several)
        {
            return Named("ID", part.Shape, WireIds.Reader(typeof(Guid), several.Records));
        }

        return Form(part.Shape);
    }

    public static string NameOf(RecordPart part)
    {
        var isId = part.Property.IsDefined(typeof(IdOfAttribute)) || RecordIds.IsTypedId(Innermost(part.Shape).Type);
        return isId ? GraphWords.Ids(part.Property.Name, part.Shape.Element is not null) : GraphWords.Field(part.Property.Name);
    }

    private InputForm Form(ValueShape shape)
    {
        if (shape.Element is { } element && Leaves.NameOf(shape.Type, schema) is null)
        {
            var each = Form(element);
            var list = each.Type.List();
            return new InputForm(shape.IsNullable ? list : list.NonNull(), given => Array(given, element, each.Convert, shape.Type));
        }

        if (RecordIds.IsTypedId(shape.Type))
        {
            return Named("ID", shape, WireIds.Reader(shape.Type, [RecordIds.RecordOf(shape.Type)]));
        }

        if (Leaves.NameOf(shape.Type, schema) is { } leaf)
        {
            return Named(leaf, shape, shape.Type == typeof(string) ? Text : given => given);
        }

        if (shape.Type.IsAbstract)
        {
            return Named(Choice(shape.Type, out var choose), shape, choose);
        }

        var record = RecordOf(shape.Type);
        return Named(record.Name, shape, given => record.Make((InputObjectValue)given));
    }

    private RecordInput RecordOf(Type type)
    {
        if (_records.TryGetValue(type, out var known))
        {
            return known;
        }

        // A command inside another is one line of it, and has no key of its own.
        var isLine = System.Array.Exists(
            type.GetInterfaces(), contract => contract.IsGenericType && contract.GetGenericTypeDefinition() == typeof(ICommand<>));
        var input = schema.InputObject(isLine ? $"{type.Name}LineInput" : $"{type.Name}Input");
        input.Description = Descriptions.Of(type);
        return _records[type] = new RecordInput(RecordParts.Of(type), input, this);
    }

    private string Choice(Type type, out Func<object, object?> choose)
    {
        var choices = type.GetCustomAttributes<JsonDerivedTypeAttribute>()
            .Select(choice => ((string)choice.TypeDiscriminator!, Record: RecordOf(choice.DerivedType), choice.DerivedType))
            .ToList();
        var input = schema.InputObject(type.Name + "Input");
        input.Description = Descriptions.Of(type);
        input.MakeOneOf();
        foreach (var (name, record, derived) in choices)
        {
            input.Field(GraphWords.Field(name), record.Name).Description = Descriptions.Of(derived);
        }

        choose = given =>
        {
            var value = (InputObjectValue)given;
            var at = choices.FindIndex(choice => value.ContainsKey(GraphWords.Field(choice.Item1)));
            try
            {
                return choices[at].Record.Make((InputObjectValue)value.Get(at)!);
            }
            catch (BadInput problem)
            {
                problem.Path.Insert(0, GraphWords.Field(choices[at].Item1));
                throw;
            }
        };
        return input.Name;
    }

    private static object Array(object given, ValueShape element, Func<object, object?> convert, Type wanted)
    {
        var values = (IList)given;
        if (values.Count > LongestList)
        {
            throw BadInput.Value($"The list has {values.Count} elements; at most {LongestList} are taken.");
        }

        var type = element is { IsNullable: true, Type.IsValueType: true } ? typeof(Nullable<>).MakeGenericType(element.Type) : element.Type;
        var items = System.Array.CreateInstance(type, values.Count);
        for (var i = 0; i < values.Count; i++)
        {
            try
            {
                items.SetValue(values[i] is { } value ? convert(value) : null, i);
            }
            catch (BadInput problem)
            {
                problem.Path.Insert(0, i);
                throw;
            }
        }

        return wanted.IsInstanceOfType(items) ? items : Activator.CreateInstance(typeof(HashSet<>).MakeGenericType(type), items)!;
    }

    /// <summary>Every text, those that are only looked up included, reaches a database that holds no U+0000.</summary>
    private static object Text(object given) =>
        ((string)given).Contains('\0') ? throw BadInput.Value("The text holds the character U+0000, which nothing here can hold.") : given;

    private static InputForm Named(TypeReference name, ValueShape shape, Func<object, object?> convert) =>
        new(shape.IsNullable ? name : name.NonNull(), convert);

    private bool IsRecord(Type type) =>
        !type.IsAbstract && !RecordIds.IsTypedId(type) && Leaves.NameOf(type, schema) is null;

    private static ValueShape Innermost(ValueShape shape) => shape.Element is { } element ? Innermost(element) : shape;
}

/// <summary>One input object, and how a record is made of its values.</summary>
internal sealed class RecordInput
{
    private readonly RecordParts _parts;
    private readonly (string Name, Func<object, object?> Convert, object? Fallback)[] _fields;
    private RecordParts? _around;

    public RecordInput(RecordParts parts, InputObjectTypeConfiguration input, CommandInputs inputs)
    {
        _parts = parts;
        Name = input.Name;
        _fields = [.. parts.All.Select(part => Add(part, input, inputs))];
    }

    public string Name { get; }

    /// <summary>The record, wrapped into one that holds nothing else.</summary>
    public RecordInput Inside(RecordParts around)
    {
        _around = around;
        return this;
    }

    /// <summary>What is not given is what the record itself says it then is, or null.</summary>
    public object Make(InputObjectValue given)
    {
        var values = new object?[_fields.Length];
        for (var i = 0; i < values.Length; i++)
        {
            try
            {
                values[i] = !given.Has(i) ? _fields[i].Fallback : given.Get(i) is { } value ? _fields[i].Convert(value) : null;
            }
            catch (BadInput problem)
            {
                problem.Path.Insert(0, _fields[i].Name);
                throw;
            }
        }

        var made = _parts.Make(values);
        return _around?.Make([made]) ?? made;
    }

    private static (string, Func<object, object?>, object?) Add(
        RecordPart part, InputObjectTypeConfiguration input, CommandInputs inputs)
    {
        var name = CommandInputs.NameOf(part);
        var form = inputs.FormOf(part);
        var fallback = part.Parameter is { HasDefaultValue: true } optional ? optional.DefaultValue : null;
        var field = input.Field(name, form.Type);
        field.Description = Descriptions.Of(part);
        return (name, form.Convert, fallback);
    }
}
