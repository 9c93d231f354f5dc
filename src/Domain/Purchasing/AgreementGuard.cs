using Platform.Domain.Catalog;
using Platform.Domain.Kernel;

namespace Platform.Domain.Purchasing;

public sealed record AgreementNotFound(PurchaseAgreementId Agreement) : DomainError
{
    public override string Message => $"There is no purchase agreement {Agreement}.";
}

public sealed record AgreementNotInForce(PurchaseAgreementId Agreement, AgreementStatus Status, DateOnly From, DateOnly Until) : DomainError
{
    public override string Message => $"Purchase agreement {Agreement} is {Status} and holds from {From:O} until {Until:O}.";
}

public sealed record NotInAgreement(PurchaseAgreementId Agreement, ItemId Item) : DomainError
{
    public override string Message => $"Item {Item} is not part of purchase agreement {Agreement}.";
}

/// <summary>More would be called off than was agreed: of an item in base units, or of all in money when no item is named.</summary>
public sealed record AgreementExhausted(PurchaseAgreementId Agreement, ItemId? Item, decimal Limit, decimal Called, decimal Asked) : DomainError
{
    public override string Message => $"Of {Limit} agreed, {Called} are called off; {Asked} more are too many.";
}

/// <summary>Somebody changed the price of a call-off, in base units.</summary>
public sealed record AgreementPriceDiffers(PurchaseAgreementId Agreement, ItemId Item, decimal Agreed, decimal Asked) : DomainError
{
    public override string Message => $"Item {Item} was agreed at {Agreed}, not at {Asked}.";
}

/// <summary>What of an agreement an order takes.</summary>
internal sealed record CalledQuantity(ItemId Item, decimal Quantity, decimal Amount);

/// <summary>
/// Keeps call-offs within what was agreed. The agreement stays locked until the commit; what was called off is summed up from the
/// orders themselves, so a cancelled one gives back by itself.
/// </summary>
internal sealed class AgreementGuard(PlatformDb db)
{
    public async Task<DomainError?> RefuseAsync(
        PurchaseOrder order, IReadOnlyList<PurchaseOrderLine> lines, DateOnly today, CancellationToken ct)
    {
        if (order.AgreementId is not { } id)
        {
            return null;
        }

        var agreement = (await db.LockAgreementAsync(id, ct))!;
        var agreed = await db.AgreementLinesAsync(id, ct);
        foreach (var line in lines)
        {
            if (!agreed.TryGetValue(line.ItemId, out var one))
            {
                return new NotInAgreement(id, line.ItemId);
            }

            if (line.UnitPrice * line.Quantity > one.UnitPrice * line.BaseQuantity)
            {
                return new AgreementPriceDiffers(id, line.ItemId, one.UnitPrice, decimal.Round(line.UnitPrice * line.Quantity / line.BaseQuantity, 6));
            }
        }

        var called = lines.Select(line => new CalledQuantity(line.ItemId, line.BaseQuantity, line.Amount)).ToList();
        return await RefuseAsync(agreement, agreed, order.Id, called, today, ct);
    }

    /// <summary>The agreement must be locked.</summary>
    public async Task<DomainError?> RefuseAsync(
        PurchaseAgreement agreement,
        IReadOnlyDictionary<ItemId, PurchaseAgreementLine> agreed,
        PurchaseOrderId? except,
        IReadOnlyList<CalledQuantity> asked,
        DateOnly today,
        CancellationToken ct)
    {
        if (agreement.Status != AgreementStatus.Active || today < agreement.ValidFrom || today > agreement.ValidUntil)
        {
            return new AgreementNotInForce(agreement.Id, agreement.Status, agreement.ValidFrom, agreement.ValidUntil);
        }

        var others = await db.SumCalledOffAsync(agreement.Id, except, ct);
        foreach (var item in asked.GroupBy(one => one.Item))
        {
            var before = others.Where(one => one.Item == item.Key).Sum(one => one.Quantity);
            var more = item.Sum(one => one.Quantity);
            if (before + more > agreed[item.Key].QuantityLimit)
            {
                return new AgreementExhausted(agreement.Id, item.Key, agreed[item.Key].QuantityLimit!.Value, before, more);
            }
        }

        var (spent, wanted) = (others.Sum(one => one.Amount), asked.Sum(one => one.Amount));
        return spent + wanted > agreement.AmountLimit
            ? new AgreementExhausted(agreement.Id, Item: null, agreement.AmountLimit!.Value, spent, wanted)
            : null;
    }
}
