using System.Linq.Expressions;
using System.Reflection;

namespace Platform.GraphQL.Conventions.Filtering;

/// <summary>
/// A filter as an expression. Values stand in objects of their own, so that a LINQ provider makes parameters of them.
/// In memory every step of a path may be null, as it may in an outer join.
/// </summary>
internal static class FilterExpressions
{
    private static readonly MethodInfo AnyElement = Method(typeof(Enumerable), nameof(Enumerable.Any), 1);
    private static readonly MethodInfo AnyMatch = Method(typeof(Enumerable), nameof(Enumerable.Any), 2);
    private static readonly MethodInfo AllMatch = Method(typeof(Enumerable), nameof(Enumerable.All), 2);
    private static readonly MethodInfo IsIn = Method(typeof(Enumerable), nameof(Enumerable.Contains), 2);

    public static Expression<Func<T, bool>> Predicate<T>(FilterNode filter, bool inMemory)
    {
        var parameter = Expression.Parameter(typeof(T), "x");
        return Expression.Lambda<Func<T, bool>>(Body(filter, parameter, inMemory), parameter);
    }

    /// <summary>The value at the end of a path; in memory null when a step on the way is.</summary>
    public static Expression Read(Expression start, FieldPath path, bool inMemory)
    {
        Expression current = start;
        foreach (var property in path.Properties)
        {
            current = Step(current, property, inMemory);
        }

        return current;
    }

    private static Expression Step(Expression current, PropertyInfo property, bool inMemory)
    {
        var read = Expression.Property(current, property);
        if (!inMemory || current.Type.IsValueType || current is ParameterExpression)
        {
            return read;
        }

        var type = Nullable(property.PropertyType);
        return Expression.Condition(
            Expression.Equal(current, Expression.Constant(null, current.Type)),
            Expression.Default(type),
            type == property.PropertyType ? read : Expression.Convert(read, type));
    }

    private static Expression Body(FilterNode filter, Expression start, bool inMemory) => filter switch
    {
        FilterAnd and => and.Nodes.Count == 0
            ? Expression.Constant(true)
            : and.Nodes.Select(node => Body(node, start, inMemory)).Aggregate(Expression.AndAlso),
        FilterOr or => or.Nodes.Select(node => Body(node, start, inMemory)).Aggregate(Expression.OrElse),
        FilterCompare compare => Compare(Read(start, compare.Path, inMemory), compare),
        FilterList list => List(Read(start, list.Path, inMemory), list, inMemory),
        _ => throw new NotSupportedException(filter.GetType().Name),
    };

    private static Expression List(Expression list, FilterList filter, bool inMemory)
    {
        var element = Reading.ClrShape.ElementOf(list.Type)!;
        var sequence = typeof(IEnumerable<>).MakeGenericType(element);
        var source = inMemory
            ? Expression.Coalesce(Expression.Convert(list, sequence), Expression.Constant(Array.CreateInstance(element, 0), sequence))
            : (Expression)Expression.Convert(list, sequence);
        if (filter.Element is null)
        {
            var any = Expression.Call(AnyElement.MakeGenericMethod(element), source);
            return filter.Quantifier == ListQuantifier.None ? Expression.Not(any) : any;
        }

        var parameter = Expression.Parameter(element, "e");
        var condition = Expression.Lambda(Body(filter.Element, parameter, inMemory), parameter);
        var method = filter.Quantifier == ListQuantifier.All ? AllMatch : AnyMatch;
        var call = Expression.Call(method.MakeGenericMethod(element), source, condition);
        return filter.Quantifier == ListQuantifier.None ? Expression.Not(call) : call;
    }

    private static Expression Compare(Expression property, FilterCompare filter)
    {
        var type = Nullable(property.Type);
        var left = property.Type == type ? property : Expression.Convert(property, type);
        return filter.Operation switch
        {
            FilterOperation.Equal => Expression.Equal(left, Value(filter.Value, type)),
            FilterOperation.NotEqual => Expression.NotEqual(left, Value(filter.Value, type)),
            FilterOperation.In => In(left, filter.Value, type),
            FilterOperation.NotIn => Expression.Not(In(left, filter.Value, type)),
            FilterOperation.GreaterThan => Order(left, filter.Value, ExpressionType.GreaterThan),
            FilterOperation.NotGreaterThan => Expression.Not(Order(left, filter.Value, ExpressionType.GreaterThan)),
            FilterOperation.GreaterThanOrEqual => Order(left, filter.Value, ExpressionType.GreaterThanOrEqual),
            FilterOperation.NotGreaterThanOrEqual =>
                Expression.Not(Order(left, filter.Value, ExpressionType.GreaterThanOrEqual)),
            FilterOperation.LowerThan => Order(left, filter.Value, ExpressionType.LessThan),
            FilterOperation.NotLowerThan => Expression.Not(Order(left, filter.Value, ExpressionType.LessThan)),
            FilterOperation.LowerThanOrEqual => Order(left, filter.Value, ExpressionType.LessThanOrEqual),
            FilterOperation.NotLowerThanOrEqual =>
                Expression.Not(Order(left, filter.Value, ExpressionType.LessThanOrEqual)),
            FilterOperation.IsNull => filter.Value is true
                ? Expression.Equal(left, Expression.Constant(null, type))
                : Expression.NotEqual(left, Expression.Constant(null, type)),
            FilterOperation.NotContains or FilterOperation.NotStartsWith or FilterOperation.NotEndsWith =>
                Expression.Not(Text(left, filter)),
            FilterOperation.Contains or FilterOperation.StartsWith or FilterOperation.EndsWith
                or FilterOperation.EqualIgnoreCase or FilterOperation.ContainsIgnoreCase
                or FilterOperation.StartsWithIgnoreCase or FilterOperation.EndsWithIgnoreCase => Text(left, filter),
        };
    }

    private static MethodCallExpression In(Expression left, object? values, Type type)
    {
        var given = (Array)values!;
        var typed = Array.CreateInstance(type, given.Length);
        Array.Copy(given, typed, given.Length);
        var sequence = typeof(IEnumerable<>).MakeGenericType(type);
        return Expression.Call(IsIn.MakeGenericMethod(type), Value(typed, sequence), left);
    }

    private static BinaryExpression Order(Expression left, object? value, ExpressionType operation)
    {
        var right = Value(value, left.Type);
        var type = System.Nullable.GetUnderlyingType(left.Type) ?? left.Type;
        if (type.IsPrimitive || type == typeof(decimal) || type.GetMethod("op_GreaterThan", [type, type]) is not null)
        {
            return Expression.MakeBinary(operation, left, right);
        }

        // No operator: what can be compared is, and null is neither before nor after anything.
        var compare = Expression.Call(typeof(FilterExpressions), nameof(CompareValues), [left.Type], left, right);
        return Expression.AndAlso(
            Expression.NotEqual(left, Expression.Constant(null, left.Type)),
            Expression.MakeBinary(operation, compare, Expression.Constant(0)));
    }

    private static BinaryExpression Text(Expression left, FilterCompare filter)
    {
        var (method, comparison) = filter.Operation switch
        {
            FilterOperation.Contains or FilterOperation.NotContains => (nameof(string.Contains), (StringComparison?)null),
            FilterOperation.StartsWith or FilterOperation.NotStartsWith => (nameof(string.StartsWith), StringComparison.Ordinal),
            FilterOperation.EndsWith or FilterOperation.NotEndsWith => (nameof(string.EndsWith), StringComparison.Ordinal),
            FilterOperation.ContainsIgnoreCase => (nameof(string.Contains), StringComparison.OrdinalIgnoreCase),
            FilterOperation.StartsWithIgnoreCase => (nameof(string.StartsWith), StringComparison.OrdinalIgnoreCase),
            FilterOperation.EndsWithIgnoreCase => (nameof(string.EndsWith), StringComparison.OrdinalIgnoreCase),
            _ => (nameof(string.Equals), StringComparison.OrdinalIgnoreCase),
        };
        Expression[] arguments = comparison is { } given
            ? [Value(filter.Value, typeof(string)), Expression.Constant(given)]
            : [Value(filter.Value, typeof(string))];
        var call = Expression.Call(left, typeof(string).GetMethod(method, [.. arguments.Select(a => a.Type)])!, arguments);
        return Expression.AndAlso(Expression.NotEqual(left, Expression.Constant(null, typeof(string))), call);
    }

    private static int CompareValues<T>(T left, T right) => Comparer<T>.Default.Compare(left, right);

    private static MemberExpression Value(object? value, Type type)
    {
        var holder = Activator.CreateInstance(typeof(Held<>).MakeGenericType(type), value)!;
        return Expression.Property(Expression.Constant(holder), nameof(Held<>.Value));
    }

    private static Type Nullable(Type type) =>
        type.IsValueType && System.Nullable.GetUnderlyingType(type) is null ? typeof(Nullable<>).MakeGenericType(type) : type;

    private static MethodInfo Method(Type type, string name, int parameters) =>
        type.GetMethods().Single(method =>
            method.Name == name
            && method.GetParameters().Length == parameters
            && method.GetParameters()[0].ParameterType.IsGenericType
            && method.GetParameters()[0].ParameterType.GetGenericTypeDefinition() == typeof(IEnumerable<>));

    private sealed class Held<T>(T value)
    {
        public T Value { get; } = value;
    }
}
