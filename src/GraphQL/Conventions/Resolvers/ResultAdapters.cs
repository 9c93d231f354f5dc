using System.Linq.Expressions;
using System.Reflection;
using Platform.GraphQL.Conventions.Reading;

namespace Platform.GraphQL.Conventions.Resolvers;

/// <summary>What becomes of an asynchronous sequence that a method returns.</summary>
internal enum StreamUse
{
    /// <summary>It is a list.</summary>
    Collected,

    /// <summary>It is the source of a subscription.</summary>
    Kept,
}

/// <summary>Brings whatever a method returns into one form.</summary>
internal static class ResultAdapters
{
    /// <summary>The call's result as <c>ValueTask&lt;object?&gt;</c>.</summary>
    public static Expression Adapt(Expression call, ParameterExpression ct, StreamUse streams)
    {
        var type = call.Type;
        if (type == typeof(void))
        {
            return Expression.Block(call, Expression.Default(typeof(ValueTask<object?>)));
        }

        if (type == typeof(Task) || type == typeof(ValueTask))
        {
            return Call(type == typeof(Task) ? nameof(OfTask) : nameof(OfValueTask), [], call);
        }

        if (ClrShape.Unwrapped(type) is { } awaited)
        {
            var name = type.GetGenericTypeDefinition() == typeof(Task<>) ? nameof(OfTaskOf) : nameof(OfValueTaskOf);
            return Call(name, [awaited], call);
        }

        // A query is both; it is enumerated asynchronously if it can be.
        if (streams == StreamUse.Collected && ClrShape.Implements(type, typeof(IAsyncEnumerable<>)) is { } stream)
        {
            return Call(nameof(OfStream), [stream.GetGenericArguments()[0]], call, ct);
        }

        return Call(nameof(OfValue), [], Expression.Convert(call, typeof(object)));
    }

    private static MethodCallExpression Call(string name, Type[] types, params Expression[] arguments)
    {
        var method = typeof(ResultAdapters).GetMethod(name, BindingFlags.NonPublic | BindingFlags.Static)!;
        return Expression.Call(types.Length == 0 ? method : method.MakeGenericMethod(types), arguments);
    }

    private static ValueTask<object?> OfValue(object? value) => new(value);

    private static async ValueTask<object?> OfTask(Task task)
    {
        await task;
        return null;
    }

    private static async ValueTask<object?> OfValueTask(ValueTask task)
    {
        await task;
        return null;
    }

    private static ValueTask<object?> OfTaskOf<T>(Task<T> task)
    {
        return task.IsCompletedSuccessfully ? OfValueTaskOf(new ValueTask<T>(task)) : Awaited(task);

        static async ValueTask<object?> Awaited(Task<T> task) => await task;
    }

    private static ValueTask<object?> OfValueTaskOf<T>(ValueTask<T> task)
    {
        return task.IsCompletedSuccessfully ? new ValueTask<object?>(task.GetAwaiter().GetResult()) : Awaited(task);

        static async ValueTask<object?> Awaited(ValueTask<T> task) => await task;
    }

    private static async ValueTask<object?> OfStream<T>(IAsyncEnumerable<T> stream, CancellationToken ct)
    {
        var items = new List<T>();
        await foreach (var item in stream.WithCancellation(ct))
        {
            items.Add(item);
        }

        return items;
    }
}
