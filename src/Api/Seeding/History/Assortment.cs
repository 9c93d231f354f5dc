using Platform.Domain.Catalog;
using Platform.Domain.Partners;

namespace Platform.Api.Seeding.History;

/// <summary>One item that is traded, as its makers know it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Supplier">Who sells it.</param>
/// <param name="SupplierNumber">Their number.</param>
/// <param name="Unit">How it is counted.</param>
/// <param name="Price">What one costs.</param>
/// <param name="PerDay">How many of it a warehouse sells on an average working day.</param>
internal sealed record Article(ItemId Item, SupplierId Supplier, int SupplierNumber, string Unit, decimal Price, double PerDay);

/// <summary>What is traded: the families that need neither lot, serial nor scale, a few fast and many slow.</summary>
internal sealed class Assortment
{
    private const int SuppliersInUse = 10;

    private static readonly (string Family, string Unit)[] _families = [("BOLT-", "EA"), ("WASH-", "EA"), ("BOX-", "EA"), ("CABL-", "M")];

    private readonly Dictionary<ItemId, int> _ranks;

    public Assortment(DemoDistributor demo)
    {
        Articles = _families.SelectMany(family => demo.Items
                .Where(item => item.Key.StartsWith(family.Family, StringComparison.Ordinal))
                .OrderBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => (item.Value, family.Unit)))
            .Select((item, rank) => Of(demo, item.Value, item.Unit, rank))
            .ToList();
        _ranks = Articles.Index().ToDictionary(article => article.Item.Item, article => article.Index);
    }

    public IReadOnlyList<Article> Articles { get; }

    /// <summary>The place of an item among all: fast and slow ones alternate.</summary>
    public int RankOf(ItemId item) => _ranks[item];

    private static Article Of(DemoDistributor demo, ItemId item, string unit, int rank)
    {
        var supplier = 1 + (rank % SuppliersInUse);
        return new Article(
            item, demo.Suppliers[$"SUP-{supplier:00}"], supplier, unit,
            Price: 0.25m + (rank * 13 % 400 / 100m),
            PerDay: 0.3 + (12.0 / (1 + (rank % 40))));
    }
}
