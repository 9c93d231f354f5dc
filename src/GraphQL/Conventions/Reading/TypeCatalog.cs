using System.Collections;
using System.Collections.Immutable;
using System.Linq.Expressions;
using System.Reflection;
using Platform.GraphQL.Conventions.Resolvers;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>
/// Which schema type a C# type is. Asking for one that is not known yet puts it on the list of those to be read, so
/// that reading the roots reads everything they reach.
/// </summary>
internal sealed class TypeCatalog(ConventionOptions options, BuildErrors errors)
{
    private readonly Dictionary<Type, string> _outputs = [];
    private readonly Dictionary<Type, string> _inputs = [];
    private readonly Dictionary<string, Type> _named = new(StringComparer.Ordinal);
    private readonly Dictionary<Type, string?> _scalars = [];
    private readonly Dictionary<Type, LambdaExpression> _unwrapped = [];
    private readonly HashSet<string> _usedScalars = new(StringComparer.Ordinal);
    private readonly HashSet<Type> _interfaces = [];
    private readonly HashSet<Type> _unions = [];

    /// <summary>Types that were asked for and are not read yet.</summary>
    public Queue<(Type Type, bool IsInput)> Unread { get; } = new();

    /// <summary>Values of the type travel as a scalar; <paramref name="unwrap"/> gives the scalar's value.</summary>
    public void BindScalar(Type type, string scalar, LambdaExpression? unwrap)
    {
        _scalars[type] = scalar;
        if (unwrap is not null)
        {
            _unwrapped[type] = unwrap;
        }
    }

    /// <summary>The reading of a member, down to what its scalar can write.</summary>
    public PureResolver PureOf(MethodInfo getter, Type parent)
    {
        if (_unwrapped.TryGetValue(Nullable.GetUnderlyingType(getter.ReturnType) ?? getter.ReturnType, out var unwrap))
        {
            return ResolverCompiler.Unwrapping(getter, parent, unwrap);
        }

        var pure = ResolverCompiler.Pure(getter, parent);
        return _unwrapped.Count > 0 && UnwrapperOf(ClrShape.Of(getter.ReturnType)) is { } unwrapper
            ? new PureResolver<object, object?>(owner => unwrapper(pure.Resolve(owner)))
            : pure;
    }

    /// <summary>From values of a shape, or lists of them, to what their scalar can write; null where nothing is wrapped.</summary>
    public Func<object?, object?>? UnwrapperOf(ClrShape shape)
    {
        if (shape.Element is { } element && ScalarOf(shape.Type) is null)
        {
            return UnwrapperOf(element) is { } each
                ? list => list is IEnumerable values ? values.Cast<object?>().Select(each).ToArray() : null
                : null;
        }

        if (!_unwrapped.TryGetValue(shape.Type, out var unwrap))
        {
            return null;
        }

        var value = Expression.Parameter(typeof(object));
        var read = Expression.Lambda<Func<object, object?>>(
            Expression.Convert(Expression.Invoke(unwrap, Expression.Convert(value, shape.Type)), typeof(object)), value).Compile();
        return wrapped => wrapped is null ? null : read(wrapped);
    }

    public void AddInterface(Type type) => _interfaces.Add(type);

    public void AddUnion(Type type) => _unions.Add(type);

    public bool IsInterface(Type type) => _interfaces.Contains(type) || type.IsMarked<InterfaceTypeAttribute>();

    public bool IsUnion(Type type) => _unions.Contains(type) || type.IsMarked<UnionTypeAttribute>();

    public bool IsLeaf(Type type) => type.IsEnum || ScalarOf(type) is not null;

    public string? ScalarOf(Type type)
    {
        if (!_scalars.TryGetValue(type, out var scalar))
        {
            _scalars[type] = scalar = CustomScalars.For(type)?.Name;
        }

        return scalar;
    }

    /// <summary>The scalars that fields and arguments have.</summary>
    public IReadOnlySet<string> UsedScalars => _usedScalars;

    /// <summary>The type of a field: lists and nullability from C#, the name from the innermost type.</summary>
    public TypeReference Output(ClrShape shape, MemberInfo member) => Reference(shape, member, isInput: false);

    public TypeReference Input(ClrShape shape, MemberInfo member) => Reference(shape, member, isInput: true);

    public string OutputName(Type type, MemberInfo member) => UsedScalar(type) ?? Name(type, member, _outputs, isInput: false);

    public string InputName(Type type, MemberInfo member) =>
        UsedScalar(type) ?? (type.IsEnum ? OutputName(type, member) : Name(type, member, _inputs, isInput: true));

    /// <summary>The interface types a C# type has, directly or not.</summary>
    public IEnumerable<Type> InterfacesOf(Type type)
    {
        for (var parent = type.BaseType; parent is not null; parent = parent.BaseType)
        {
            if (IsInterface(parent))
            {
                yield return parent;
            }
        }

        foreach (var candidate in type.GetInterfaces())
        {
            if (IsInterface(candidate))
            {
                yield return candidate;
            }
        }
    }

    private string? UsedScalar(Type type)
    {
        var scalar = ScalarOf(type);
        if (scalar is not null)
        {
            _usedScalars.Add(scalar);
        }

        return scalar;
    }

    private TypeReference Reference(ClrShape shape, MemberInfo member, bool isInput)
    {
        // What has a scalar of its own is not a list, whatever it can be enumerated as.
        if (shape.Element is { } element && ScalarOf(shape.Type) is null)
        {
            var list = Reference(element, member, isInput).List();
            return shape.IsNullable ? list : list.NonNull();
        }

        TypeReference named = isInput ? InputName(shape.Type, member) : OutputName(shape.Type, member);
        return shape.IsNullable ? named : named.NonNull();
    }

    private string Name(Type type, MemberInfo member, Dictionary<Type, string> names, bool isInput)
    {
        if (names.TryGetValue(type, out var known))
        {
            return known;
        }

        if (Unusable(type, isInput) is { } problem)
        {
            errors.Add(member, problem, "Give it a type of the schema, [GraphQLType<T>] or [GraphQLIgnore].");
            return "String";
        }

        var name = isInput ? Names.Input(type)
            : IsInterface(type) ? Names.Interface(type, options.StripLeadingIFromInterface) : Names.Type(type);
        names[type] = name;
        if (!_named.TryAdd(name, type) && _named[name] != type)
        {
            errors.Add(
                type,
                $"the name \"{name}\" is already that of {_named[name].FullName}.",
                "Give one of them another by [GraphQLName].");
        }
        else
        {
            Unread.Enqueue((type, isInput));
        }

        return name;
    }

    private string? Unusable(Type type, bool isInput)
    {
        if (type == typeof(void) || type == typeof(object) || type == typeof(Task) || type == typeof(ValueTask)
            || type.IsGenericParameter || type.IsPointer || type.IsByRef || typeof(Delegate).IsAssignableFrom(type)
            || typeof(MemberInfo).IsAssignableFrom(type) || type.IsPrimitive)
        {
            return $"{TypeText.Of(type)} has no type in the schema.";
        }

        if (isInput && (type.IsInterface || type.IsAbstract))
        {
            return $"{TypeText.Of(type)} is abstract and no registered service, so it is neither an input nor injected.";
        }

        return !isInput && type.IsInterface && !IsInterface(type) && !IsUnion(type)
            ? $"{TypeText.Of(type)} is an interface; it needs [InterfaceType] or [UnionType]."
            : null;
    }

    /// <summary>The object types of a union or interface in its own assembly.</summary>
    public static ImmutableArray<Type> Implementers(Type type) =>
    [
        .. type.Assembly.GetTypes()
            .Where(t => t != type && !t.IsAbstract && !t.IsInterface && !t.IsGenericTypeDefinition
                && type.IsAssignableFrom(t) && !t.IsMarked<GraphQLIgnoreAttribute>())
            .OrderBy(t => t.FullName, StringComparer.Ordinal),
    ];

}
