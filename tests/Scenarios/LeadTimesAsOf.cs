using Platform.Domain.Access;
using Platform.Intelligence.LeadTime;

namespace Platform.Tests.Scenarios;

/// <summary>A-12: the table of lead times as of a moment is the same, whatever comes, is edited or is deleted after it.</summary>
public sealed class LeadTimesAsOf(Distributor distributor) : IClassFixture<Distributor>
{
    [Fact]
    public async Task What_happens_later_changes_nothing_of_what_was_known()
    {
        // given: an order that came, one that did not yet, and then the moment
        var supplier = await distributor.SupplierAsync("As Of");
        string[] items = [await distributor.ItemAsync("One"), await distributor.ItemAsync("Two")];
        var came = await distributor.OrderedAsync(supplier, (items[0], 30m, 4m));
        distributor.Clock.Advance(TimeSpan.FromDays(9));
        await ReceiveAsync(came.Lines[0]);
        var waits = await distributor.OrderedAsync(supplier, (items[1], 20m, 2m));
        distributor.Clock.Advance(TimeSpan.FromDays(1));
        var moment = distributor.Clock.GetUtcNow();
        var before = await TableAsync(moment);
        before.Count.ShouldBe(2);

        // when: it comes, more is ordered, and rows after the moment are changed by hand
        distributor.Clock.Advance(TimeSpan.FromDays(5));
        await ReceiveAsync(waits.Lines[0]);
        await distributor.OrderedAsync(supplier, (items[0], 99m, 4m));
        (await TableAsync(moment)).ShouldBe(before);
        (await TableAsync(distributor.Clock.GetUtcNow().AddMinutes(1))).Count.ShouldBe(3);
        await using var tamper = distributor.Owner.CreateCommand(
            """
            set session_replication_role = replica;
            update lead_time_observation set received_at = received_at - interval '3 days' where recorded_at > $1;
            """.Replace("$1", $"'{moment:O}'", StringComparison.Ordinal));
        await tamper.ExecuteNonQueryAsync();

        // then
        (await TableAsync(moment)).ShouldBe(before);
        await using var delete = distributor.Owner.CreateCommand(
            $"set session_replication_role = replica; delete from lead_time_observation where recorded_at > '{moment:O}'");
        await delete.ExecuteNonQueryAsync();
        (await TableAsync(moment)).ShouldBe(before);
    }

    private async Task ReceiveAsync(string line) => await (await distributor.AsPersonAsync(Role.WarehouseWorker)).DoAsync(
        "postReceipt",
        new { warehouseId = distributor.Warehouse, binId = distributor.Bins["DOCK"], lines = new[] { Inbound.Good(line, 10m) } },
        "__typename");

    /// <summary>Each order with what was known of it then, as text: a difference of a bit is a difference.</summary>
    private async Task<List<string>> TableAsync(DateTimeOffset asOf)
    {
        var day = LeadTimeTable.Day(asOf);
        var source = distributor.Application;
        return [.. (await LeadTimeTable.ReadAsync(source, asOf, 1000, CancellationToken.None)).Select(order => FormattableString.Invariant(
            $"{order.Id} {order.Sent:R} {order.Supplier} {string.Join(',', order.Groups)} {string.Join(',', order.Amounts.Select(one => one.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))} {string.Join(',', order.Words)} {order.DeliveredAsOf(day):R} {order.Promise?.AsOf(day):R} {order.Announced?.AsOf(day):R} {order.Ended?.AsOf(day):R}"))];
    }
}
