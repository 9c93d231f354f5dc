using System.Globalization;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;

namespace Platform.Domain.Receiving;

/// <summary>Asks others to agree that goods beyond what was ordered and tolerated are taken (RCV-04).</summary>
[Needs("receiving.settle")]
[Refuses<InvalidField>, Refuses<HeldGoodsNotFound>, Refuses<StaleVersion>, Refuses<WrongHoldStatus>, Refuses<NoSurplus>]
[Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record AskToTakeSurplus(HeldGoodsId HeldGoods, int Version, string Reason) : ICommand<ApprovalFiled>, IReasoned;

/// <summary>Takes goods in beyond what was tolerated; run by the approval of it and by nothing else.</summary>
[Needs("receiving.approve_surplus")]
[RefusesLike<MatchHeldGoods>]
[Refuses<SurplusNeedsApproval>]
public sealed record TakeSurplus(HeldGoodsId HeldGoods, int Version) : ICommand<GoodsReceived>;

internal sealed class AskToTakeSurplusHandler(PlatformDb db, OrderDesk orders, ApprovalDesk approvals)
    : ICommandHandler<AskToTakeSurplus, ApprovalFiled>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(AskToTakeSurplus command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var found = await db.LockHeldAsync(command.HeldGoods, command.Version, HoldStep.Match, ct);
        if (!found.Succeeded(out var held))
        {
            return found.Error!;
        }

        if (held.OrderLineId is not { } line)
        {
            return new NoSurplus(held.Id);
        }

        var terms = (await orders.ReadAsync([line], ct))[line];
        var subject = new Subject(nameof(HeldGoods), held.Id.Value);
        return await approvals.FileAsync(
            new TakeSurplus(held.Id, held.Version),
            new ApprovalSheet
            {
                Kind = "OVER_RECEIPT",
                Subject = subject,
                Title = string.Create(CultureInfo.InvariantCulture, $"Take {held.Quantity} {held.Unit} more on line {terms.Line} of order {terms.Number}"),
                Note = command.Reason,
                Effects =
                [
                    new ShownEffect("received", Write(terms.Received), Write(terms.Received + held.Quantity)),
                    new ShownEffect("ordered", Write(terms.BaseQuantity), Write(terms.BaseQuantity)),
                ],
                Preconditions = [subject],
                Amount = decimal.Round(held.Quantity * terms.BaseUnitPrice, 4),
                Currency = terms.Currency,
                LegalEntity = terms.LegalEntity,
                Warehouse = terms.Warehouse,
                Supplier = terms.Supplier,
                ExceptionType = "OVER_RECEIPT",
            },
            envelope,
            ct);
    }

    private static string Write(decimal value) => value.ToString("0.######", CultureInfo.InvariantCulture);
}

internal sealed class TakeSurplusHandler(PlatformDb db, OrderDesk orders, HeldGoodsMatching matching) : ICommandHandler<TakeSurplus, GoodsReceived>
{
    public async Task<Result<GoodsReceived>> HandleAsync(TakeSurplus command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is null)
        {
            return new SurplusNeedsApproval(command.HeldGoods);
        }

        var found = await db.LockHeldAsync(command.HeldGoods, command.Version, HoldStep.Match, ct);
        if (!found.Succeeded(out var held))
        {
            return found.Error!;
        }

        // A surplus is counted in base units, so that it adds up with what came.
        var line = held.OrderLineId!.Value;
        var terms = (await orders.LockAsync([line], ct))[line];
        return await matching.MatchAsync(held, line, terms.Received + held.Quantity, note: null, envelope, ct);
    }
}

/// <summary>What an approver relies on of held goods.</summary>
internal sealed class HeldGoodsFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(HeldGoods);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct) =>
        await db.LockHeldAsync(new HeldGoodsId(id), ct) is { } held
            ? new { held.Status, held.Version, held.Unit, Quantity = held.Quantity.ToString(CultureInfo.InvariantCulture) }
            : null;
}
