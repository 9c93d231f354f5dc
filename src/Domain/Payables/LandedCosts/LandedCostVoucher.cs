using System.Collections.Frozen;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Receiving;
using Platform.Domain.Stock;

namespace Platform.Domain.Payables.LandedCosts;

public enum VoucherStatus
{
    Draft,
    PendingApproval,
    Posted,
    Reversed,
    Cancelled,
}

public enum VoucherStep
{
    Submit,
    Return,
    Post,
    Reverse,
    Cancel,
}

/// <summary>The life of a landed cost voucher, as its whole table.</summary>
internal static class VoucherSteps
{
    public static FrozenDictionary<(VoucherStatus From, VoucherStep Step), VoucherStatus> Table { get; } =
        new Dictionary<(VoucherStatus From, VoucherStep Step), VoucherStatus>
        {
            [(VoucherStatus.Draft, VoucherStep.Submit)] = VoucherStatus.PendingApproval,
            [(VoucherStatus.Draft, VoucherStep.Cancel)] = VoucherStatus.Cancelled,
            [(VoucherStatus.PendingApproval, VoucherStep.Return)] = VoucherStatus.Draft,
            [(VoucherStatus.PendingApproval, VoucherStep.Post)] = VoucherStatus.Posted,
            [(VoucherStatus.Posted, VoucherStep.Reverse)] = VoucherStatus.Reversed,
        }.ToFrozenDictionary();

    public static VoucherStatus After(VoucherStatus status, VoucherStep step) => Table[(status, step)];

    public static DomainError? Refuse(LandedCostVoucher voucher, int version, VoucherStep step) =>
        voucher.Version != version
            ? new StaleVersion(nameof(LandedCostVoucher), voucher.Id.Value, version, voucher.Version)
            : RefuseStep(voucher, step);

    public static WrongVoucherStatus? RefuseStep(LandedCostVoucher voucher, VoucherStep step) =>
        Table.ContainsKey((voucher.Status, step)) ? null : new WrongVoucherStatus(voucher.Id, voucher.Status, step);
}

/// <summary>Costs of getting goods here, shared over what came.</summary>
public sealed class LandedCostVoucher
{
    private LandedCostVoucher()
    {
    }

    public LandedCostVoucherId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public VoucherStatus Status { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public decimal Rate { get; private set; }

    public decimal Total { get; private set; }

    /// <summary>The same in the currency of the books.</summary>
    public decimal TotalBook { get; private set; }

    public string? Note { get; private set; }

    public Guid DraftedBy { get; private set; }

    public Guid DraftedByPerson { get; private set; }

    public Guid? ApprovedBy { get; private set; }

    public Guid? ApprovedByPerson { get; private set; }

    public DateOnly? PostingDate { get; private set; }

    public DateTimeOffset? PostedAt { get; private set; }

    public DateTimeOffset? ReversedAt { get; private set; }

    public string? EndReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static LandedCostVoucher Draft(
        LandedCostVoucherId id, string number, DraftVoucher draft, (decimal Rate, decimal Book) worth, Envelope envelope) => new()
    {
        Id = id,
        Number = number,
        Status = VoucherStatus.Draft,
        LegalEntityId = draft.LegalEntity,
        CurrencyCode = draft.Currency,
        Rate = worth.Rate,
        Total = draft.Charges.Sum(charge => charge.Amount),
        TotalBook = worth.Book,
        Note = draft.Note,
        DraftedBy = envelope.Actor.Id,
        DraftedByPerson = envelope.Actor.Person,
        Version = 1,
        CreatedAt = envelope.Now,
        UpdatedAt = envelope.Now,
    };

    internal void Post(DateOnly day, Envelope envelope)
    {
        Step(VoucherStep.Post, envelope.Now);
        (PostingDate, PostedAt) = (day, envelope.Now);
        (ApprovedBy, ApprovedByPerson) = (envelope.Actor.Id, envelope.Actor.Person);
    }

    internal void Reverse(string reason, DateTimeOffset at)
    {
        Step(VoucherStep.Reverse, at);
        (ReversedAt, EndReason) = (at, reason);
    }

    internal void Cancel(string reason, DateTimeOffset at)
    {
        Step(VoucherStep.Cancel, at);
        EndReason = reason;
    }

    internal void Step(VoucherStep step, DateTimeOffset at)
    {
        Status = VoucherSteps.After(Status, step);
        Version++;
        UpdatedAt = at;
    }

    internal VoucherMoved Moved(VoucherStep? step, VoucherStatus from, string? reason) => new(
        Id, Number, step, from, Status, Total, CurrencyCode, TotalBook, LegalEntityId, Version, reason);
}

/// <summary>A landed cost voucher was drafted or took a step.</summary>
public sealed record VoucherMoved(
    LandedCostVoucherId Voucher,
    string Number,
    VoucherStep? Step,
    VoucherStatus From,
    VoucherStatus To,
    decimal Total,
    string Currency,
    decimal TotalBook,
    LegalEntityId LegalEntity,
    int Version,
    string? Reason) : IEvent
{
    public Subject Subject => new(nameof(LandedCostVoucher), Voucher.Value);
}

public enum ChargeKind
{
    Freight,
    Duty,
    Insurance,
    Handling,
    Other,
}

/// <summary>By what a charge is shared.</summary>
public enum ShareBasis
{
    /// <summary>What the goods were expected to cost.</summary>
    Value,

    /// <summary>How many base units came.</summary>
    Quantity,

    /// <summary>What they weigh.</summary>
    Weight,

    /// <summary>The room they take.</summary>
    Volume,

    /// <summary>The same for every receipt line.</summary>
    Equal,

    /// <summary>As somebody said.</summary>
    Manual,
}

/// <summary>One charge of a voucher.</summary>
public sealed class LandedCostCharge
{
    private LandedCostCharge()
    {
    }

    public Guid Id { get; private set; }

    public LandedCostVoucherId VoucherId { get; private set; }

    public int Line { get; private set; }

    public ChargeKind Kind { get; private set; }

    public ShareBasis Basis { get; private set; }

    public decimal Amount { get; private set; }

    public decimal AmountBook { get; private set; }

    /// <summary>The line of the carrier's or the customs' invoice.</summary>
    public SupplierInvoiceLineId? InvoiceLineId { get; private set; }

    internal static LandedCostCharge Of(LandedCostVoucherId voucher, int line, VoucherCharge charge, decimal book, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        VoucherId = voucher,
        Line = line,
        Kind = charge.Kind,
        Basis = charge.Basis,
        Amount = charge.Amount,
        AmountBook = book,
        InvoiceLineId = charge.InvoiceLine,
    };
}

/// <summary>The part of a charge that one receipt line bears.</summary>
public sealed class LandedCostShare
{
    private LandedCostShare()
    {
    }

    public Guid Id { get; private set; }

    public LandedCostVoucherId VoucherId { get; private set; }

    public Guid ChargeId { get; private set; }

    public ReceiptLineId ReceiptLineId { get; private set; }

    public long MovementId { get; private set; }

    /// <summary>By how much it takes part: its value, pieces, kilograms, cubic metres, 1, or what somebody said.</summary>
    public decimal Weight { get; private set; }

    public decimal Amount { get; private set; }

    /// <summary>What stayed with the goods that are here.</summary>
    public decimal? OnHand { get; private set; }

    /// <summary>What belongs to goods that left: it is a cost of goods sold.</summary>
    public decimal? Gone { get; private set; }

    public StockPostingId? PostingId { get; private set; }

    internal static LandedCostShare Of(LandedCostCharge charge, SharingReceipt receipt, decimal weight, decimal amount, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        VoucherId = charge.VoucherId,
        ChargeId = charge.Id,
        ReceiptLineId = receipt.Id,
        MovementId = receipt.Movement,
        Weight = weight,
        Amount = amount,
    };

    internal void Post(decimal onHand, decimal gone, StockPostingId posting) => (OnHand, Gone, PostingId) = (onHand, gone, posting);
}
