using System.Globalization;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Domain.Receiving;
using Platform.Domain.Stock.Costing;

namespace Platform.Domain.Payables.LandedCosts;

/// <summary>A cost to be shared.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="Basis">By what it is shared.</param>
/// <param name="Amount">How much, in the voucher's currency.</param>
/// <param name="InvoiceLine">The charge line of an invoice that it is, where that has come.</param>
public sealed record VoucherCharge(ChargeKind Kind, ShareBasis Basis, decimal Amount, SupplierInvoiceLineId? InvoiceLine);

/// <summary>A receipt line that bears a part.</summary>
/// <param name="ReceiptLine">The receipt line.</param>
/// <param name="ManualShare">Its part, where charges are shared as somebody says.</param>
public sealed record VoucherReceipt(ReceiptLineId ReceiptLine, decimal? ManualShare);

/// <summary>Shares costs of getting goods here over what came; the shares are worked out at once and shown, and booked when others agreed.</summary>
[Needs("payables.landed_cost")]
[Refuses<InvalidField>, Refuses<LegalEntityNotFound>, Refuses<CurrencyUnknown>, Refuses<NoExchangeRate>, Refuses<ReceiptLineNotPosted>]
[Refuses<NotAChargeLine>, Refuses<ShareUnknown>, Refuses<NothingToShareBy>]
public sealed record DraftVoucher(
    LegalEntityId LegalEntity, string Currency, decimal? Rate, IReadOnlyList<VoucherCharge> Charges, IReadOnlyList<VoucherReceipt> Receipts, string? Note)
    : ICommand<VoucherMoved>;

/// <summary>Asks others to agree that the shares are booked.</summary>
[Needs("payables.landed_cost")]
[Refuses<LandedCostVoucherNotFound>, Refuses<StaleVersion>, Refuses<WrongVoucherStatus>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record SubmitVoucher(LandedCostVoucherId Voucher, int Version) : ICommand<ApprovalFiled>;

/// <summary>Asks others to agree that booked shares are taken back.</summary>
[Needs("payables.landed_cost")]
[Refuses<InvalidField>, Refuses<LandedCostVoucherNotFound>, Refuses<StaleVersion>, Refuses<WrongVoucherStatus>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record AskToReverseVoucher(LandedCostVoucherId Voucher, int Version, string Reason) : ICommand<ApprovalFiled>, IReasoned;

/// <summary>Gives a draft up.</summary>
[Needs("payables.landed_cost")]
[Refuses<InvalidField>, Refuses<LandedCostVoucherNotFound>, Refuses<StaleVersion>, Refuses<WrongVoucherStatus>]
public sealed record CancelVoucher(LandedCostVoucherId Voucher, int Version, string Reason) : ICommand<VoucherMoved>, IReasoned;

/// <summary>Books every share on its receipt: what is here becomes dearer, what left was. Run by the approval of it and by nothing else.</summary>
[Needs("payables.approve")]
[RefusesLike<ChargeLateCost>]
[Refuses<VoucherNeedsApproval>, Refuses<LandedCostVoucherNotFound>, Refuses<WrongVoucherStatus>, Refuses<OwnVoucher>]
public sealed record PostVoucher(LandedCostVoucherId Voucher, decimal TotalBook) : ICommand<VoucherMoved>;

/// <summary>Takes booked shares back, each by the amount that was booked. Run by the approval of it and by nothing else.</summary>
[Needs("payables.approve")]
[RefusesLike<ChargeLateCost>]
[Refuses<VoucherNeedsApproval>, Refuses<LandedCostVoucherNotFound>, Refuses<WrongVoucherStatus>, Refuses<OwnVoucher>]
public sealed record ReverseVoucher(LandedCostVoucherId Voucher, string Reason) : ICommand<VoucherMoved>, IReasoned;

internal sealed class DraftVoucherHandler(PlatformDb db, ExchangeRates rates) : ICommandHandler<DraftVoucher, VoucherMoved>
{
    public async Task<Result<VoucherMoved>> HandleAsync(DraftVoucher command, Envelope envelope, CancellationToken ct)
    {
        if (VoucherRules.Check(command) is { } invalid)
        {
            return invalid;
        }

        if (await db.ShareLegalEntityAsync(command.LegalEntity, ct) is not { } entity)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (await db.FindCurrencyAsync(command.Currency, ct) is not { Status: CurrencyStatus.Active } currency)
        {
            return new CurrencyUnknown(command.Currency);
        }

        var finer = command.Charges.Select((charge, at) => StatedValues.Coins($"charges.{at}.amount", charge.Amount, currency.Digits));
        if ((finer.FirstOrDefault(found => found is not null) ?? StatedValues.Rate(command.Rate, command.Currency, entity.CurrencyCode)) is { } wrong)
        {
            return wrong;
        }

        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var rate = command.Currency == entity.CurrencyCode ? 1m
            : command.Rate ?? await rates.WorthAsync(1m, command.Currency, entity.CurrencyCode, today, ct);
        if (rate is null)
        {
            return new NoExchangeRate(command.Currency, entity.CurrencyCode, today);
        }

        foreach (var line in command.Charges.Select(charge => charge.InvoiceLine).OfType<SupplierInvoiceLineId>())
        {
            if (!await db.IsChargeLineAsync(line, command.LegalEntity, ct))
            {
                return new NotAChargeLine(line);
            }
        }

        var receipts = await db.ReadSharingReceiptsAsync(command, ct);
        if (command.Receipts.FirstOrDefault(wanted => !receipts.Exists(found => found.Id == wanted.ReceiptLine)) is { } missing)
        {
            return new ReceiptLineNotPosted(missing.ReceiptLine);
        }

        var digits = (await db.FindCurrencyAsync(entity.CurrencyCode, ct))!.Digits;
        return await WriteAsync(command, receipts, (decimal.Round(rate.Value, 10), digits), envelope, ct);
    }

    private async Task<Result<VoucherMoved>> WriteAsync(
        DraftVoucher command, List<SharingReceipt> receipts, (decimal Rate, int Digits) books, Envelope envelope, CancellationToken ct)
    {
        var total = Rounding.HalfUp(command.Charges.Sum(charge => charge.Amount) * books.Rate, books.Digits);
        if (total == 0m)
        {
            return Field.Invalid("charges", "must be worth something in the books", null);
        }

        var amounts = Rounding.Share(total, [.. command.Charges.Select(charge => charge.Amount)], books.Digits);
        var id = new LandedCostVoucherId(Guid.CreateVersion7(envelope.Now));
        var voucher = LandedCostVoucher.Draft(id, await db.NextVoucherNumberAsync(ct), command, (books.Rate, total), envelope);
        db.Add(voucher);
        for (var at = 0; at < amounts.Length; at++)
        {
            var shared = VoucherShares.Of(amounts[at], command.Charges[at].Basis, receipts, books.Digits);
            if (!shared.Succeeded(out var shares))
            {
                return shared.Error!;
            }

            var charge = LandedCostCharge.Of(id, at + 1, command.Charges[at], amounts[at], envelope.Now);
            db.Add(charge);
            db.AddRange(receipts.Select((receipt, one) => LandedCostShare.Of(charge, receipt, decimal.Round(shares[one].Weight, 10), shares[one].Amount, envelope.Now)));
        }

        var drafted = voucher.Moved(step: null, VoucherStatus.Draft, command.Note);
        db.Raise(drafted);
        return drafted;
    }
}

internal sealed class SubmitVoucherHandler(PlatformDb db, ApprovalDesk approvals) : ICommandHandler<SubmitVoucher, ApprovalFiled>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(SubmitVoucher command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockVoucherAsync(command.Voucher, ct) is not { } voucher)
        {
            return new LandedCostVoucherNotFound(command.Voucher);
        }

        if (VoucherSteps.Refuse(voucher, command.Version, VoucherStep.Submit) is { } refusal)
        {
            return refusal;
        }

        voucher.Step(VoucherStep.Submit, envelope.Now);
        db.Raise(voucher.Moved(VoucherStep.Submit, VoucherStatus.Draft, reason: null));
        var shares = await db.LockSharesAsync(voucher.Id, ct);
        var effects = shares.Take(100)
            .Select(share => new ShownEffect($"receipt line {share.ReceiptLineId}", null, string.Create(CultureInfo.InvariantCulture, $"+ {share.Amount}")));
        return await approvals.FileAsync(
            new PostVoucher(voucher.Id, voucher.TotalBook),
            VoucherRules.Sheet(voucher, $"Landed cost {voucher.Number}", voucher.Note, [new ShownEffect("status", "draft", "posted"), .. effects]),
            envelope,
            ct);
    }
}

internal sealed class AskToReverseVoucherHandler(PlatformDb db, ApprovalDesk approvals) : ICommandHandler<AskToReverseVoucher, ApprovalFiled>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(AskToReverseVoucher command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockVoucherAsync(command.Voucher, ct) is not { } voucher)
        {
            return new LandedCostVoucherNotFound(command.Voucher);
        }

        if (VoucherSteps.Refuse(voucher, command.Version, VoucherStep.Reverse) is { } refusal)
        {
            return refusal;
        }

        return await approvals.FileAsync(
            new ReverseVoucher(voucher.Id, command.Reason),
            VoucherRules.Sheet(voucher, $"Take back landed cost {voucher.Number}", command.Reason, [new ShownEffect("status", "posted", "reversed")]),
            envelope,
            ct);
    }
}

internal sealed class CancelVoucherHandler(PlatformDb db) : ICommandHandler<CancelVoucher, VoucherMoved>
{
    public async Task<Result<VoucherMoved>> HandleAsync(CancelVoucher command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockVoucherAsync(command.Voucher, ct) is not { } voucher)
        {
            return new LandedCostVoucherNotFound(command.Voucher);
        }

        if (VoucherSteps.Refuse(voucher, command.Version, VoucherStep.Cancel) is { } refusal)
        {
            return refusal;
        }

        voucher.Cancel(command.Reason, envelope.Now);
        var moved = voucher.Moved(VoucherStep.Cancel, VoucherStatus.Draft, command.Reason);
        db.Raise(moved);
        return moved;
    }
}

internal static class VoucherRules
{
    private const int MostCharges = 100;
    private const int MostReceipts = 1000;

    public static InvalidField? Check(DraftVoucher command) =>
        Field.Whole("charges", command.Charges.Count, least: 1, MostCharges)
        ?? Field.Whole("receipts", command.Receipts.Count, least: 1, MostReceipts)
        ?? Field.OptionalText("note", command.Note, most: 500)
        ?? Field.Positive("rate", command.Rate, most: 1_000_000m, decimals: 10)
        ?? command.Charges.Select((charge, at) =>
            Field.Known<ChargeKind>($"charges.{at}.kind", charge.Kind)
            ?? Field.Known<ShareBasis>($"charges.{at}.basis", charge.Basis)
            ?? Field.Positive($"charges.{at}.amount", charge.Amount, most: 100_000_000_000m, decimals: 4)).FirstOrDefault(found => found is not null)
        ?? command.Receipts.Select((receipt, at) => receipt.ManualShare == 0m
            ? null
            : Field.Positive($"receipts.{at}.manualShare", receipt.ManualShare, most: 1_000_000_000m, decimals: 6)).FirstOrDefault(found => found is not null)
        ?? (command.Receipts.CountBy(receipt => receipt.ReceiptLine).FirstOrDefault(line => line.Value > 1) is { Value: > 1 } twice
            ? Field.Invalid("receipts", "must name each receipt line once", $"{twice.Key}, {twice.Value} times")
            : null);

    public static ApprovalSheet Sheet(LandedCostVoucher voucher, string title, string? note, IReadOnlyList<ShownEffect> effects) => new()
    {
        Kind = "LANDED_COST",
        Subject = new Subject(nameof(LandedCostVoucher), voucher.Id.Value),
        Title = string.Create(CultureInfo.InvariantCulture, $"{title}: {voucher.Total} {voucher.CurrencyCode}"),
        Note = note,
        Effects = effects,
        Preconditions = [new Subject(nameof(LandedCostVoucher), voucher.Id.Value)],
        Amount = voucher.Total,
        Currency = voucher.CurrencyCode,
        LegalEntity = voucher.LegalEntityId,
    };
}

/// <summary>What an approver relies on of a voucher.</summary>
internal sealed class VoucherFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(LandedCostVoucher);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct) =>
        await db.LockVoucherAsync(new LandedCostVoucherId(id), ct) is { } voucher ? new { voucher.Status, voucher.TotalBook, voucher.Version } : null;
}

/// <summary>A voucher that others did not agree to is a draft again.</summary>
internal sealed class VoucherReturns(PlatformDb db) : IApprovalFollower
{
    public string SubjectKind => nameof(LandedCostVoucher);

    public async Task EndedAsync(Guid subject, ApprovalStatus end, string? reason, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockVoucherAsync(new LandedCostVoucherId(subject), ct) is { Status: VoucherStatus.PendingApproval } voucher)
        {
            voucher.Step(VoucherStep.Return, envelope.Now);
            db.Raise(voucher.Moved(VoucherStep.Return, VoucherStatus.PendingApproval, reason));
        }
    }
}
