using System.Linq.Expressions;
using System.Reflection;
using Platform.GraphQL.Conventions.Reading;

namespace Platform.GraphQL.Conventions.Mutations;

/// <summary>The declared errors of one mutation: which exceptions become which error objects.</summary>
internal sealed class MutationErrors
{
    private readonly List<(Type Exception, Func<Exception, object> Create)> _exceptions = [];
    private readonly List<Type> _types = [];

    /// <summary>The C# types of the error objects, in the order they were declared.</summary>
    public IReadOnlyList<Type> Types => _types;

    public static MutationErrors Read(MethodInfo method, IEnumerable<Type> others, BuildErrors errors)
    {
        var read = new MutationErrors();
        foreach (var attribute in method.Marked<ErrorAttribute>()
            .Concat(method.DeclaringType!.Marked<ErrorAttribute>()))
        {
            read.Declare(attribute.ErrorType, method, errors);
        }

        foreach (var type in others)
        {
            read.Include(type);
        }

        return read;
    }

    /// <summary>The error objects of an exception; null when one of its parts is not declared and it must be masked.</summary>
    public IReadOnlyList<object>? From(Exception exception)
    {
        if (exception is AggregateException aggregate)
        {
            var parts = aggregate.Flatten().InnerExceptions.Select(From).ToList();
            return parts.TrueForAll(part => part is not null) ? [.. parts.SelectMany(part => part!)] : null;
        }

        // The nearest declared ancestor speaks for an exception.
        for (var type = exception.GetType(); type != typeof(object); type = type!.BaseType)
        {
            foreach (var (declared, create) in _exceptions)
            {
                if (declared == type)
                {
                    return [create(exception)];
                }
            }
        }

        return null;
    }

    private void Declare(Type type, MethodInfo method, BuildErrors errors)
    {
        if (typeof(Exception).IsAssignableFrom(type))
        {
            Include(type);
            _exceptions.Add((type, exception => exception));
            return;
        }

        var factories = type.GetMethods(BindingFlags.Public | BindingFlags.Static)
            .Where(factory => factory.Name == "CreateErrorFrom" && Takes(factory.GetParameters()))
            .ToList();
        foreach (var factory in factories)
        {
            var create = Compile(factory);
            Include(factory.ReturnType);
            _exceptions.Add((factory.GetParameters()[0].ParameterType, create));
        }

        foreach (var constructor in type.GetConstructors().Where(c => Takes(c.GetParameters())))
        {
            var create = Compile(constructor);
            Include(type);
            _exceptions.Add((constructor.GetParameters()[0].ParameterType, create));
        }

        if (factories.Count == 0 && !_types.Contains(type))
        {
            if (type.GetProperty("Message") is null)
            {
                errors.Add(method, $"{TypeText.Of(type)} cannot be an error.", "Give it a property Message.");
            }

            Include(type);
        }
    }

    private void Include(Type type)
    {
        if (!_types.Contains(type))
        {
            _types.Add(type);
        }
    }

    private static bool Takes(ParameterInfo[] parameters) =>
        parameters.Length == 1 && typeof(Exception).IsAssignableFrom(parameters[0].ParameterType);

    private static Func<Exception, object> Compile(MethodBase factory)
    {
        var exception = Expression.Parameter(typeof(Exception));
        var argument = Expression.Convert(exception, factory.GetParameters()[0].ParameterType);
        var made = factory is ConstructorInfo constructor
            ? (Expression)Expression.New(constructor, argument)
            : Expression.Call((MethodInfo)factory, argument);
        return Expression.Lambda<Func<Exception, object>>(
            Expression.Convert(made, typeof(object)), exception).Compile();
    }
}
