using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>
/// From what a scalar gives to what C# asks for. Most values already have the type; numbers may be wider or narrower,
/// and typed ids wrap one value.
/// </summary>
internal static class InputConversion
{
    private static readonly ConcurrentDictionary<Type, Func<object, object?>> Known = new();

    /// <summary>The conversion of a value that is not null.</summary>
    public static Func<object, object?> To(Type type) => Known.GetOrAdd(type, Make);

    private static Func<object, object?> Make(Type type)
    {
        var target = Nullable.GetUnderlyingType(type) ?? type;
        if (target.IsEnum || target == typeof(object))
        {
            return value => value;
        }

        if (typeof(IConvertible).IsAssignableFrom(target))
        {
            return value => target.IsInstanceOfType(value)
                ? value
                : Convert.ChangeType(value, target, CultureInfo.InvariantCulture);
        }

        if (target == typeof(DateTime))
        {
            return value => value is DateTimeOffset moment ? moment.UtcDateTime : value;
        }

        if (target == typeof(DateTimeOffset))
        {
            return value => value is DateTime moment ? new DateTimeOffset(moment) : value;
        }

        return target.IsValueType && CustomScalars.For(target) is null && Wrapping(target) is { } wrap
            ? value => target.IsInstanceOfType(value) ? value : wrap(value)
            : value => value;
    }

    /// <summary>A struct with one constructor of one simple value is that value on the wire.</summary>
    private static Func<object, object?>? Wrapping(Type type)
    {
        var constructors = type.GetConstructors();
        if (constructors is not [var constructor] || constructor.GetParameters() is not [var parameter])
        {
            return null;
        }

        var inner = parameter.ParameterType;
        var value = Expression.Parameter(typeof(object));
        var create = Expression.Convert(Expression.New(constructor, Expression.Convert(value, inner)), typeof(object));
        var wrap = Expression.Lambda<Func<object, object?>>(create, value).Compile();
        var convert = To(inner);
        return given => wrap(convert(given)!);
    }
}
