using System.Linq.Expressions;
using System.Reflection;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Resolvers;

/// <summary>Turns members into delegates, once, while the schema is built.</summary>
internal static class ResolverCompiler
{
    /// <summary>A getter, or a method that takes the parent and nothing else.</summary>
    public static PureResolver Pure(MethodInfo getter, Type parent)
    {
        var resolver = typeof(PureResolver<,>).MakeGenericType(parent, getter.ReturnType);
        var signature = typeof(Func<,>).MakeGenericType(parent, getter.ReturnType);
        return (PureResolver)Activator.CreateInstance(resolver, PureDelegate(getter, parent, signature))!;
    }

    /// <summary>A member whose value wraps what its scalar writes, such as a typed id.</summary>
    public static PureResolver Unwrapping(MethodInfo getter, Type parent, LambdaExpression unwrap)
    {
        var owner = Expression.Parameter(parent);
        var read = getter.IsStatic ? Expression.Call(getter, owner) : Expression.Call(Expression.Convert(owner, getter.DeclaringType!), getter);
        var isNullable = Nullable.GetUnderlyingType(getter.ReturnType) is not null;
        var value = isNullable
            ? NullOr(read, unwrap)
            : (Expression)Expression.Invoke(unwrap, read);
        var signature = typeof(Func<,>).MakeGenericType(parent, value.Type);
        return (PureResolver)Activator.CreateInstance(
            typeof(PureResolver<,>).MakeGenericType(parent, value.Type), Expression.Lambda(signature, value, owner).Compile())!;
    }

    /// <summary>A method with parameters, called for one parent.</summary>
    public static FieldDelegate Single(MethodInfo method, object? target, ParameterBinder binder) =>
        Single(method, target, binder, StreamUse.Collected);

    public static FieldDelegate Single(MethodInfo method, object? target, ParameterBinder binder, StreamUse streams)
    {
        var parameters = method.GetParameters().Select(binder.Bind).ToArray();
        var instance = method.IsStatic ? null
            : target is not null ? (Expression)Expression.Convert(Expression.Constant(target), method.DeclaringType!)
            : Expression.Convert(binder.Parent, method.DeclaringType!);
        var call = Expression.Call(instance, method, parameters);
        return Expression.Lambda<FieldDelegate>(
            ResultAdapters.Adapt(call, binder.Ct, streams), binder.Parent, binder.Field, binder.Ct).Compile();
    }

    /// <summary>A property as the source of a list that is filtered, sorted or paged.</summary>
    public static FieldDelegate Reading(MethodInfo getter)
    {
        var parent = Expression.Parameter(typeof(object));
        var read = Expression.Lambda<Func<object, object?>>(
            Expression.Convert(
                Expression.Call(Expression.Convert(parent, getter.DeclaringType!), getter), typeof(object)),
            parent).Compile();
        return (owner, _, _) => new ValueTask<object?>(read(owner!));
    }

    private static BlockExpression NullOr(Expression read, LambdaExpression unwrap)
    {
        var value = Expression.Variable(read.Type);
        var type = unwrap.ReturnType.IsValueType ? typeof(Nullable<>).MakeGenericType(unwrap.ReturnType) : unwrap.ReturnType;
        return Expression.Block(
            [value],
            Expression.Assign(value, read),
            Expression.Condition(
                Expression.Property(value, "HasValue"),
                Expression.Convert(Expression.Invoke(unwrap, Expression.Property(value, "Value")), type),
                Expression.Default(type)));
    }

    // A closed delegate to a getter costs a microsecond to make, a compiled expression fifty.
    private static Delegate PureDelegate(MethodInfo getter, Type parent, Type signature)
    {
        var bindsDirectly = !parent.IsValueType
            && (getter.IsStatic || getter.DeclaringType == parent || getter.DeclaringType!.IsAssignableFrom(parent));
        if (bindsDirectly)
        {
            return getter.CreateDelegate(signature);
        }

        var parameter = Expression.Parameter(parent);
        var call = getter.IsStatic ? Expression.Call(getter, parameter) : Expression.Call(parameter, getter);
        return Expression.Lambda(signature, call, parameter).Compile();
    }
}

/// <summary>Reads arguments at their place, from the field or from the one input object of a mutation.</summary>
internal static class ArgumentReading
{
    public static T? OfField<T>(FieldContext field, int index, Func<object, object?> convert) =>
        field.Arguments[index] is { } value ? (T?)convert(value) : default;

    public static T? OfFieldOr<T>(FieldContext field, int index, Func<object, object?> convert, T? fallback) =>
        field.Arguments.Has(index) ? OfField<T>(field, index, convert) : fallback;

    public static T? OfInput<T>(FieldContext field, int index, Func<object, object?> convert) =>
        Input(field).Get(index) is { } value ? (T?)convert(value) : default;

    public static T? OfInputOr<T>(FieldContext field, int index, Func<object, object?> convert, T? fallback) =>
        Input(field).Has(index) ? OfInput<T>(field, index, convert) : fallback;

    public static Optional<T> OptionalOfField<T>(FieldContext field, int index, Func<object, object?> convert) =>
        field.Arguments.Has(index) ? new Optional<T>(OfField<T>(field, index, convert)) : default;

    public static Optional<T> OptionalOfInput<T>(FieldContext field, int index, Func<object, object?> convert) =>
        Input(field).Has(index) ? new Optional<T>(OfInput<T>(field, index, convert)) : default;

    private static InputObjectValue Input(FieldContext field) => (InputObjectValue)field.Arguments[0]!;
}
