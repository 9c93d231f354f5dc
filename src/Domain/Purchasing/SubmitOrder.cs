using System.Globalization;
using System.Text.Json;
using Platform.Domain.Approvals;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Purchasing;

/// <summary>
/// Asks others to agree to an order. Where the same need is ordered already, it is refused unless somebody says why not; the
/// reason becomes a case that procurement sees (PRC-11).
/// </summary>
[Needs("purchasing.order")]
[Refuses<InvalidField>, Refuses<PurchaseOrderNotFound>, Refuses<StaleVersion>, Refuses<WrongOrderStatus>]
[Refuses<SupplierNotApproved>, Refuses<DuplicateBuy>, Refuses<BudgetExceeded>, Refuses<AgreementNotInForce>, Refuses<NotInAgreement>]
[Refuses<AgreementPriceDiffers>, Refuses<AgreementExhausted>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record SubmitOrder(PurchaseOrderId Order, int Version, string? DuplicateReason) : ICommand<OrderSubmitted>;

/// <param name="Order">The order.</param>
/// <param name="Revision">The revision that others decide about.</param>
/// <param name="Status">Approved at once where a rule lets it pass.</param>
/// <param name="Request">The request that waits.</param>
/// <param name="Version">The order's version.</param>
public sealed record OrderSubmitted(
    PurchaseOrderId Order, int Revision, OrderStatus Status, ApprovalRequestId Request, int Version);

/// <summary>Puts an approved revision in force; run by the approval of it and by nothing else.</summary>
[Needs("purchasing.approve")]
[Refuses<PurchaseOrderNotFound>, Refuses<OrderNeedsApproval>, Refuses<WrongOrderStatus>, Refuses<OrderRevisionDiffers>]
public sealed record AuthoriseOrder(PurchaseOrderId Order, int Revision) : ICommand<OrderMoved>;

internal sealed class SubmitOrderHandler(
    PlatformDb db, ApprovalDesk approvals, ExceptionDesk exceptions, AgreementGuard agreements, BudgetGuard budgets)
    : ICommandHandler<SubmitOrder, OrderSubmitted>
{
    public async Task<Result<OrderSubmitted>> HandleAsync(SubmitOrder command, Envelope envelope, CancellationToken ct)
    {
        if (Field.OptionalText("duplicateReason", command.DuplicateReason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var order = await db.LockOrderAsync(command.Order, ct);
        if (order is null)
        {
            return new PurchaseOrderNotFound(command.Order);
        }

        if (OrderSteps.Refuse(order, command.Version, OrderStep.Submit) is { } refusal)
        {
            return refusal;
        }

        if ((await db.FindSupplierAsync(order.SupplierId, ct))!.RefuseOrders() is { } notApproved)
        {
            return notApproved;
        }

        var lines = await db.LockOrderLinesAsync(order.Id, ct);
        // One need at a time: of two orders for it submitted at once, the second finds the first.
        await db.LockNeedsAsync(order, lines, ct);
        var covering = await db.FindCoveringOrdersAsync(order, lines, ct);
        if (covering.Count > 0 && command.DuplicateReason is null)
        {
            return new DuplicateBuy(order.Id, covering);
        }

        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        if (await agreements.RefuseAsync(order, lines, today, ct) is { } offAgreement)
        {
            return offAgreement;
        }

        if (await budgets.RefuseAsync(order, today, ct) is { } overBudget)
        {
            return overBudget;
        }

        order.Submit(covering.Count > 0 ? command.DuplicateReason : null, envelope.Now);
        db.Add(PurchaseOrderRevision.Of(order, OrderFacts.Write(lines), command.DuplicateReason, envelope));
        db.Raise(order.Moved(OrderStep.Submit, OrderStatus.Draft, command.DuplicateReason));
        if (covering.Count > 0)
        {
            await exceptions.SignalAsync(DuplicateSignal(order, covering, command.DuplicateReason!), envelope, ct);
        }

        var filed = await approvals.FileAsync(
            new AuthoriseOrder(order.Id, order.Revision),
            Sheet(order, lines) with { IsOffContract = await db.IsOffContractAsync(order, lines, today, ct) },
            envelope,
            ct);
        return filed.Succeeded(out var request)
            ? new OrderSubmitted(order.Id, order.Revision, order.Status, request.Request, order.Version)
            : filed.Error!;
    }

    private static ApprovalSheet Sheet(PurchaseOrder order, IReadOnlyList<PurchaseOrderLine> lines) => new()
    {
        Kind = order.Kind == OrderKind.Emergency ? "EMERGENCY_BUY" : order.Revision > 1 ? "CHANGE_ORDER" : "PURCHASE_ORDER",
        Subject = new Subject(nameof(PurchaseOrder), order.Id.Value),
        Title = string.Create(CultureInfo.InvariantCulture, $"Order {order.Number} revision {order.Revision}: {order.Total} {order.CurrencyCode}"),
        Note = order.Reason ?? order.DuplicateReason ?? order.OverrunReason,
        Effects =
        [
            new ShownEffect("status", "pending approval", "approved"),
            .. lines.Select(line => new ShownEffect(
                string.Create(CultureInfo.InvariantCulture, $"line {line.Line}"), null,
                string.Create(CultureInfo.InvariantCulture, $"{line.Quantity} {line.Unit} of item {line.ItemId} at {line.UnitPrice}, {line.ExpectedOn:O}"))),
        ],
        Preconditions = [new Subject(nameof(PurchaseOrder), order.Id.Value)],
        Amount = order.Total,
        Currency = order.CurrencyCode,
        LegalEntity = order.LegalEntityId,
        Warehouse = order.WarehouseId,
        Supplier = order.SupplierId,
        ExceptionType = order.DuplicateReason is not null ? "DUPLICATE_PO" : order.OverrunReason is not null ? "OVER_BUDGET" : null,
    };

    private static Signal DuplicateSignal(PurchaseOrder order, IReadOnlyList<CoveringOrder> covering, string reason) => new()
    {
        Category = "DUPLICATE_PO",
        CorrelationKey = $"DUPLICATE_PO/{order.Id}",
        Title = $"Order {order.Number} buys what is ordered already",
        Source = new Subject(nameof(PurchaseOrder), order.Id.Value),
        SourceEvent = nameof(OrderMoved),
        ValueAtStake = order.Total,
        Currency = order.CurrencyCode,
        LegalEntity = order.LegalEntityId,
        Warehouse = order.WarehouseId,
        Supplier = order.SupplierId,
        Facts =
        [
            new CaseFact("reason", reason),
            .. covering.Select(one => new CaseFact(one.Number, string.Create(CultureInfo.InvariantCulture, $"{one.Open} open, expected {one.ExpectedOn:O}"))),
        ],
    };
}

internal sealed class AuthoriseOrderHandler(PlatformDb db) : ICommandHandler<AuthoriseOrder, OrderMoved>
{
    public async Task<Result<OrderMoved>> HandleAsync(AuthoriseOrder command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is null)
        {
            return new OrderNeedsApproval(command.Order);
        }

        var order = await db.LockOrderAsync(command.Order, ct);
        if (order is null)
        {
            return new PurchaseOrderNotFound(command.Order);
        }

        if (OrderSteps.RefuseStep(order, OrderStep.Approve) is { } wrong)
        {
            return wrong;
        }

        if (order.Revision != command.Revision)
        {
            return new OrderRevisionDiffers(order.Id, command.Revision, order.Revision);
        }

        order.Approve(envelope.Now);
        var moved = order.Moved(OrderStep.Approve, OrderStatus.PendingApproval, reason: null);
        db.Raise(moved);
        return moved;
    }
}

/// <summary>What an approver relies on of an order: what is bought, for how much, from a supplier that may be given orders.</summary>
internal sealed class OrderFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(PurchaseOrder);

    public static string Write(IReadOnlyList<PurchaseOrderLine> lines) => JsonSerializer.Serialize(
        lines.Select(line => new
        {
            line.Line, Item = line.ItemId, line.Unit, line.Quantity, line.UnitPrice, line.ExpectedOn, line.OverPercent, line.UnderPercent,
        }),
        KernelJson.Options);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct)
    {
        var order = await db.LockOrderAsync(new PurchaseOrderId(id), ct);
        if (order is null)
        {
            return null;
        }

        var lines = await db.LockOrderLinesAsync(order.Id, ct);
        var supplier = await db.FindSupplierAsync(order.SupplierId, ct);
        return new
        {
            order.Status,
            order.Revision,
            order.Total,
            Supplier = supplier!.Onboarding,
            Lines = Convert.ToHexStringLower(CanonicalJson.Fingerprint(CanonicalJson.Of(JsonDocument.Parse(Write(lines)).RootElement))),
        };
    }
}

/// <summary>An order that others did not agree to is a draft again.</summary>
internal sealed class OrderReturns(PlatformDb db) : IApprovalFollower
{
    public string SubjectKind => nameof(PurchaseOrder);

    public async Task EndedAsync(Guid subject, ApprovalStatus end, string? reason, Envelope envelope, CancellationToken ct)
    {
        var order = await db.LockOrderAsync(new PurchaseOrderId(subject), ct);
        if (order is { Status: OrderStatus.PendingApproval })
        {
            order.Step(OrderStep.Return, envelope.Now);
            db.Raise(order.Moved(OrderStep.Return, OrderStatus.PendingApproval, reason));
        }
    }
}
