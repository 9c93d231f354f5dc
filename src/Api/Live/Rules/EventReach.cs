using Platform.Api.Access;
using Platform.Domain.Kernel;

namespace Platform.Api.Live.Rules;

/// <summary>
/// Whose rows an event tells of. Empty parts do not apply: an event of shared master data has none at all.
/// </summary>
/// <param name="LegalEntity">The company it happened in.</param>
/// <param name="Warehouses">Every warehouse it touches; who may see one of them sees their part of it.</param>
/// <param name="Supplier">The business partner it is about, who may look at it through the portal.</param>
public sealed record EventReach(Guid? LegalEntity, IReadOnlyCollection<Guid> Warehouses, Guid? Supplier)
{
    public static EventReach Shared { get; } = new(null, [], null);

    /// <summary>The one account it is told to, whatever rows others see; null when it is nobody's own.</summary>
    public Guid? Account { get; private init; }

    /// <summary>For those who are limited to no rows: what is about accounts, or about what tells of all rows.</summary>
    public static EventReach Unlimited { get; } = new(Guid.Empty, [Guid.Empty], Guid.Empty);

    /// <summary>For everybody of the house, and for no supplier's people: it is about none of them.</summary>
    public static EventReach House { get; } = OfSupplier(null);

    /// <summary>What belongs to a supplier is not another's to hear of, and what belongs to none is no supplier's.</summary>
    public static EventReach OfSupplier(Guid? supplier) => new(null, [], supplier ?? Guid.Empty);

    /// <summary>What somebody does for themselves; what is nobody's is told to nobody.</summary>
    public static EventReach OfAccount(Guid? account) => Shared with { Account = account ?? Guid.Empty };

    public bool Meets(Principal listener) =>
        Meets(listener.Rows) && (Account is not { } account || account == listener.Actor.Id);

    public bool Meets(RowScope rows) =>
        Meets(rows.LegalEntities, LegalEntity)
        && Meets(rows.Suppliers, Supplier)
        && (Warehouses.Count == 0 || rows.Warehouses is null || Warehouses.Any(rows.Warehouses.Contains));

    private static bool Meets(IReadOnlySet<Guid>? theirs, Guid? ours) =>
        ours is not { } id || theirs is null || theirs.Contains(id);
}
