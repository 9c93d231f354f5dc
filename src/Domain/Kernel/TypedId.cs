namespace Platform.Domain.Kernel;

/// <summary>
/// An id that cannot be taken for another's: <c>public readonly record struct ItemId(Guid Value) : ITypedId&lt;ItemId&gt;</c>.
/// Values are version 7, made at the edge, never inside a decision.
/// </summary>
public interface ITypedId<TSelf>
    where TSelf : struct, ITypedId<TSelf>
{
    Guid Value { get; }

    static abstract TSelf From(Guid value);
}

/// <summary>Finds typed ids, so that JSON and the database convert all of them by one rule.</summary>
internal static class TypedIds
{
    public static bool IsTypedId(Type type) =>
        type.IsValueType && Array.Exists(
            type.GetInterfaces(),
            candidate => candidate.IsGenericType && candidate.GetGenericTypeDefinition() == typeof(ITypedId<>));
}
