using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Purchasing;

/// <summary>Orders for tests, made as people make them: drafted and submitted by one, agreed to by another.</summary>
internal static class Buying
{
    public static Caller Buyer { get; } = Callers.Of(
        ActorKind.Human, "Bea Buyer", "purchasing.order", "purchasing.release", "purchasing.confirm", "approvals.request");

    public static Caller Approver { get; } = Callers.Of(
        ActorKind.Human, "App Rover", "approvals.decide", "approver.supervisor", "purchasing.approve");

    public static OrderLine Line(ItemId item, decimal quantity, decimal price) =>
        new(item, "EA", quantity, price, new DateOnly(2026, 4, 1), OverPercent: 5m, UnderPercent: 5m);

    public static async Task<OrderDrafted> DraftedAsync(this StockWorld world, params IReadOnlyList<OrderLine> lines) =>
        (await world.RunAsync(await world.DraftAsync(lines), Buyer)).Value;

    public static async Task<DraftOrder> DraftAsync(this StockWorld world, params IReadOnlyList<OrderLine> lines) => new(
        world.Entity, world.Warehouse, await world.SupplierAsync(), OrderKind.Standard, "EUR", lines, Reason: null);

    public static async Task<OrderSubmitted> SubmittedAsync(this StockWorld world, PurchaseOrderId order, int version) =>
        (await world.RunAsync(new SubmitOrder(order, version, null), Buyer)).Value;

    public static async Task<Result<ApprovalMoved>> ApproveAsync(this StockWorld world, ApprovalRequestId request)
    {
        var hash = await world.ScalarAsync<string>($"select shown_hash from approval_request where id = '{request}'");
        return await world.RunAsync(new ApproveRequest(request, hash, null), Approver);
    }

    /// <summary>An order that its supplier has.</summary>
    public static async Task<(PurchaseOrderId Order, int Version)> ReleasedAsync(this StockWorld world, params IReadOnlyList<OrderLine> lines)
    {
        var drafted = await world.DraftedAsync(lines);
        var submitted = await world.SubmittedAsync(drafted.Order, 1);
        (await world.ApproveAsync(submitted.Request)).Error.ShouldBeNull();
        var released = (await world.RunAsync(new ReleaseOrder(drafted.Order, 3), Buyer)).Value;
        return (drafted.Order, released.Version);
    }
}
