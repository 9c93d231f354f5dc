namespace Platform.Tests.Scenarios;

/// <summary>SCN-09, the dock's side: one line comes in three deliveries, of three lots.</summary>
public sealed class PartialReceipts(Distributor distributor) : IClassFixture<Distributor>
{
    [Fact]
    public async Task A_line_stays_open_until_the_last_delivery_and_each_accrues_what_it_brought()
    {
        var supplier = await distributor.SupplierAsync("Slow and Steady");
        var item = await distributor.ItemAsync("Resin", new { tracking = "LOT" });
        var (_, lines) = await distributor.OrderedAsync(supplier, (item, 100, 3));
        foreach (var (quantity, lot, status) in new[] { (40m, "A", "PARTIALLY_RECEIVED"), (35m, "B", "PARTIALLY_RECEIVED"), (25m, "C", "RECEIVED") })
        {
            distributor.Clock.Advance(TimeSpan.FromDays(1));

            var received = await distributor.ReceivedAsync(shipment: null, Inbound.OfLot(lines[0], quantity, lot));

            received["lines"]![0]!["accrued"].Number().ShouldBe(quantity * 3);
            var line = await distributor.LineAsync(lines[0]);
            ((string)line["status"]!, (string)line["order"]!["status"]!).ShouldBe((status, status));
        }

        (await distributor.StockAsync(item, "USABLE")).ShouldBe(100m);
        (await distributor.CasesAsync("SHORT_RECEIPT")).ShouldBeEmpty();
    }
}
