using Platform.Domain.Access;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;

namespace Platform.Api.Seeding.History;

/// <summary>What customers take in a day.</summary>
internal sealed class Sales(DemoDistributor demo, Assortment assortment, Shelves shelves, Cast cast, int linesPerDay, Random chance)
{
    private readonly List<PartnerId> _customers =
        demo.Customers.OrderBy(customer => customer.Key, StringComparer.Ordinal).Select(customer => PartnerId.From(customer.Value.Value)).ToList();

    /// <summary>Ships what is asked for as far as it is there; returns how many lines left.</summary>
    public async Task<int> ShipAsync(string site, LegalEntityId entity, DateOnly day, CancellationToken ct)
    {
        var stock = (await shelves.OfAsync(demo.Warehouses[site], ct)).GroupBy(shelf => shelf.Item).ToDictionary(group => group.Key, group => group.ToList());
        var share = Math.Min(1.0, linesPerDay / (double)assortment.Articles.Count);
        var lines = new List<MovementLine>();
        foreach (var article in assortment.Articles)
        {
            if (chance.NextDouble() >= share)
            {
                continue;
            }

            var wanted = 1 + Math.Round((decimal)(article.PerDay / share * -Math.Log(1 - chance.NextDouble())));
            foreach (var shelf in stock.GetValueOrDefault(article.Item, []))
            {
                var taken = Math.Min(wanted, shelf.Quantity);
                if (taken > 0)
                {
                    lines.Add(Line(shelf, taken));
                    wanted -= taken;
                }
            }
        }

        if (lines.Count > 0)
        {
            await cast.AsAsync(
                Role.InventoryController,
                new PostMovements(new PostingRequest
                {
                    LegalEntity = entity,
                    Document = new StockDocument("SHIPMENT", $"SH-{site}-{day:yyyyMMdd}", Id: null),
                    Lines = lines,
                }),
                ct);
        }

        return lines.Count;
    }

    private MovementLine Line(Shelf shelf, decimal quantity) => new()
    {
        Type = MovementType.Ship,
        Item = shelf.Item,
        From = Place.In(shelf.Bin, StockCondition.Usable),
        To = Place.Customer,
        Quantity = quantity,
        Partner = _customers[chance.Next(_customers.Count)],
    };
}
