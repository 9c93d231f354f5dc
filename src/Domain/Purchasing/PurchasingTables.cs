using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Schedules;

namespace Platform.Domain.Purchasing;

internal sealed class PurchasingServices : ICapabilityServices
{
    public void Register(IServiceCollection services) =>
        services
            .AddScoped<OrderDesk>().AddScoped<OrderDrafting>().AddScoped<AgreementGuard>().AddScoped<BudgetGuard>()
            .AddScoped<IMaterialFacts, OrderFacts>().AddScoped<IApprovalFollower, OrderReturns>().AddScoped<IScheduledWork, ScheduledScorecards>()
            .AddScoped<Compliance>().AddScoped<IScheduledWork, ScheduledBreaches>();
}

/// <summary>The rows of purchasing, and every lock on them: an order, then its lines in their order.</summary>
internal static class PurchasingTables
{
    /// <summary>How near in time two orders for the same item and warehouse serve the same need.</summary>
    private const int SameNeedDays = 14;

    public static Task<PurchaseOrder?> LockOrderAsync(this PlatformDb db, PurchaseOrderId id, CancellationToken ct) =>
        db.Set<PurchaseOrder>()
            .FromSql($"select * from purchase_order where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<List<PurchaseOrderLine>> LockOrderLinesAsync(this PlatformDb db, PurchaseOrderId id, CancellationToken ct) =>
        db.Set<PurchaseOrderLine>()
            .FromSql($"select * from purchase_order_line where order_id = {id.Value} order by line for no key update")
            .ToListAsync(ct);

    /// <summary>Orders first, in the order of their ids, then their lines: all of them, because an order's state is theirs.</summary>
    public static async Task<(Dictionary<PurchaseOrderId, PurchaseOrder> Orders, Dictionary<PurchaseOrderLineId, PurchaseOrderLine> Lines)>
        LockOrdersOfLinesAsync(this PlatformDb db, IReadOnlyCollection<PurchaseOrderLineId> lines, CancellationToken ct)
    {
        var ids = lines.Select(line => line.Value).ToArray();
        var orders = await db.Set<PurchaseOrder>()
            .FromSql(
                $"""
                select * from purchase_order where id in (select order_id from purchase_order_line where id = any({ids}))
                order by id for no key update
                """)
            .ToDictionaryAsync(order => order.Id, ct);
        var of = orders.Keys.Select(order => order.Value).ToArray();
        var locked = await db.Set<PurchaseOrderLine>()
            .FromSql($"select * from purchase_order_line where order_id = any({of}) order by order_id, line for no key update")
            .ToDictionaryAsync(line => line.Id, ct);
        return (orders, locked);
    }

    /// <summary>The newest version, with every other writer of the pair kept waiting until the commit.</summary>
    public static async Task<SupplierItemTerms?> LockNewestTermsAsync(this PlatformDb db, SupplierId supplier, ItemId item, CancellationToken ct)
    {
        var pair = $"{supplier} {item}";
        await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.SupplierTerms}, hashtext({pair}))", ct);
        return await db.Set<SupplierItemTerms>().AsNoTracking()
            .Where(terms => terms.SupplierId == supplier && terms.ItemId == item)
            .OrderByDescending(terms => terms.Number)
            .FirstOrDefaultAsync(ct);
    }

    /// <summary>What is agreed with a supplier about items on a day: of each item the version in force.</summary>
    public static async Task<Dictionary<ItemId, SupplierItemTerms>> TermsInForceAsync(
        this PlatformDb db, SupplierId supplier, IReadOnlyCollection<ItemId> items, DateOnly day, CancellationToken ct)
    {
        var ids = items.Select(item => item.Value).ToArray();
        return await db.Set<SupplierItemTerms>()
            .FromSql(
                $"""
                select distinct on (item_id) * from supplier_item_terms
                where supplier_id = {supplier.Value} and item_id = any({ids}) and valid_from <= {day}
                order by item_id, valid_from desc, number desc
                """)
            .AsNoTracking()
            .ToDictionaryAsync(terms => terms.ItemId, ct);
    }

    public static Task<Dictionary<PurchaseOrderLineId, OrderLineTerms>> ReadOrderLinesAsync(
        this PlatformDb db, IReadOnlyCollection<PurchaseOrderLineId> ids, CancellationToken ct) =>
        db.OrderLines().Where(one => ids.Contains(one.Line.Id))
            .ToDictionaryAsync(one => one.Line.Id, one => OrderLineTerms.Of(one.Order, one.Line), ct);

    public static async Task<List<OrderLineTerms>> ReadOrderAsync(this PlatformDb db, PurchaseOrderId id, CancellationToken ct)
    {
        var lines = await db.OrderLines().Where(one => one.Line.OrderId == id).OrderBy(one => one.Line.Line).ToListAsync(ct);
        return lines.ConvertAll(one => OrderLineTerms.Of(one.Order, one.Line));
    }

    public static async Task<string> NextOrderNumberAsync(this PlatformDb db, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval('purchase_order_number')");
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"PO-{number:000000}");
    }

    public static async Task<Result<IReadOnlyList<PricedLine>>> PriceAsync(
        this PlatformDb db, IReadOnlyList<OrderLine> lines, string currency, CancellationToken ct)
    {
        var ids = lines.Select(line => line.Item).Distinct().ToList();
        var items = await db.Set<Item>().AsNoTracking().Where(item => ids.Contains(item.Id)).ToDictionaryAsync(item => item.Id, ct);
        var units = await db.Set<ItemUnit>().AsNoTracking().Where(unit => ids.Contains(unit.ItemId)).ToListAsync(ct);
        var known = await db.FindCurrencyAsync(currency, ct);
        return OrderPricing.Price(lines, items, units.ToLookup(unit => unit.ItemId), known!.Digits);
    }

    /// <summary>In the order of the items, so that two orders that share several wait for each other only one way.</summary>
    public static async Task LockNeedsAsync(
        this PlatformDb db, PurchaseOrder order, IReadOnlyList<PurchaseOrderLine> lines, CancellationToken ct)
    {
        foreach (var item in lines.Select(line => line.ItemId.Value).Distinct().Order())
        {
            var need = $"{order.WarehouseId} {item}";
            await db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.PurchasingNeeds}, hashtext({need}))", ct);
        }
    }

    /// <summary>Orders on their way that bring the same item to the same warehouse about the same time (PRC-11).</summary>
    public static async Task<List<CoveringOrder>> FindCoveringOrdersAsync(
        this PlatformDb db, PurchaseOrder order, IReadOnlyList<PurchaseOrderLine> lines, CancellationToken ct)
    {
        var items = lines.Select(line => line.ItemId).Distinct().ToList();
        var open = await db.Set<PurchaseOrderLine>()
            .Join(db.Set<PurchaseOrder>(), line => line.OrderId, other => other.Id, (line, other) => new { Line = line, Order = other })
            .Where(one => one.Order.WarehouseId == order.WarehouseId && one.Order.Id != order.Id && items.Contains(one.Line.ItemId))
            .Where(one => one.Order.Status != OrderStatus.Draft && one.Order.Status != OrderStatus.Received
                && one.Order.Status != OrderStatus.Closed && one.Order.Status != OrderStatus.Cancelled)
            .Where(one => one.Line.Status == OrderLineStatus.Open || one.Line.Status == OrderLineStatus.PartiallyReceived)
            .OrderBy(one => one.Order.Number)
            .ThenBy(one => one.Line.Line)
            .Select(one => new CoveringOrder(
                one.Order.Id, one.Order.Number, one.Line.ItemId, one.Line.BaseQuantity - one.Line.Received,
                one.Line.ConfirmedOn ?? one.Line.ExpectedOn))
            .ToListAsync(ct);
        return open.FindAll(one => lines.Any(line =>
            line.ItemId == one.Item && Math.Abs(line.ExpectedOn.DayNumber - one.ExpectedOn.DayNumber) <= SameNeedDays));
    }

    private static IQueryable<LineOfOrder> OrderLines(this PlatformDb db) =>
        db.Set<PurchaseOrderLine>().AsNoTracking()
            .Join(db.Set<PurchaseOrder>(), line => line.OrderId, order => order.Id, (line, order) => new LineOfOrder { Order = order, Line = line });

    private sealed class LineOfOrder
    {
        public required PurchaseOrder Order { get; init; }

        public required PurchaseOrderLine Line { get; init; }
    }

    public static Task<List<PurchaseOrder>> LockUnconfirmedOrdersAsync(
        this PlatformDb db, DateTimeOffset now, int most, CancellationToken ct) =>
        db.Set<PurchaseOrder>()
            .FromSql(
                $"""
                select * from purchase_order
                where confirm_by < {now} and status = 'RELEASED' and unconfirmed_since is null
                order by confirm_by, id limit {most} for no key update skip locked
                """)
            .ToListAsync(ct);
}
