using System.Linq.Expressions;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Conventions.Loaders;

/// <summary>The loaders made of static methods, and how resolvers name the one they want.</summary>
internal sealed class LoaderRegistry
{
    private readonly List<MethodLoader> _loaders = [];

    public void Add(MethodInfo method, BuildErrors errors)
    {
        if (MethodLoader.TryRead(method, out var loader))
        {
            _loaders.Add(loader);
            return;
        }

        errors.Add(
            method,
            "it cannot be a data loader.",
            "Make it static, its first parameter IReadOnlyList<TKey> and its result a Task of IReadOnlyDictionary<TKey, TValue> or ILookup<TKey, TValue>.");
    }

    /// <summary>The loader a parameter asks for: a class of its own, or a method's by its types and, among several, its name.</summary>
    public Func<FieldContext, DataLoader> Find(ParameterInfo parameter, BuildErrors errors)
    {
        var type = parameter.ParameterType;
        if (!type.IsAbstract)
        {
            var get = typeof(DataLoaderScope).GetMethod(nameof(DataLoaderScope.Get), [])!.MakeGenericMethod(type);
            var scope = Expression.Parameter(typeof(FieldContext));
            return Expression.Lambda<Func<FieldContext, DataLoader>>(
                Expression.Call(Expression.Property(scope, nameof(FieldContext.Loaders)), get), scope).Compile();
        }

        var name = parameter.Mark<DataLoaderAttribute>()?.Name ?? Names.Pascal(parameter.Name!);
        var candidates = _loaders.Where(loader => type.IsAssignableFrom(loader.LoaderType)).ToList();
        var chosen = candidates.Count == 1 ? candidates[0] : candidates.Find(loader => loader.Name == name);
        if (chosen is null)
        {
            errors.Add(
                parameter.Member,
                $"no data loader is a {TypeText.Of(type)} named \"{name}\".",
                "Mark a static method with [DataLoader], or name one by [DataLoader(\"Name\")] at the parameter.");
            return _ => throw new InvalidOperationException(name);
        }

        return field => field.Loaders.Get(chosen, chosen.Create);
    }
}

/// <summary>A static method as a loader.</summary>
internal sealed class MethodLoader
{
    private readonly Func<DataLoaderScope, IServiceProvider, DataLoader> _create;

    private MethodLoader(string name, Type loaderType, Func<DataLoaderScope, IServiceProvider, DataLoader> create)
    {
        Name = name;
        LoaderType = loaderType;
        _create = create;
    }

    public string Name { get; }

    public Type LoaderType { get; }

    public DataLoader Create(DataLoaderScope scope, IServiceProvider services) => _create(scope, services);

    public static bool TryRead(MethodInfo method, out MethodLoader loader)
    {
        loader = null!;
        var parameters = method.GetParameters();
        var result = ClrShape.Unwrapped(method.ReturnType);
        if (!method.IsStatic || parameters.Length == 0 || result is null
            || ClrShape.ElementOf(parameters[0].ParameterType) is not { } key)
        {
            return false;
        }

        var map = ClrShape.Implements(result, typeof(IReadOnlyDictionary<,>)) is { } dictionary
            ? dictionary
            : ClrShape.Implements(result, typeof(ILookup<,>));
        if (map is null || map.GetGenericArguments()[0] != key)
        {
            return false;
        }

        var value = map.GetGenericArguments()[1];
        var isGrouped = map.GetGenericTypeDefinition() == typeof(ILookup<,>);
        var type = (isGrouped ? typeof(MethodGroupLoader<,>) : typeof(MethodBatchLoader<,>)).MakeGenericType(key, value);
        var call = Compile(method, key, map);
        var name = method.Mark<DataLoaderAttribute>()?.Name ?? Names.Method(method);
        loader = new MethodLoader(
            name, type, (scope, services) => (DataLoader)Activator.CreateInstance(type, scope, services, call)!);
        return true;
    }

    /// <summary>(services, keys, ct) → the method's task; its other parameters are services.</summary>
    private static Delegate Compile(MethodInfo method, Type key, Type map)
    {
        var services = Expression.Parameter(typeof(IServiceProvider));
        var keys = Expression.Parameter(typeof(IReadOnlyList<>).MakeGenericType(key));
        var ct = Expression.Parameter(typeof(CancellationToken));
        var arguments = method.GetParameters().Select((parameter, i) =>
            i == 0 ? (Expression)Expression.Convert(keys, parameter.ParameterType)
            : parameter.ParameterType == typeof(CancellationToken) ? ct
            : parameter.ParameterType == typeof(IServiceProvider) ? services
            : Expression.Call(
                typeof(ServiceProviderServiceExtensions),
                nameof(ServiceProviderServiceExtensions.GetRequiredService),
                [parameter.ParameterType],
                services));
        var call = Expression.Call(method, arguments);
        var adapted = call.Type == typeof(Task<>).MakeGenericType(map)
            ? (Expression)call
            : Expression.Call(typeof(MethodLoader), nameof(As), [ClrShape.Unwrapped(call.Type)!, map], AsTask(call));
        return Expression.Lambda(adapted, services, keys, ct).Compile();
    }

    private static Expression AsTask(Expression call) =>
        call.Type.GetGenericTypeDefinition() == typeof(ValueTask<>) ? Expression.Call(call, nameof(ValueTask<>.AsTask), []) : call;

    private static async Task<TMap> As<TResult, TMap>(Task<TResult> task)
        where TResult : TMap => await task;
}

internal sealed class MethodBatchLoader<TKey, TValue>(
    DataLoaderScope scope,
    IServiceProvider services,
    Func<IServiceProvider, IReadOnlyList<TKey>, CancellationToken, Task<IReadOnlyDictionary<TKey, TValue>>> load)
    : BatchDataLoader<TKey, TValue>(scope)
    where TKey : notnull
{
    protected override Task<IReadOnlyDictionary<TKey, TValue>> LoadBatchAsync(
        IReadOnlyList<TKey> keys, CancellationToken ct) => load(services, keys, ct);
}

internal sealed class MethodGroupLoader<TKey, TValue>(
    DataLoaderScope scope,
    IServiceProvider services,
    Func<IServiceProvider, IReadOnlyList<TKey>, CancellationToken, Task<ILookup<TKey, TValue>>> load)
    : GroupedDataLoader<TKey, TValue>(scope)
    where TKey : notnull
{
    protected override Task<ILookup<TKey, TValue>> LoadGroupedBatchAsync(
        IReadOnlyList<TKey> keys, CancellationToken ct) => load(services, keys, ct);
}
