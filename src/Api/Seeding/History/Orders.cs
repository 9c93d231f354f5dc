using Npgsql;
using Platform.Domain.Access;
using Platform.Domain.Approvals;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;

namespace Platform.Api.Seeding.History;

/// <summary>An order on its way.</summary>
internal sealed record OnItsWay(
    PurchaseOrderId Order, string Site, LegalEntityId Entity, int SupplierNumber, IReadOnlyList<OrderLine> Lines, int Version, DateOnly ArrivesOn);

/// <summary>
/// Buys what runs low: every warehouse once a week, from every supplier one order, which a supervisor agrees to and the supplier
/// answers.
/// </summary>
internal sealed class Orders(
    DemoDistributor demo, Assortment assortment, Shelves shelves, Cast cast, NpgsqlDataSource source,
    IReadOnlyDictionary<int, SupplierCharacter> characters, Random chance)
{
    private const int MostLines = 40;
    private const int ReviewDays = 7;
    private const int BuysForDays = 21;

    private readonly List<OnItsWay> _open = [];

    /// <summary>Takes what arrives today off the list.</summary>
    public IReadOnlyList<OnItsWay> Arriving(DateOnly day)
    {
        var arriving = _open.Where(order => order.ArrivesOn <= day).ToList();
        _open.RemoveAll(arriving.Contains);
        return arriving;
    }

    /// <summary>Orders what will not last until the goods of the next review are here; returns how many orders went out.</summary>
    public async Task<int> BuyAsync(string site, LegalEntityId entity, DateOnly day, CancellationToken ct)
    {
        var expected = _open.Where(order => order.Site == site).SelectMany(order => order.Lines)
            .GroupBy(line => line.Item).ToDictionary(group => group.Key, group => group.Sum(line => line.Quantity));
        var position = (await shelves.OfAsync(demo.Warehouses[site], ct))
            .GroupBy(shelf => shelf.Item)
            .ToDictionary(group => group.Key, group => group.Sum(shelf => shelf.Quantity));
        var orders = 0;
        foreach (var ofSupplier in assortment.Articles.GroupBy(article => article.SupplierNumber))
        {
            var lead = characters[ofSupplier.Key].LeadDays;
            var lines = ofSupplier
                .Select(article => Line(article, day, lead, position.GetValueOrDefault(article.Item) + expected.GetValueOrDefault(article.Item)))
                .OfType<OrderLine>().Take(MostLines).ToList();
            if (lines.Count > 0 && await OrderAsync(site, entity, ofSupplier.First(), lines, day, ct) is { } order)
            {
                _open.Add(order);
                orders++;
            }
        }

        return orders;
    }

    private static OrderLine? Line(Article article, DateOnly day, double lead, decimal position) =>
        position >= (decimal)(article.PerDay * (lead + ReviewDays))
            ? null
            : new OrderLine(
                article.Item, article.Unit, Math.Ceiling((decimal)(article.PerDay * (lead + BuysForDays)) - position), article.Price,
                day.AddDays((int)Math.Ceiling(lead)), OverPercent: 5, UnderPercent: 5);

    private async Task<OnItsWay?> OrderAsync(
        string site, LegalEntityId entity, Article article, IReadOnlyList<OrderLine> lines, DateOnly day, CancellationToken ct)
    {
        var drafted = await cast.AsAsync(
            Role.Buyer,
            new DraftOrder(
                entity, demo.Warehouses[site], article.Supplier, OrderKind.Standard, article.SupplierNumber % 2 == 0 ? "EUR" : "USD", lines, Reason: null),
            ct);
        var submission = await cast.TryAsync(Role.Buyer, new SubmitOrder(drafted.Order, Version: 1, DuplicateReason: null), ct);
        if (!submission.Succeeded(out var submitted))
        {
            // The same need is on its way already; the buyer thinks better of it.
            await cast.AsAsync(Role.Buyer, new CancelOrder(drafted.Order, Version: 1, submission.Error!.Message), ct);
            return null;
        }

        await cast.AsAsync(Role.WarehouseSupervisor, new ApproveRequest(submitted.Request, await ShownAsync(submitted.Request, ct), Reason: null), ct);
        var released = await cast.AsAsync(Role.Buyer, new ReleaseOrder(drafted.Order, submitted.Version + 1), ct);
        var promised = lines.Select((line, at) => new ConfirmedLine(at + 1, line.Quantity, line.ExpectedOn)).ToList();
        var answered = await cast.AsAsync(
            Role.Buyer, new AcknowledgeOrder(drafted.Order, released.Version, $"AB-{drafted.Number}", promised), ct);
        return new OnItsWay(
            drafted.Order, site, entity, article.SupplierNumber, lines, answered.Version,
            day.AddDays(characters[article.SupplierNumber].DrawLeadDays(day, chance)));
    }

    private async Task<string> ShownAsync(ApprovalRequestId request, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select shown_hash from approval_request where id = $1");
        command.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = request.Value });
        return (string)(await command.ExecuteScalarAsync(ct))!;
    }
}
