using Platform.Domain.Access;
using Platform.Domain.Partners;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;

namespace Platform.Api.Seeding.History;

/// <summary>What customers take on a day.</summary>
internal sealed class Sales(Stage stage)
{
    private readonly List<PartnerId> _customers =
        stage.Demo.Customers.OrderBy(customer => customer.Key, StringComparer.Ordinal).Select(customer => PartnerId.From(customer.Value.Value)).ToList();

    public int Lines { get; private set; }

    /// <summary>Ships what is asked for as far as it is there.</summary>
    public async Task ShipAsync(Site site, DateOnly day, CancellationToken ct)
    {
        var rhythm = stage.Plan.Scale.Rhythm;
        var chance = Chances.Of(stage.Plan.Seed, 3, site.Number, day.DayNumber);
        var mean = stage.Assortment.PerDay * 5 / rhythm.SaleDays / rhythm.LinesPerSale;
        var lines = new List<MovementLine>();
        for (var line = 0; line < rhythm.LinesPerSale; line++)
        {
            var article = stage.Assortment.Draw(chance);
            var wanted = 1 + Math.Round((decimal)(mean * -Math.Log(1 - chance.NextDouble())));
            var customer = _customers[chance.Next(_customers.Count)];
            lines.AddRange(stage.Shelves.Take(site.Code, article.Item, wanted).Select(shelf => Line(article, shelf, customer)));
        }

        if (lines.Count > 0)
        {
            await stage.Cast.AsAsync(
                Role.InventoryController,
                new PostMovements(new PostingRequest
                {
                    LegalEntity = site.Entity,
                    Document = new StockDocument("SHIPMENT", $"SH-{site.Code}-{day:yyyyMMdd}", Id: null),
                    Lines = lines,
                }),
                ct);
            Lines += lines.Count;
        }
    }

    private static MovementLine Line(Article article, Shelf shelf, PartnerId customer) => new()
    {
        Type = MovementType.Ship,
        Item = article.Item,
        From = Place.In(shelf.Bin, StockCondition.Usable),
        To = Place.Customer,
        Quantity = shelf.Quantity,
        Partner = customer,
    };
}
