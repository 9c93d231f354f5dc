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
