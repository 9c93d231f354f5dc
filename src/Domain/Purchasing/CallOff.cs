using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Purchasing;

/// <summary>How much of an item is called off, in base units.</summary>
public sealed record CalledLine(ItemId Item, decimal Quantity, DateOnly ExpectedOn);

/// <summary>Drafts an order on an agreement, at its prices and within its limits; they are looked at again when it is submitted.</summary>
[Needs("purchasing.order")]
[Refuses<InvalidField>, Refuses<AgreementNotFound>, Refuses<AgreementNotInForce>, Refuses<NotInAgreement>, Refuses<AgreementExhausted>]
[Refuses<LegalEntityNotFound>, Refuses<WarehouseNotFound>, Refuses<WarehouseOfAnotherEntity>]
[Refuses<SupplierNotFound>, Refuses<SupplierNotApproved>, Refuses<CurrencyUnknown>, Refuses<ItemNotFound>, Refuses<ItemNotUsable>]
[Refuses<UnitNotOrderable>]
public sealed record CallOff(PurchaseAgreementId PurchaseAgreement, WarehouseId Warehouse, IReadOnlyList<CalledLine> Lines) : ICommand<OrderDrafted>;

internal sealed class CallOffHandler(PlatformDb db, OrderDrafting drafting, AgreementGuard guard) : ICommandHandler<CallOff, OrderDrafted>
{
    public async Task<Result<OrderDrafted>> HandleAsync(CallOff command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Whole("lines", command.Lines.Count, least: 1, most: OrderPricing.MostLines)
            ?? command.Lines.Select((line, at) => Field.Positive($"lines.{at}.quantity", line.Quantity, most: 1_000_000_000m, decimals: 6))
                .FirstOrDefault(found => found is not null);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.LockAgreementAsync(command.PurchaseAgreement, ct) is not { } agreement)
        {
            return new AgreementNotFound(command.PurchaseAgreement);
        }

        var agreed = await db.AgreementLinesAsync(agreement.Id, ct);
        if (command.Lines.FirstOrDefault(line => !agreed.ContainsKey(line.Item)) is { } missing)
        {
            return new NotInAgreement(agreement.Id, missing.Item);
        }

        var called = command.Lines
            .Select(line => new CalledQuantity(line.Item, line.Quantity, line.Quantity * agreed[line.Item].UnitPrice)).ToList();
        if (await guard.RefuseAsync(agreement, agreed, except: null, called, DateOnly.FromDateTime(envelope.Now.UtcDateTime), ct) is { } refusal)
        {
            return refusal;
        }

        var items = agreed.Keys.ToList();
        var units = await db.Set<Item>().Where(item => items.Contains(item.Id)).ToDictionaryAsync(item => item.Id, item => item.BaseUnit, ct);
        var lines = command.Lines.Select(line => new OrderLine(
            line.Item, units[line.Item], line.Quantity, agreed[line.Item].UnitPrice, line.ExpectedOn, OverPercent: 0m, UnderPercent: 0m)).ToList();
        return await drafting.DraftAsync(
            new DraftOrder(
                agreement.LegalEntityId, command.Warehouse, agreement.SupplierId, OrderKind.Standard, agreement.CurrencyCode, lines,
                $"Call-off of agreement {agreement.Number}"),
            agreement.Id,
            envelope,
            ct);
    }
}
