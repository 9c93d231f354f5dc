using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Purchasing;

public enum AgreementStatus
{
    Active,
    Ended,
}

/// <summary>What was agreed with a supplier for longer than one order; orders call it off piece by piece (CAT-16).</summary>
public sealed class PurchaseAgreement
{
    private PurchaseAgreement()
    {
    }

    public PurchaseAgreementId Id { get; private set; }

    public string Number { get; private set; } = string.Empty;

    public LegalEntityId LegalEntityId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public DateOnly ValidFrom { get; private set; }

    public DateOnly ValidUntil { get; private set; }

    /// <summary>The most that may be called off, in its currency.</summary>
    public decimal? AmountLimit { get; private set; }

    public AgreementStatus Status { get; private set; }

    public string? EndReason { get; private set; }

    public Guid MadeBy { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static PurchaseAgreement Of(PurchaseAgreementId id, string number, MakeAgreement made, Envelope envelope) => new()
    {
        Id = id,
        Number = number,
        LegalEntityId = made.LegalEntity,
        SupplierId = made.Supplier,
        CurrencyCode = made.Currency,
        ValidFrom = made.ValidFrom,
        ValidUntil = made.ValidUntil,
        AmountLimit = made.AmountLimit,
        Status = AgreementStatus.Active,
        MadeBy = envelope.Actor.Id,
        Version = 1,
        CreatedAt = envelope.Now,
        UpdatedAt = envelope.Now,
    };

    internal void End(string reason, DateTimeOffset at)
    {
        (Status, EndReason, UpdatedAt) = (AgreementStatus.Ended, reason, at);
        Version++;
    }
}

/// <summary>One item of an agreement, at its price; quantities in base units.</summary>
public sealed class PurchaseAgreementLine
{
    private PurchaseAgreementLine()
    {
    }

    public Guid Id { get; private set; }

    public PurchaseAgreementId AgreementId { get; private set; }

    public ItemId ItemId { get; private set; }

    public decimal UnitPrice { get; private set; }

    /// <summary>What we undertook to take.</summary>
    public decimal? Committed { get; private set; }

    /// <summary>The most that may be called off.</summary>
    public decimal? QuantityLimit { get; private set; }

    internal static PurchaseAgreementLine Of(PurchaseAgreementId agreement, AgreedLine line, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        AgreementId = agreement,
        ItemId = line.Item,
        UnitPrice = line.UnitPrice,
        Committed = line.Committed,
        QuantityLimit = line.QuantityLimit,
    };
}

/// <summary>One item as agreed, in base units.</summary>
/// <param name="Item">The item.</param>
/// <param name="UnitPrice">What one base unit costs.</param>
/// <param name="Committed">What we undertake to take.</param>
/// <param name="QuantityLimit">The most that may be called off.</param>
public sealed record AgreedLine(ItemId Item, decimal UnitPrice, decimal? Committed, decimal? QuantityLimit);

/// <summary>Writes down what was agreed with a supplier for longer than one order.</summary>
[Needs("purchasing.agree")]
[Refuses<InvalidField>, Refuses<LegalEntityNotFound>, Refuses<SupplierNotFound>, Refuses<SupplierNotApproved>, Refuses<CurrencyUnknown>]
[Refuses<ItemNotFound>]
public sealed record MakeAgreement(
    LegalEntityId LegalEntity, SupplierId Supplier, string Currency, DateOnly ValidFrom, DateOnly ValidUntil, decimal? AmountLimit,
    IReadOnlyList<AgreedLine> Lines) : ICommand<AgreementMade>;

public sealed record AgreementMade(
    PurchaseAgreementId PurchaseAgreement, string Number, LegalEntityId LegalEntity, SupplierId Supplier, DateOnly ValidFrom, DateOnly ValidUntil,
    decimal? AmountLimit, int Lines) : IEvent
{
    public Subject Subject => new(nameof(Purchasing.PurchaseAgreement), PurchaseAgreement.Value);
}

/// <summary>Ends an agreement before its time: nothing more is called off.</summary>
[Needs("purchasing.agree")]
[Refuses<InvalidField>, Refuses<AgreementNotFound>, Refuses<StaleVersion>, Refuses<AgreementNotInForce>]
public sealed record EndAgreement(PurchaseAgreementId PurchaseAgreement, int Version, string Reason) : ICommand<AgreementEnded>, IReasoned;

public sealed record AgreementEnded(
    PurchaseAgreementId PurchaseAgreement, string Number, LegalEntityId LegalEntity, SupplierId Supplier, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Purchasing.PurchaseAgreement), PurchaseAgreement.Value);
}

internal sealed class MakeAgreementHandler(PlatformDb db) : ICommandHandler<MakeAgreement, AgreementMade>
{
    private const decimal Most = 1_000_000_000m;

    public async Task<Result<AgreementMade>> HandleAsync(MakeAgreement command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        if (await db.ShareLegalEntityAsync(command.LegalEntity, ct) is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (await db.FindSupplierAsync(command.Supplier, ct) is not { } supplier)
        {
            return new SupplierNotFound(command.Supplier);
        }

        if (supplier.RefuseOrders() is { } notApproved)
        {
            return notApproved;
        }

        if (await db.FindCurrencyAsync(command.Currency, ct) is not { Status: CurrencyStatus.Active })
        {
            return new CurrencyUnknown(command.Currency);
        }

        if (await db.FindMissingItemAsync(command.Lines.Select(line => line.Item), ct) is { } missing)
        {
            return new ItemNotFound(missing);
        }

        var id = new PurchaseAgreementId(Guid.CreateVersion7(envelope.Now));
        var agreement = PurchaseAgreement.Of(id, await db.NextAgreementNumberAsync(ct), command, envelope);
        db.Add(agreement);
        db.AddRange(command.Lines.Select(line => PurchaseAgreementLine.Of(id, line, envelope.Now)));
        var made = new AgreementMade(
            id, agreement.Number, command.LegalEntity, command.Supplier, command.ValidFrom, command.ValidUntil, command.AmountLimit,
            command.Lines.Count);
        db.Raise(made);
        return made;
    }

    private static InvalidField? Check(MakeAgreement command) =>
        (command.ValidUntil < command.ValidFrom
            ? Field.Invalid("validUntil", "must not lie before the first day", command.ValidUntil.ToString("O"))
            : null)
        ?? Field.Positive("amountLimit", command.AmountLimit, most: 100_000_000_000m, decimals: 4)
        ?? Field.Whole("lines", command.Lines.Count, least: 1, most: OrderPricing.MostLines)
        ?? (command.Lines.Select(line => line.Item).Distinct().Count() < command.Lines.Count
            ? Field.Invalid("lines", "must name each item once", null)
            : null)
        ?? command.Lines.Select(CheckLine).FirstOrDefault(found => found is not null);

    private static InvalidField? CheckLine(AgreedLine line, int at) =>
        (line.UnitPrice == 0m ? null : Field.Positive($"lines.{at}.unitPrice", line.UnitPrice, Most, decimals: 6))
        ?? Field.Positive($"lines.{at}.committed", line.Committed, Most, decimals: 6)
        ?? Field.Positive($"lines.{at}.quantityLimit", line.QuantityLimit, Most, decimals: 6)
        ?? (line.Committed > line.QuantityLimit ? Field.Invalid($"lines.{at}.quantityLimit", "must not be less than what is committed", null) : null);
}

internal sealed class EndAgreementHandler(PlatformDb db) : ICommandHandler<EndAgreement, AgreementEnded>
{
    public async Task<Result<AgreementEnded>> HandleAsync(EndAgreement command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockAgreementAsync(command.PurchaseAgreement, ct) is not { } agreement)
        {
            return new AgreementNotFound(command.PurchaseAgreement);
        }

        if (agreement.Version != command.Version)
        {
            return new StaleVersion(nameof(PurchaseAgreement), agreement.Id.Value, command.Version, agreement.Version);
        }

        if (agreement.Status != AgreementStatus.Active)
        {
            return new AgreementNotInForce(agreement.Id, agreement.Status, agreement.ValidFrom, agreement.ValidUntil);
        }

        agreement.End(command.Reason, envelope.Now);
        var ended = new AgreementEnded(
            agreement.Id, agreement.Number, agreement.LegalEntityId, agreement.SupplierId, agreement.Version, command.Reason);
        db.Raise(ended);
        return ended;
    }
}
