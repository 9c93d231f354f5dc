using System.Reflection;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>
/// A C# type as the schema sees it: what waits is unwrapped, lists know their elements, and each level knows whether
/// it may be null. Code compiled without nullable annotations may be null everywhere.
/// </summary>
internal sealed record ClrShape(Type Type, bool IsNullable, ClrShape? Element)
{
    // It keeps what it read of a type and its module, and must not be shared by threads.
    [ThreadStatic]
    private static NullabilityInfoContext? _context;

    /// <summary>The innermost element.</summary>
    public ClrShape Named => Element?.Named ?? this;

    private static NullabilityInfoContext Context => _context ??= new NullabilityInfoContext();

    public static ClrShape Of(PropertyInfo property) => From(Context.Create(property), reads: true);

    public static ClrShape Of(FieldInfo field) => From(Context.Create(field), reads: true);

    public static ClrShape Of(ParameterInfo parameter) =>
        From(Context.Create(parameter), reads: false);

    public static ClrShape OfResult(MethodInfo method) =>
        From(Context.Create(method.ReturnParameter), reads: true);

    /// <summary>A type nobody annotated: not null, and neither are its elements.</summary>
    public static ClrShape Of(Type type)
    {
        var bare = Unwrapped(type) ?? type;
        var value = Nullable.GetUnderlyingType(bare);
        var element = value is null ? ElementOf(bare) : null;
        return new ClrShape(value ?? bare, value is not null, element is null ? null : Of(element));
    }

    /// <summary>The shape inside <see cref="Optional{T}"/>: what need not be given may be null unless it says otherwise.</summary>
    public ClrShape OptionalOf()
    {
        var value = Type.GetGenericArguments()[0];
        var inner = Of(value);
        return inner with { IsNullable = true };
    }

    public static bool IsAsynchronous(Type type) =>
        type == typeof(Task) || type == typeof(ValueTask) || Unwrapped(type) is not null
            || Implements(type, typeof(IAsyncEnumerable<>)) is not null;

    /// <summary>What a list has elements of; null when it is no list. Texts and bytes are not lists here.</summary>
    public static Type? ElementOf(Type type)
    {
        if (type == typeof(string) || type == typeof(byte[]))
        {
            return null;
        }

        return type.IsArray
            ? type.GetElementType()
            : (Implements(type, typeof(IEnumerable<>)) ?? Implements(type, typeof(IAsyncEnumerable<>)))
                ?.GetGenericArguments()[0];
    }

    /// <summary>The interface of that definition which the type is or has.</summary>
    public static Type? Implements(Type type, Type definition) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == definition
            ? type
            : type.GetInterfaces().FirstOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == definition);

    /// <summary>What a task answers with; null when the type is no task with an answer.</summary>
    public static Type? Unwrapped(Type type) =>
        type.IsGenericType
            && (type.GetGenericTypeDefinition() == typeof(Task<>) || type.GetGenericTypeDefinition() == typeof(ValueTask<>))
            ? type.GetGenericArguments()[0]
            : null;

    private static ClrShape From(NullabilityInfo info, bool reads)
    {
        if (Unwrapped(info.Type) is not null)
        {
            return From(info.GenericTypeArguments[0], reads);
        }

        var state = reads ? info.ReadState : info.WriteState;
        var value = Nullable.GetUnderlyingType(info.Type);
        if (value is not null)
        {
            return new ClrShape(value, IsNullable: true, ElementOf(value) is { } inner ? Of(inner) : null);
        }

        return new ClrShape(
            info.Type,
            !info.Type.IsValueType && state != NullabilityState.NotNull,
            ElementOf(info.Type) is { } element ? Inside(info, element, reads) : null);
    }

    // A list whose own definition fixes the element, such as `class Lines : List<Line>`, says nothing about nulls.
    private static ClrShape Inside(NullabilityInfo info, Type element, bool reads)
    {
        var known = info.ElementType
            ?? info.GenericTypeArguments.FirstOrDefault(argument => argument.Type == element);
        return known is null || info.GenericTypeArguments.Length > 1 ? Of(element) : From(known, reads);
    }
}
