using System.Collections;
using System.Linq.Expressions;
using System.Reflection;
using Platform.GraphQL.Conventions.Relay;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>Classes and records as input objects: their fields, and how a coerced input becomes the C# object.</summary>
internal sealed class InputReader(ReadingContext context)
{
    private readonly Dictionary<Type, Lazy<Func<InputObjectValue, object>>> _creators = [];

    public TypeReference Reference(ClrShape shape, ICustomAttributeProvider source, MemberInfo member)
    {
        if (source.IsMarked<IDAttribute>())
        {
            return Leaf(shape, "ID");
        }

        if (source.Mark<GraphQLTypeAttribute>() is { } given)
        {
            return given.Notation ?? Leaf(shape, context.Catalog.InputName(given.Type!, member));
        }

        return context.Catalog.Input(shape, member);
    }

    /// <summary>From the coerced value, which is not null, to the parameter's type.</summary>
    public Func<object, object?> Conversion(ClrShape shape, ICustomAttributeProvider source, MemberInfo member)
    {
        if (source.Mark<IDAttribute>() is { } id)
        {
            return ListConversion(shape, element => NodeRegistry.Reading(element, id, context.Catalog, member));
        }

        return ListConversion(shape, element =>
            context.Catalog.IsLeaf(element) || !IsInputObject(element)
                ? InputConversion.To(element)
                : value => Create(element, (InputObjectValue)value));
    }

    public static ValueNode Default(object? value, Type type) => DefaultLiterals.Of(
        value is not null && (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice && value is not Enum
            ? Enum.ToObject(choice, value)
            : value);

    public void Read(Type type, InputObjectTypeConfiguration configuration)
    {
        ReadFields(type, configuration);

        // A creator takes a millisecond to compile, and most inputs wait long for their first use.
        _creators[type] = new Lazy<Func<InputObjectValue, object>>(() => Creator(type));
        if (type.IsClass && type.GetConstructor([]) is null && Constructor(type, [.. Properties(type)]) is null)
        {
            context.Errors.Add(
                type, "nothing can make it from an input.", "Give it a constructor whose parameters are its properties, or none.");
        }
    }

    private void ReadFields(Type type, InputObjectTypeConfiguration configuration)
    {
        configuration.RuntimeType = type;
        TypeAnnotations.Describe(configuration, type);
        var isOneOf = type.IsMarked<OneOfAttribute>();
        if (isOneOf)
        {
            configuration.MakeOneOf();
        }

        foreach (var property in Properties(type))
        {
            var shape = ClrShape.Of(property);
            var isOptional = IsOptional(property.PropertyType);
            shape = isOptional ? shape.OptionalOf() : isOneOf ? shape with { IsNullable = true } : shape;
            var source = Annotated(property);
            var field = configuration.Field(NameOf(property, source), Reference(shape, source, property));
            TypeAnnotations.Describe(field, property);
            if (DefaultOf(property) is { } given && !isOptional)
            {
                field.DefaultValue = Default(given, property.PropertyType);
            }
        }
    }

    // Every input type that an argument can reach has been read before anybody asks.
    private object Create(Type type, InputObjectValue value) => _creators[type].Value(value);

    /// <summary>The constructor with most parameters that are all properties, then the setters of what is left.</summary>
    private Func<InputObjectValue, object> Creator(Type type)
    {
        var properties = Properties(type).ToList();
        var constructor = Constructor(type, properties);
        var input = Expression.Parameter(typeof(InputObjectValue), "input");
        var parameters = constructor?.GetParameters() ?? [];
        var arguments = parameters.Select(parameter =>
        {
            var index = properties.FindIndex(property => Same(property, parameter));
            return Value(input, index, properties[index], parameter);
        });
        var created = Expression.Variable(type, "created");
        List<Expression> body =
            [Expression.Assign(created, constructor is null ? Expression.New(type) : Expression.New(constructor, arguments))];
        for (var i = 0; i < properties.Count; i++)
        {
            var property = properties[i];
            if (property.SetMethod is not null && !Array.Exists(parameters, parameter => Same(property, parameter)))
            {
                // What was not given keeps what the class itself put there.
                body.Add(Expression.IfThen(
                    Expression.Call(input, nameof(InputObjectValue.Has), [], Expression.Constant(i)),
                    Expression.Assign(Expression.Property(created, property), Value(input, i, property, null))));
            }
        }

        body.Add(Expression.Convert(created, typeof(object)));
        return Expression.Lambda<Func<InputObjectValue, object>>(Expression.Block([created], body), input).Compile();
    }

    private MethodCallExpression Value(ParameterExpression input, int index, PropertyInfo property, ParameterInfo? parameter)
    {
        var type = property.PropertyType;
        var isOptional = IsOptional(type);
        var shape = isOptional ? ClrShape.Of(property).OptionalOf() : ClrShape.Of(property);
        var convert = Expression.Constant(Conversion(shape, Annotated(property), property), typeof(Func<object, object?>));
        var place = Expression.Constant(index);
        if (isOptional)
        {
            return Call(nameof(OptionalField), type.GetGenericArguments()[0], input, place, convert);
        }

        var fallback = parameter is { HasDefaultValue: true, DefaultValue: { } value } ? (Expression)Typed(value, type) : Expression.Default(type);
        return Call(nameof(Field), type, input, place, convert, fallback);
    }

    private static ConstantExpression Typed(object value, Type type) => Expression.Constant(
        (Nullable.GetUnderlyingType(type) ?? type) is { IsEnum: true } choice ? Enum.ToObject(choice, value) : value, type);

    private static MethodCallExpression Call(string name, Type type, params Expression[] arguments) =>
        Expression.Call(typeof(InputReader), name, [type], arguments);

    private static T? Field<T>(InputObjectValue input, int index, Func<object, object?> convert, T? fallback) =>
        !input.Has(index) ? fallback : input.Get(index) is { } value ? (T?)convert(value) : default;

    private static Optional<T> OptionalField<T>(InputObjectValue input, int index, Func<object, object?> convert) =>
        input.Has(index) ? new Optional<T>(Field<T>(input, index, convert, default)) : default;

    private static Func<object, object?> ListConversion(ClrShape shape, Func<Type, Func<object, object?>> leaf)
    {
        if (shape.Element is null)
        {
            return leaf(shape.Type);
        }

        var element = ListConversion(shape.Element, leaf);
        var elementType = shape.Element is { IsNullable: true, Type.IsValueType: true }
            ? typeof(Nullable<>).MakeGenericType(shape.Element.Type)
            : shape.Element.Type;
        var collect = Collecting(shape.Type, elementType);
        return value =>
        {
            var given = (IList)value;
            var items = Array.CreateInstance(elementType, given.Count);
            for (var i = 0; i < given.Count; i++)
            {
                items.SetValue(given[i] is { } item ? element(item) : null, i);
            }

            return collect(items);
        };
    }

    /// <summary>An array where it fits; otherwise the collection's constructor or factory that takes a sequence.</summary>
    private static Func<Array, object> Collecting(Type list, Type element)
    {
        var array = element.MakeArrayType();
        if (list.IsAssignableFrom(array))
        {
            return items => items;
        }

        var sequence = typeof(IEnumerable<>).MakeGenericType(element);
        var concrete = list.IsInterface ? typeof(HashSet<>).MakeGenericType(element) : list;
        var parameter = Expression.Parameter(typeof(Array));
        var constructor = concrete.GetConstructor([sequence]);
        var made = constructor is not null
            ? (Expression)Expression.New(constructor, Expression.Convert(parameter, sequence))
            : Expression.Call(
                typeof(System.Collections.Immutable.ImmutableArray),
                nameof(System.Collections.Immutable.ImmutableArray.CreateRange),
                [element],
                Expression.Convert(parameter, sequence));
        return Expression.Lambda<Func<Array, object>>(Expression.Convert(made, typeof(object)), parameter).Compile();
    }

    private static IEnumerable<PropertyInfo> Properties(Type type)
    {
        var constructor = type.GetConstructors().SelectMany(c => c.GetParameters()).ToList();
        return type.GetProperties(BindingFlags.Public | BindingFlags.Instance)
            .Where(property => property.GetMethod is not null
                && property.GetIndexParameters().Length == 0
                && (property.SetMethod is { IsPublic: true } || constructor.Exists(parameter => Same(property, parameter)))
                && !property.IsMarked<GraphQLIgnoreAttribute>()
                && property.Name != "EqualityContract");
    }

    private static ConstructorInfo? Constructor(Type type, List<PropertyInfo> properties) => type.GetConstructors()
        .Where(c => c.GetParameters().All(parameter => properties.Exists(property => Same(property, parameter))))
        .OrderByDescending(c => c.GetParameters().Length)
        .FirstOrDefault();

    private static bool Same(PropertyInfo property, ParameterInfo parameter) =>
        string.Equals(property.Name, parameter.Name, StringComparison.OrdinalIgnoreCase)
            && property.PropertyType == parameter.ParameterType;

    /// <summary>On a record, attributes written in the header belong to the parameter.</summary>
    private static ICustomAttributeProvider Annotated(PropertyInfo property)
    {
        var parameter = Parameter(property);
        var isOnParameter = parameter is not null
            && (parameter.IsMarked<IDAttribute>() || parameter.IsMarked<GraphQLTypeAttribute>()
                || parameter.IsMarked<GraphQLNameAttribute>());
        return isOnParameter ? parameter! : property;
    }

    private static string NameOf(PropertyInfo property, ICustomAttributeProvider source) =>
        source is ParameterInfo parameter ? Names.Argument(parameter) : Names.Member(property);

    private static object? DefaultOf(PropertyInfo property) =>
        (property.Mark<DefaultValueAttribute>() ?? Parameter(property)?.Mark<DefaultValueAttribute>())?.Value
            ?? (Parameter(property) is { HasDefaultValue: true, DefaultValue: { } value } ? value : null);

    private static ParameterInfo? Parameter(PropertyInfo property) => property.DeclaringType!.GetConstructors()
        .SelectMany(c => c.GetParameters())
        .FirstOrDefault(parameter => Same(property, parameter));

    private static bool IsInputObject(Type type) => !type.IsInterface && !type.IsAbstract && type != typeof(object);

    private static bool IsOptional(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(Optional<>);

    /// <summary>A named type with the lists and nulls of a shape.</summary>
    public static TypeReference Leaf(ClrShape shape, string name)
    {
        var inner = shape.Element is { } element ? Leaf(element, name).List() : name;
        return shape.IsNullable ? inner : inner.NonNull();
    }
}
