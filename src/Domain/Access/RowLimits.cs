using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Access;

/// <summary>The rows an account is limited to. Null stands for every one, an empty list for none.</summary>
public sealed record RowLimits(
    IReadOnlyList<LegalEntityId>? LegalEntities, IReadOnlyList<WarehouseId>? Warehouses, IReadOnlyList<SupplierId>? Suppliers)
{
    private const int Most = 500;

    public static RowLimits None { get; } = new(null, null, null);

    internal Guid[]? EntitiesOrNull() => LegalEntities?.Select(id => id.Value).Distinct().ToArray();

    internal Guid[]? WarehousesOrNull() => Warehouses?.Select(id => id.Value).Distinct().ToArray();

    internal Guid[]? SuppliersOrNull() => Suppliers?.Select(id => id.Value).Distinct().ToArray();

    internal InvalidField? Check() =>
        TooMany("legalEntities", LegalEntities?.Count) ?? TooMany("warehouses", Warehouses?.Count) ?? TooMany("suppliers", Suppliers?.Count);

    private static InvalidField? TooMany(string field, int? count) => Field.Whole(field, count, least: 0, Most);
}
