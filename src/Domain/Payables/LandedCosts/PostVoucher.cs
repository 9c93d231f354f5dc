using System.Globalization;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Stock.Costing;

namespace Platform.Domain.Payables.LandedCosts;

internal sealed class PostVoucherHandler(PlatformDb db, LedgerEntities entities) : ICommandHandler<PostVoucher, VoucherMoved>
{
    public async Task<Result<VoucherMoved>> HandleAsync(PostVoucher command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is null)
        {
            return new VoucherNeedsApproval(command.Voucher);
        }

        if (await db.LockVoucherAsync(command.Voucher, ct) is not { } voucher)
        {
            return new LandedCostVoucherNotFound(command.Voucher);
        }

        if (VoucherSteps.RefuseStep(voucher, VoucherStep.Post) is { } wrong)
        {
            return wrong;
        }

        if (voucher.DraftedByPerson == envelope.Actor.Person)
        {
            return new OwnVoucher(voucher.Id, envelope.Actor.Person);
        }

        foreach (var share in await db.SharesInPoolOrderAsync(voucher.Id, ct))
        {
            var charged = await new VoucherCharges(db, entities).ChargeAsync(voucher, share, share.Amount, "P", envelope, ct);
            if (!charged.Succeeded(out var late))
            {
                return charged.Error!;
            }

            share.Post(late.OnHand, late.Gone, late.Posting);
        }

        voucher.Post(DateOnly.FromDateTime(envelope.Now.UtcDateTime), envelope);
        var moved = voucher.Moved(VoucherStep.Post, VoucherStatus.PendingApproval, reason: null);
        db.Raise(moved);
        return moved;
    }
}

internal sealed class ReverseVoucherHandler(PlatformDb db, LedgerEntities entities) : ICommandHandler<ReverseVoucher, VoucherMoved>
{
    public async Task<Result<VoucherMoved>> HandleAsync(ReverseVoucher command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is null)
        {
            return new VoucherNeedsApproval(command.Voucher);
        }

        if (await db.LockVoucherAsync(command.Voucher, ct) is not { } voucher)
        {
            return new LandedCostVoucherNotFound(command.Voucher);
        }

        if (VoucherSteps.RefuseStep(voucher, VoucherStep.Reverse) is { } wrong)
        {
            return wrong;
        }

        if (voucher.DraftedByPerson == envelope.Actor.Person)
        {
            return new OwnVoucher(voucher.Id, envelope.Actor.Person);
        }

        foreach (var share in await db.SharesInPoolOrderAsync(voucher.Id, ct))
        {
            if ((await new VoucherCharges(db, entities).ChargeAsync(voucher, share, -share.Amount, "R", envelope, ct)).Error is { } refused)
            {
                return refused;
            }
        }

        voucher.Reverse(command.Reason, envelope.Now);
        var moved = voucher.Moved(VoucherStep.Reverse, VoucherStatus.Posted, command.Reason);
        db.Raise(moved);
        return moved;
    }
}

/// <summary>Charges one share to the receipt that bears it.</summary>
internal sealed class VoucherCharges(PlatformDb db, LedgerEntities entities)
{
    public Task<Result<LateCostCharged>> ChargeAsync(
        LandedCostVoucher voucher, LandedCostShare share, decimal amount, string kind, Envelope envelope, CancellationToken ct) =>
        new ChargeLateCostHandler(db, entities).HandleAsync(
            new ChargeLateCost(
                voucher.LegalEntityId, share.MovementId, LateCostKind.LandedCost, amount,
                string.Create(CultureInfo.InvariantCulture, $"{voucher.Number}/{kind}/{share.Id:N}")),
            envelope,
            ct);
}
