using System.Reflection;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Conventions;

/// <summary>
/// Where a mutation's errors come from when they are neither exceptions nor declared at the method: for a business
/// whose methods return results and whose commands say themselves what they refuse.
/// </summary>
public interface IMutationErrorSource
{
    /// <summary>What a result carries when it succeeds; null when the type is no result of this source.</summary>
    Type? ValueOf(Type result);

    /// <summary>Takes results of that type apart.</summary>
    Func<object, MutationOutcome> ReaderOf(Type result);

    /// <summary>The C# types of the errors this mutation may answer with.</summary>
    IEnumerable<Type> ErrorsOf(MethodInfo mutation, Type result);
}

/// <summary>A value, or errors that are objects of the declared types.</summary>
public readonly record struct MutationOutcome(object? Value, IReadOnlyList<object> Errors)
{
    public static MutationOutcome Success(object? value) => new(value, []);

    public static MutationOutcome Failure(params IReadOnlyList<object> errors) => new(null, errors);
}

/// <summary>Opens something around each mutation, such as a transaction. Registered as a service.</summary>
public interface ITransactionScopeHandler
{
    ValueTask<ITransactionScope> CreateAsync(FieldContext mutation, CancellationToken ct);
}

/// <summary>Disposed after the mutation; completed before, if it succeeded without errors.</summary>
public interface ITransactionScope : IAsyncDisposable
{
    ValueTask CompleteAsync(CancellationToken ct);
}
