using System.Collections.Concurrent;
using System.Globalization;
using System.Linq.Expressions;

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

        return target.IsValueType && Wrapping(target) is { } wrap
            ? value => target.IsInstanceOfType(value) ? value : wrap(value)
            : value => value;
    }

    /// <summary>A struct with one constructor of one simple value is that value on the wire.</summary>
    private static Func<object, object?>? Wrapping(Type type)
    {
        var constructor = type.GetConstructors().SingleOrDefault(c => c.GetParameters().Length == 1);
        if (constructor is null)
        {
            return null;
        }

        var inner = constructor.GetParameters()[0].ParameterType;
        var value = Expression.Parameter(typeof(object));
        var create = Expression.Convert(Expression.New(constructor, Expression.Convert(value, inner)), typeof(object));
        var wrap = Expression.Lambda<Func<object, object?>>(create, value).Compile();
        var convert = To(inner);
        return given => wrap(convert(given)!);
    }
}
