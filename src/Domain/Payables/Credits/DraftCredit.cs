using System.Globalization;
using Platform.Domain.Approvals;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Costing;

namespace Platform.Domain.Payables.Credits;

/// <summary>One line of a credit as it is stated.</summary>
/// <param name="Kind">What it is for.</param>
/// <param name="InvoiceLine">The line of a posted invoice that it corrects.</param>
/// <param name="Movement">The movement that sent the goods back.</param>
/// <param name="Quantity">How many base units it is about.</param>
/// <param name="Description">What it is for, in words; needed where nothing else says it.</param>
/// <param name="Net">The amount without tax.</param>
/// <param name="Tax">The amount of its tax.</param>
public sealed record CreditLineEntry(
    CreditLineKind Kind, SupplierInvoiceLineId? InvoiceLine, long? Movement, decimal? Quantity, string? Description, decimal Net, decimal Tax);

/// <summary>Writes down what a supplier owes us: its credit note, or our chargeback with its proof. It is booked when others agreed.</summary>
[Needs("payables.credit")]
[Refuses<InvalidField>, Refuses<LegalEntityNotFound>, Refuses<SupplierNotFound>, Refuses<CurrencyUnknown>, Refuses<NoExchangeRate>]
[Refuses<InvoiceNumberTaken>, Refuses<InvoiceLineNotFound>, Refuses<NoReturnToCredit>]
public sealed record DraftCredit(
    CreditKind Kind,
    LegalEntityId LegalEntity,
    SupplierId Supplier,
    string? SupplierNumber,
    DateOnly CreditDate,
    string Currency,
    decimal? Rate,
    IReadOnlyList<CreditLineEntry> Lines,
    string Reason,
    string? Evidence,
    ExceptionCaseId? Case) : ICommand<CreditMoved>, IReasoned;

/// <summary>Asks others to agree to a credit; a chargeback always needs a person (APR-06).</summary>
[Needs("payables.credit")]
[Refuses<SupplierCreditNotFound>, Refuses<StaleVersion>, Refuses<WrongCreditStatus>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record SubmitCredit(SupplierCreditId Credit, int Version) : ICommand<ApprovalFiled>;

/// <summary>Gives a draft up.</summary>
[Needs("payables.credit")]
[Refuses<InvalidField>, Refuses<SupplierCreditNotFound>, Refuses<StaleVersion>, Refuses<WrongCreditStatus>]
public sealed record CancelCredit(SupplierCreditId Credit, int Version, string Reason) : ICommand<CreditMoved>, IReasoned;

/// <summary>
/// Books a credit: what was never paid is settled, the rest we are owed; goods that cost less than was booked get their share back.
/// Run by the approval of it and by nothing else.
/// </summary>
[Needs("payables.approve")]
[RefusesLike<ChargeLateCost>]
[Refuses<CreditNeedsApproval>, Refuses<SupplierCreditNotFound>, Refuses<WrongCreditStatus>, Refuses<OwnCredit>]
[Refuses<InvoiceLineNotFound>, Refuses<CreditBeyondInvoice>, Refuses<NoReturnToCredit>]
public sealed record PostCredit(SupplierCreditId Credit, decimal Gross) : ICommand<CreditMoved>;

internal sealed class DraftCreditHandler(PlatformDb db, ExchangeRates rates)
    : ICommandHandler<DraftCredit, CreditMoved>, IConstraintRefusals<DraftCredit>
{
    public async Task<Result<CreditMoved>> HandleAsync(DraftCredit command, Envelope envelope, CancellationToken ct)
    {
        if (CreditRules.Check(command, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        if (await db.ShareLegalEntityAsync(command.LegalEntity, ct) is not { } entity)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (await db.FindSupplierAsync(command.Supplier, ct) is null)
        {
            return new SupplierNotFound(command.Supplier);
        }

        if (await db.FindCurrencyAsync(command.Currency, ct) is not { Status: CurrencyStatus.Active } currency)
        {
            return new CurrencyUnknown(command.Currency);
        }

        if ((CreditRules.CheckCoins(command, currency.Digits) ?? StatedValues.Rate(command.Rate, command.Currency, entity.CurrencyCode)) is { } wrong)
        {
            return wrong;
        }

        var rate = command.Currency == entity.CurrencyCode ? 1m
            : command.Rate ?? await rates.WorthAsync(1m, command.Currency, entity.CurrencyCode, command.CreditDate, ct);
        if (rate is null)
        {
            return new NoExchangeRate(command.Currency, entity.CurrencyCode, command.CreditDate);
        }

        if (await RefuseLinesAsync(command, ct) is { } unknown)
        {
            return unknown;
        }

        var credit = SupplierCredit.Draft(
            new SupplierCreditId(Guid.CreateVersion7(envelope.Now)), await db.NextCreditNumberAsync(ct), command, decimal.Round(rate.Value, 10), envelope);
        db.Add(credit);
        db.AddRange(command.Lines.Select((line, at) => SupplierCreditLine.Of(credit.Id, at + 1, line, envelope.Now)));
        var drafted = credit.Moved(step: null, CreditStatus.Draft, command.Reason);
        db.Raise(drafted);
        return drafted;
    }

    public DomainError? RefusalFor(DraftCredit command, string constraint) =>
        constraint == "supplier_credit_once" ? new InvoiceNumberTaken(command.Supplier, command.SupplierNumber ?? string.Empty) : null;

    private async Task<DomainError?> RefuseLinesAsync(DraftCredit command, CancellationToken ct)
    {
        foreach (var line in command.Lines)
        {
            if (line.InvoiceLine is { } invoiceLine && !await db.IsPostedLineAsync(invoiceLine, command.Supplier, command.LegalEntity, command.Currency, ct))
            {
                return new InvoiceLineNotFound(invoiceLine);
            }

            if (line.Movement is { } movement && await db.FindReturnAsync(movement, command.LegalEntity, ct) is null)
            {
                return new NoReturnToCredit(movement);
            }
        }

        return null;
    }
}

internal sealed class SubmitCreditHandler(PlatformDb db, ApprovalDesk approvals) : ICommandHandler<SubmitCredit, ApprovalFiled>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(SubmitCredit command, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockCreditAsync(command.Credit, ct) is not { } credit)
        {
            return new SupplierCreditNotFound(command.Credit);
        }

        if (credit.Version != command.Version)
        {
            return new StaleVersion(nameof(SupplierCredit), credit.Id.Value, command.Version, credit.Version);
        }

        if (CreditSteps.Refuse(credit, CreditStep.Submit) is { } wrong)
        {
            return wrong;
        }

        credit.Step(CreditStep.Submit, envelope.Now);
        db.Raise(credit.Moved(CreditStep.Submit, CreditStatus.Draft, reason: null));
        var lines = await db.LockCreditLinesAsync(credit.Id, ct);
        return await approvals.FileAsync(new PostCredit(credit.Id, credit.Gross), Sheet(credit, lines), envelope, ct);
    }

    private static ApprovalSheet Sheet(SupplierCredit credit, IReadOnlyList<SupplierCreditLine> lines) => new()
    {
        Kind = credit.Kind == CreditKind.Chargeback ? "SUPPLIER_CHARGEBACK" : "SUPPLIER_CREDIT",
        Subject = new Subject(nameof(SupplierCredit), credit.Id.Value),
        Title = string.Create(CultureInfo.InvariantCulture, $"{credit.Kind} {credit.Number}: {credit.Gross} {credit.CurrencyCode}"),
        Note = credit.Evidence is null ? credit.Reason : $"{credit.Reason} ({credit.Evidence})",
        Effects =
        [
            new ShownEffect("the supplier owes us", null, string.Create(CultureInfo.InvariantCulture, $"{credit.Gross} {credit.CurrencyCode}")),
            .. lines.Select(line => new ShownEffect(
                string.Create(CultureInfo.InvariantCulture, $"line {line.Line}"), $"{line.Kind}",
                string.Create(CultureInfo.InvariantCulture, $"{line.Net} {line.Description}"))),
        ],
        Preconditions = [new Subject(nameof(SupplierCredit), credit.Id.Value)],
        Amount = credit.Gross,
        Currency = credit.CurrencyCode,
        LegalEntity = credit.LegalEntityId,
        Supplier = credit.SupplierId,
    };
}

internal sealed class CancelCreditHandler(PlatformDb db) : ICommandHandler<CancelCredit, CreditMoved>
{
    public async Task<Result<CreditMoved>> HandleAsync(CancelCredit command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockCreditAsync(command.Credit, ct) is not { } credit)
        {
            return new SupplierCreditNotFound(command.Credit);
        }

        if (credit.Version != command.Version)
        {
            return new StaleVersion(nameof(SupplierCredit), credit.Id.Value, command.Version, credit.Version);
        }

        if (CreditSteps.Refuse(credit, CreditStep.Cancel) is { } wrong)
        {
            return wrong;
        }

        credit.Cancel(command.Reason, envelope.Now);
        var moved = credit.Moved(CreditStep.Cancel, CreditStatus.Draft, command.Reason);
        db.Raise(moved);
        return moved;
    }
}

internal sealed class PostCreditHandler(PlatformDb db, CreditPosting posting)
    : ICommandHandler<PostCredit, CreditMoved>, IConstraintRefusals<PostCredit>
{
    public async Task<Result<CreditMoved>> HandleAsync(PostCredit command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is null)
        {
            return new CreditNeedsApproval(command.Credit);
        }

        if (await db.LockCreditAsync(command.Credit, ct) is not { } credit)
        {
            return new SupplierCreditNotFound(command.Credit);
        }

        if (CreditSteps.Refuse(credit, CreditStep.Post) is { } wrong)
        {
            return wrong;
        }

        if (credit.DraftedByPerson == envelope.Actor.Person)
        {
            return new OwnCredit(credit.Id, envelope.Actor.Person);
        }

        var booked = await posting.BookAsync(credit, await db.LockCreditLinesAsync(credit.Id, ct), envelope, ct);
        if (booked.Error is { } refused)
        {
            return refused;
        }

        var (journal, claim, book) = booked.Value;
        credit.Post(journal.Id, journal.PostingDate, (claim, book), envelope);
        var moved = credit.Moved(CreditStep.Post, CreditStatus.PendingApproval, reason: null);
        db.Raise(moved);
        return moved;
    }

    public DomainError? RefusalFor(PostCredit command, string constraint) =>
        constraint == "supplier_return_credit_pkey" ? new NoReturnToCredit(0) : null;
}

internal static class CreditRules
{
    private const int MostLines = 1000;
    private const decimal MostAmount = 100_000_000_000m;

    public static InvalidField? Check(DraftCredit command, DateTimeOffset now) =>
        Field.Known<CreditKind>("kind", command.Kind)
        ?? (command.Kind == CreditKind.CreditNote
            ? Field.Text("supplierNumber", command.SupplierNumber, most: 60)
            : command.SupplierNumber is null ? null : Field.Invalid("supplierNumber", "must be left out for a chargeback of ours", command.SupplierNumber))
        ?? (command.CreditDate > DateOnly.FromDateTime(now.UtcDateTime).AddDays(1)
            ? Field.Invalid("creditDate", "must not lie in the future", command.CreditDate.ToString("O"))
            : null)
        ?? Field.Positive("rate", command.Rate, most: 1_000_000m, decimals: 10)
        ?? Field.Text("reason", command.Reason, most: 500)
        ?? (command.Kind == CreditKind.Chargeback
            ? Field.Text("evidence", command.Evidence, most: 500)
            : Field.OptionalText("evidence", command.Evidence, most: 500))
        ?? Field.Whole("lines", command.Lines.Count, least: 1, MostLines)
        ?? command.Lines.Select((line, at) => Check(line, $"lines.{at}")).FirstOrDefault(found => found is not null);

    public static InvalidField? CheckCoins(DraftCredit command, int digits) =>
        command.Lines
            .Select((line, at) => StatedValues.Coins($"lines.{at}.net", line.Net, digits) ?? StatedValues.Coins($"lines.{at}.tax", line.Tax, digits))
            .FirstOrDefault(found => found is not null);

    private static InvalidField? Check(CreditLineEntry line, string at) =>
        Field.Known<CreditLineKind>($"{at}.kind", line.Kind)
        ?? Field.Positive($"{at}.net", line.Net, MostAmount, decimals: 4)
        ?? (line.Tax == 0m ? null : Field.Positive($"{at}.tax", line.Tax, MostAmount, decimals: 4))
        ?? Field.Positive($"{at}.quantity", line.Quantity, 1_000_000_000m, decimals: 6)
        ?? Field.OptionalText($"{at}.description", line.Description, most: 200)
        ?? ((line.Kind == CreditLineKind.Invoice) == (line.InvoiceLine is not null) && (line.Kind == CreditLineKind.Return) == (line.Movement is not null)
            ? null
            : Field.Invalid($"{at}.kind", "must name the invoice line of an invoice, the movement of a return, and neither for anything else", $"{line.Kind}"))
        ?? (line.Kind == CreditLineKind.Other ? Field.Text($"{at}.description", line.Description, most: 200) : null);
}

/// <summary>What an approver relies on of a credit.</summary>
internal sealed class CreditFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(SupplierCredit);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct) =>
        await db.LockCreditAsync(new SupplierCreditId(id), ct) is { } credit ? new { credit.Status, credit.Gross, credit.Version } : null;
}

/// <summary>A credit that others did not agree to is a draft again.</summary>
internal sealed class CreditReturns(PlatformDb db) : IApprovalFollower
{
    public string SubjectKind => nameof(SupplierCredit);

    public async Task EndedAsync(Guid subject, ApprovalStatus end, string? reason, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockCreditAsync(new SupplierCreditId(subject), ct) is { Status: CreditStatus.PendingApproval } credit)
        {
            credit.Step(CreditStep.Return, envelope.Now);
            db.Raise(credit.Moved(CreditStep.Return, CreditStatus.PendingApproval, reason));
        }
    }
}
