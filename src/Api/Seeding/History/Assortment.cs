using Platform.Domain.Catalog;
using Platform.Domain.Partners;

namespace Platform.Api.Seeding.History;

/// <summary>One item that is traded, as its makers know it.</summary>
/// <param name="Item">The item.</param>
/// <param name="Code">Its code.</param>
/// <param name="Rank">Its place among all: fast and slow ones alternate.</param>
/// <param name="Supplier">The number of who sells it.</param>
/// <param name="Unit">How it is counted.</param>
/// <param name="Price">What one costs.</param>
/// <param name="PerDay">How many of it a warehouse sells on an average working day.</param>
internal sealed record Article(ItemId Item, string Code, int Rank, int Supplier, string Unit, decimal Price, double PerDay);

/// <summary>What is traded all the time: the families that need neither lot, serial nor scale, a few fast and many slow.</summary>
internal sealed class Assortment
{
    private static readonly (string Family, string Unit)[] _families = [("BOLT-", "EA"), ("WASH-", "EA"), ("BOX-", "EA"), ("CABL-", "M")];

    private readonly DemoDistributor _demo;
    private readonly ILookup<int, Article> _bySupplier;
    private readonly double[] _popularity;

    public Assortment(DemoDistributor demo)
    {
        _demo = demo;
        SuppliersInUse = demo.Suppliers.Count - DemoDistributor.UnapprovedSuppliers;
        Articles = _families.SelectMany(family => demo.Items
                .Where(item => item.Key.StartsWith(family.Family, StringComparison.Ordinal))
                .OrderBy(item => item.Key, StringComparer.Ordinal)
                .Select(item => (item.Key, item.Value, family.Unit)))
            .Select((item, rank) => Of(item.Key, item.Value, item.Unit, rank))
            .ToList();
        _bySupplier = Articles.ToLookup(article => article.Supplier);
        _popularity = new double[Articles.Count];
        var sum = 0.0;
        foreach (var article in Articles)
        {
            _popularity[article.Rank] = sum += article.PerDay;
        }
    }

    public int SuppliersInUse { get; }

    public IReadOnlyList<Article> Articles { get; }

    /// <summary>How many of everything a warehouse sells on an average working day.</summary>
    public double PerDay => _popularity[^1];

    public IEnumerable<Article> Of(int supplier) => _bySupplier[supplier];

    public SupplierId Supplier(int number) => _demo.Suppliers[SupplierCode.Of(number)];

    /// <summary>An item that a customer asks for: fast ones more often.</summary>
    public Article Draw(Random chance)
    {
        var at = Array.BinarySearch(_popularity, chance.NextDouble() * PerDay);
        return Articles[Math.Min(at < 0 ? ~at : at, Articles.Count - 1)];
    }

    private Article Of(string code, ItemId item, string unit, int rank) => new(
        item, code, rank, Supplier: 1 + (rank % SuppliersInUse), unit,
        Price: 0.25m + (rank * 13 % 400 / 100m),
        PerDay: 0.3 + (12.0 / (1 + (rank % 40))));
}
