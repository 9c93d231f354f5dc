using Platform.Domain.Access;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;

namespace Platform.Api.Seeding.History;

/// <summary>
/// What people do about goods that are missing or broken, a few days after they were found; what was found in the last days is still
/// open when the history ends.
/// </summary>
internal sealed class Differences(Stage stage)
{
    private const int SettledAfterDays = 3;
    private const int GivenUpAfterDays = 12;

    private const string OpenOnes =
        """
        select id, version, kind from discrepancy where status = 'OPEN' and (receipt_id = $1 or shipment_id = $2) order by kind, item_id
        """;

    private const string OrderVersion = "select version from purchase_order where id = $1 and status = 'PARTIALLY_RECEIVED'";

    private readonly List<(DateOnly On, OnItsWay Order, IReadOnlyList<Came> Came, ReceiptId Receipt)> _found = [];
    private readonly List<(DateOnly On, OnItsWay Order)> _givenUp = [];

    public void Found(OnItsWay order, IReadOnlyList<Came> came, ReceiptId receipt, DateOnly day) => _found.Add((day.AddDays(SettledAfterDays), order, came, receipt));

    /// <summary>What is missing of an order is no longer wanted.</summary>
    public void GiveUp(OnItsWay order, DateOnly day) => _givenUp.Add((day.AddDays(GivenUpAfterDays), order));

    public async Task SettleAsync(DateOnly day, CancellationToken ct)
    {
        foreach (var one in _found.Where(one => one.On <= day).ToList())
        {
            _found.Remove(one);
            await SettleAsync(one.Order, one.Receipt, ct);
            await ScrapAsync(one.Order, one.Came, ct);
        }

        foreach (var one in _givenUp.Where(one => one.On <= day).ToList())
        {
            _givenUp.Remove(one);
            var version = await stage.Books.AllAsync(OrderVersion, row => row.GetInt32(0), ct, one.Order.Order.Value);
            if (version.Count == 1)
            {
                await stage.Cast.AsAsync(Role.Buyer, new CloseOrder(one.Order.Order, version[0], "the rest is no longer wanted"), ct);
            }
        }
    }

    private async Task SettleAsync(OnItsWay order, ReceiptId receipt, CancellationToken ct)
    {
        var open = await stage.Books.AllAsync(
            OpenOnes, row => (Id: new DiscrepancyId(row.GetGuid(0)), Version: row.GetInt32(1), Kind: row.GetString(2)), ct,
            receipt.Value, order.Shipment?.Value ?? Guid.Empty);
        foreach (var one in open)
        {
            var (settlement, on, note) = one.Kind == "DAMAGED"
                ? (Settlement.Scrapped, default(DateOnly?), "not worth sending back")
                : (Settlement.AwaitRest, stage.Clock.Today.AddDays(7), "the supplier sends the rest");
            await stage.Cast.AsAsync(Role.Buyer, new SettleDiscrepancy(one.Id, one.Version, settlement, on, note), ct);
        }
    }

    private async Task ScrapAsync(OnItsWay order, IReadOnlyList<Came> came, CancellationToken ct)
    {
        var broken = came.Where(one => one.Broken > 0m).ToList();
        if (broken.Count > 0)
        {
            await stage.Cast.AsAsync(
                Role.InventoryController,
                new PostMovements(new PostingRequest
                {
                    LegalEntity = order.Site.Entity,
                    Document = new StockDocument("SCRAP", Number: null, order.Order.Value),
                    Reason = new PostingReason("DAMAGE", "broken on arrival", Evidence: null),
                    Lines =
                    [
                        .. broken.Select(one => new MovementLine
                        {
                            Type = MovementType.Adjust,
                            Item = one.Line.Article.Item,
                            From = Place.In(order.Site.Dock, StockCondition.Damaged),
                            To = Place.Scrap,
                            Quantity = one.Broken,
                        }),
                    ],
                }),
                ct);
        }
    }
}
