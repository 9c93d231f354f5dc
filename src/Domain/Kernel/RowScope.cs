namespace Platform.Domain.Kernel;

/// <summary>
/// Which rows somebody may see and touch. Null stands for every one, an empty set for none. Shared master data, such as
/// items, has no scope; what belongs to a legal entity, a warehouse or a supplier is met by all sets that apply to it.
/// </summary>
public sealed record RowScope(
    IReadOnlySet<Guid>? LegalEntities, IReadOnlySet<Guid>? Warehouses, IReadOnlySet<Guid>? Suppliers)
{
    public static RowScope Everything { get; } = new(null, null, null);

    public static RowScope Nothing { get; } = new(new HashSet<Guid>(), new HashSet<Guid>(), new HashSet<Guid>());

    public bool IsEverything => LegalEntities is null && Warehouses is null && Suppliers is null;
}
