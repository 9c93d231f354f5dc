using Platform.Domain.Access;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;

namespace Platform.Api.Seeding.History;

/// <summary>One line on its way.</summary>
internal sealed record LineOnItsWay(PurchaseOrderLineId Id, Article Article, decimal Quantity);

/// <summary>Goods on their way.</summary>
/// <param name="Order">The order.</param>
/// <param name="Number">Its number.</param>
/// <param name="Site">Where they go.</param>
/// <param name="Supplier">Who sends them.</param>
/// <param name="Lines">What is on its way.</param>
/// <param name="PromisedOn">When they should come.</param>
/// <param name="Comes">When they will.</param>
internal sealed record OnItsWay(
    PurchaseOrderId Order, string Number, Site Site, SupplierCharacter Supplier, IReadOnlyList<LineOnItsWay> Lines, DateOnly PromisedOn, Arrival Comes)
{
    /// <summary>The shipment that the supplier announced.</summary>
    public InboundShipmentId? Shipment { get; init; }

    /// <summary>Whether it is what was missing of an earlier delivery.</summary>
    public bool IsRest { get; init; }
}

/// <summary>
/// Buys what runs low: each warehouse looks at a supplier's goods every few weeks and sends it one order, which a supervisor agrees to
/// and most suppliers answer.
/// </summary>
internal sealed class Orders(Stage stage, Dealings dealings)
{
    private const double AnsweredShare = 0.7;

    private readonly List<OnItsWay> _open = [];

    public int Count { get; private set; }

    public IReadOnlyList<OnItsWay> Open => _open;

    /// <summary>Takes what arrives today off the list.</summary>
    public IReadOnlyList<OnItsWay> Arriving(DateOnly day)
    {
        var arriving = _open.Where(order => order.Comes.On <= day).OrderBy(order => order.Site.Number).ThenBy(order => order.Number, StringComparer.Ordinal).ToList();
        _open.RemoveAll(arriving.Contains);
        return arriving;
    }

    public void Expect(OnItsWay goods) => _open.Add(goods);

    /// <summary>Suppliers that announce what they send do so a few days before it comes.</summary>
    public async Task AnnounceAsync(DateOnly day, CancellationToken ct)
    {
        for (var at = 0; at < _open.Count; at++)
        {
            if (_open[at] is { Shipment: null, IsRest: false } order && order.Supplier.Announces && order.Comes.On.AddDays(-3) <= day)
            {
                var announced = await stage.Cast.AsAsync(
                    Role.Buyer,
                    new AnnounceShipment(
                        stage.Assortment.Supplier(order.Supplier.Number), order.Site.Warehouse, $"ASN-{order.Number}", "Logis 3PL", Tracking: null,
                        new DateTimeOffset(order.Comes.On, new TimeOnly(9, 0), TimeSpan.Zero),
                        [.. order.Lines.Select(line => new AnnouncedLine(line.Id, line.Article.Unit, line.Quantity, LotCode: null, ExpiresOn: null, Carton: null))]),
                    ct);
                _open[at] = order with { Shipment = announced.Shipment };
            }
        }
    }

    /// <summary>Looks at the suppliers whose turn it is; at least one line is bought, so that every review leaves a trace.</summary>
    public async Task BuyAsync(Site site, DateOnly day, CancellationToken ct)
    {
        var week = (day.DayNumber - stage.Plan.From.DayNumber) / 7;
        foreach (var supplier in stage.Suppliers.Values)
        {
            var every = supplier.Changes ? stage.Plan.Scale.Rhythm.WatchedReviewWeeks : stage.Plan.Scale.Rhythm.ReviewWeeks;
            if ((week + (supplier.Number * 5) + (site.Number * 2)) % every == 0)
            {
                await OrderAsync(site, supplier, every, day, ct);
            }
        }
    }

    private List<(Article Article, decimal Quantity)> Wanted(Site site, SupplierCharacter supplier, int everyWeeks)
    {
        var coming = _open.Where(order => order.Site == site).SelectMany(order => order.Lines).Select(line => line.Article.Item).ToHashSet();
        var days = 5.0 / 7 * ((everyWeeks * 7) + supplier.AskedLeadDays);
        return stage.Assortment.Of(supplier.Number)
            .Where(article => !coming.Contains(article.Item))
            .Select(article => (Article: article, Has: stage.Shelves.Of(site.Code, article.Item), Needs: (decimal)(article.PerDay * days * 1.3)))
            .OrderBy(one => one.Has / one.Needs).ThenBy(one => one.Article.Rank)
            .Where((one, at) => at == 0 || one.Has < one.Needs / 2)
            .Take(stage.Plan.Scale.Rhythm.LinesPerOrder)
            .Select(one => (one.Article, Math.Max(10m, Math.Ceiling(one.Needs - one.Has))))
            .ToList();
    }

    private async Task OrderAsync(Site site, SupplierCharacter supplier, int everyWeeks, DateOnly day, CancellationToken ct)
    {
        var wanted = Wanted(site, supplier, everyWeeks);
        if (wanted.Count == 0)
        {
            return;
        }

        var chance = Chances.Of(stage.Plan.Seed, 1, site.Number, supplier.Number, day.DayNumber);
        var asked = day.AddDays(supplier.AskedLeadDays);
        var comes = supplier.Draw(day, chance);
        var bought = await dealings.BuyAsync(
            site, supplier.Number, asked, [.. wanted.Select(one => new Want(one.Article.Item, one.Article.Unit, one.Quantity, one.Article.Price))], ct);
        if (chance.Happens(AnsweredShare))
        {
            var promised = wanted.Select((one, at) => new ConfirmedLine(at + 1, one.Quantity, asked)).ToList();
            await stage.Cast.AsAsync(Role.Buyer, new AcknowledgeOrder(bought.Order, bought.Version, $"AB-{bought.Number}", promised), ct);
        }

        _open.Add(new OnItsWay(
            bought.Order, bought.Number, site, supplier, [.. wanted.Select((one, at) => new LineOnItsWay(bought.Lines[at].Id, one.Article, one.Quantity))],
            asked, comes));
        Count++;
    }
}
