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

    public bool Meets(RowScope rows) =>
        Meets(rows.LegalEntities, LegalEntity)
        && Meets(rows.Suppliers, Supplier)
        && (Warehouses.Count == 0 || rows.Warehouses is null || Warehouses.Any(rows.Warehouses.Contains));

    private static bool Meets(IReadOnlySet<Guid>? theirs, Guid? ours) =>
        ours is not { } id || theirs is null || theirs.Contains(id);
}
