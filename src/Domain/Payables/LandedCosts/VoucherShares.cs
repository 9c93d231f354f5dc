using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Receiving;

namespace Platform.Domain.Payables.LandedCosts;

/// <summary>A receipt line as far as sharing looks at it.</summary>
internal sealed record SharingReceipt(
    ReceiptLineId Id, long Movement, ItemId Item, decimal Quantity, decimal Accrued, decimal? Kilograms, decimal? CubicMetres, decimal? Manual);

/// <summary>Shares a charge over receipts; the coins add up (FIN-02). Pure.</summary>
internal static class VoucherShares
{
    public static Result<IReadOnlyList<(decimal Weight, decimal Amount)>> Of(
        decimal amount, ShareBasis basis, IReadOnlyList<SharingReceipt> receipts, int digits)
    {
        var weights = new decimal[receipts.Count];
        for (var at = 0; at < weights.Length; at++)
        {
            if (WeightOf(receipts[at], basis) is not { } weight)
            {
                return new ShareUnknown(receipts[at].Id, receipts[at].Item, basis);
            }

            weights[at] = weight;
        }

        if (weights.Sum() <= 0m)
        {
            return new NothingToShareBy(basis);
        }

        var amounts = Rounding.Share(amount, weights, digits);
        return Result.Of<IReadOnlyList<(decimal Weight, decimal Amount)>>([.. weights.Select((weight, at) => (weight, amounts[at]))]);
    }

    private static decimal? WeightOf(SharingReceipt receipt, ShareBasis basis) => basis switch
    {
        ShareBasis.Value => receipt.Accrued,
        ShareBasis.Quantity => receipt.Quantity,
        ShareBasis.Weight => receipt.Kilograms,
        ShareBasis.Volume => receipt.CubicMetres,
        ShareBasis.Equal => 1m,
        ShareBasis.Manual => receipt.Manual,
    };
}

public sealed record LandedCostVoucherNotFound(LandedCostVoucherId Voucher) : DomainError
{
    public override string Message => $"There is no landed cost voucher {Voucher}.";
}

public sealed record WrongVoucherStatus(LandedCostVoucherId Voucher, VoucherStatus Status, VoucherStep Step) : DomainError
{
    public override string Message => $"Landed cost voucher {Voucher} is {Status}: there is no step {Step} from there.";
}

/// <summary>A voucher is booked and taken back by requests for approval, not by hand.</summary>
public sealed record VoucherNeedsApproval(LandedCostVoucherId Voucher) : DomainError
{
    public override string Message => $"Landed cost voucher {Voucher} is decided by a request for approval, not by hand.";
}

/// <summary>Who drafted a voucher does not book it.</summary>
public sealed record OwnVoucher(LandedCostVoucherId Voucher, Guid Person) : DomainError
{
    public override string Message => $"Landed cost voucher {Voucher} was drafted by the same person; somebody else decides about it.";
}

/// <summary>The item says nothing about what the charge is shared by.</summary>
public sealed record ShareUnknown(ReceiptLineId ReceiptLine, ItemId Item, ShareBasis Basis) : DomainError
{
    public override string Message => $"Receipt line {ReceiptLine} cannot be shared by {Basis}: nothing says how much item {Item} has.";
}

public sealed record NothingToShareBy(ShareBasis Basis) : DomainError
{
    public override string Message => $"By {Basis} nobody bears anything of the charge.";
}

/// <summary>Only what came into stock of the company bears costs of getting it here.</summary>
public sealed record ReceiptLineNotPosted(ReceiptLineId ReceiptLine) : DomainError
{
    public override string Message => $"Receipt line {ReceiptLine} is no standing receipt into stock of this company.";
}

/// <summary>The invoice line is no charge of the company.</summary>
public sealed record NotAChargeLine(SupplierInvoiceLineId Line) : DomainError
{
    public override string Message => $"Invoice line {Line} is no charge of this company.";
}
