using System.Reflection;
using Platform.Domain.Kernel;

namespace Platform.Api.Writing;

/// <summary>One value of a record: what it was constructed with, or what its initialiser sets.</summary>
internal sealed record RecordPart(PropertyInfo Property, ValueShape Shape, ParameterInfo? Parameter)
{
    private readonly MethodInvoker _read = MethodInvoker.Create(Property.GetMethod!);

    public object? Read(object owner) => _read.Invoke(owner);
}

/// <summary>A C# type as the schema sees it: where it may be null, and what lists hold.</summary>
internal sealed record ValueShape(Type Type, bool IsNullable, ValueShape? Element)
{
    public static ValueShape Of(PropertyInfo property) => Of(new NullabilityInfoContext().Create(property));

    public static ValueShape Of(ParameterInfo parameter) => Of(new NullabilityInfoContext().Create(parameter));

    private static ValueShape Of(NullabilityInfo info)
    {
        var bare = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        var isNullable = bare != info.Type || (!bare.IsValueType && info.ReadState == NullabilityState.Nullable);
        var element = ElementOf(bare) is null ? null
            : info.ElementType is { } item ? Of(item)
            : Of(info.GenericTypeArguments[0]);
        return new ValueShape(bare, isNullable, element);
    }

    private static Type? ElementOf(Type type) => type == typeof(string) ? null
        : type.IsArray ? type.GetElementType()
        : type.GetInterfaces().Append(type)
            .FirstOrDefault(candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(IEnumerable<>))
            ?.GetGenericArguments()[0];
}

/// <summary>How a record is taken apart and put together. What it computes from its values is not a part of it.</summary>
internal sealed class RecordParts
{
    private readonly ConstructorInvoker _construct;
    private readonly int _constructed;
    private readonly MethodInvoker?[] _setters;

    private RecordParts(Type type, ConstructorInfo constructor)
    {
        _construct = ConstructorInvoker.Create(constructor);
        var parameters = constructor.GetParameters();
        _constructed = parameters.Length;
        var properties = type.GetProperties(BindingFlags.Public | BindingFlags.Instance);
        All =
        [
            .. parameters.Select(parameter => new RecordPart(
                Array.Find(properties, property => property.Name == parameter.Name)!, ValueShape.Of(parameter), parameter)),
            .. properties
                .Where(property => property.SetMethod is not null && !Array.Exists(parameters, parameter => parameter.Name == property.Name))
                .Select(property => new RecordPart(property, ValueShape.Of(property), Parameter: null)),
        ];
        _setters = [.. All.Select(part => part.Parameter is null ? MethodInvoker.Create(part.Property.SetMethod!) : null)];
    }

    /// <summary>In the order of the constructor, then of the initialisers.</summary>
    public IReadOnlyList<RecordPart> All { get; }

    public static RecordParts Of(Type type)
    {
        var constructor = type.GetConstructors()
            .Where(candidate => candidate.GetParameters() is not [var only] || only.ParameterType != type)
            .OrderByDescending(candidate => candidate.GetParameters().Length)
            .FirstOrDefault();
        return constructor is null
            ? throw new InvalidOperationException($"{type.Name} has no public constructor, so no input can make it.")
            : new RecordParts(type, constructor);
    }

    /// <summary>A record of these values, which stand in the order of <see cref="All"/>.</summary>
    public object Make(object?[] values)
    {
        var made = _construct.Invoke(values.AsSpan(0, _constructed));
        for (var i = _constructed; i < values.Length; i++)
        {
            // Most lines of a document say little, and what is not said is null already.
            if (values[i] is { } value)
            {
                _setters[i]!.Invoke(made, value);
            }
        }

        return made;
    }
}

/// <summary>Which C# types are ids that cannot be taken for another's, and whose.</summary>
internal static class RecordIds
{
    public static bool IsTypedId(Type type) => type.IsValueType && Array.Exists(
        type.GetInterfaces(), candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(ITypedId<>));

    /// <summary><c>ItemId</c> is the id of an <c>Item</c>.</summary>
    public static string RecordOf(Type typedId) => typedId.Name[..^2];
}
