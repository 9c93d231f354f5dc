using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Partners;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Purchasing;
using Platform.Domain.Receiving;

namespace Platform.Domain.Payables;

/// <summary>One line as the invoice states it.</summary>
/// <param name="Kind">Goods and services of an order, services named in words, or a charge such as freight.</param>
/// <param name="OrderLine">The order line it is for; always for goods, unless a receipt line is named.</param>
/// <param name="ReceiptLine">The one receipt line it is for; any of the order line when left out.</param>
/// <param name="Description">What it is for; needed where no order line says it.</param>
/// <param name="Unit">The unit of the item in which it is stated; the order line's when left out.</param>
/// <param name="Quantity">How many.</param>
/// <param name="UnitPrice">What one costs.</param>
/// <param name="Net">What the line comes to without tax.</param>
/// <param name="TaxCode">The code of its tax.</param>
/// <param name="TaxRate">The rate of its tax, in percent.</param>
/// <param name="Tax">The amount of its tax.</param>
public sealed record InvoiceLineEntry(
    InvoiceLineKind Kind,
    PurchaseOrderLineId? OrderLine,
    ReceiptLineId? ReceiptLine,
    string? Description,
    string? Unit,
    decimal Quantity,
    decimal UnitPrice,
    decimal Net,
    string? TaxCode,
    decimal? TaxRate,
    decimal Tax);

/// <summary>The sums as the invoice states them.</summary>
public sealed record InvoiceTotals(decimal Net, decimal Tax, decimal Gross);

/// <summary>
/// Writes a supplier's invoice down and compares it with what was ordered and received. Where it agrees it is matched; where it
/// differs or its goods have not come it is on hold, and its holds say why.
/// </summary>
[Needs("payables.enter")]
[Refuses<InvalidField>, Refuses<LegalEntityNotFound>, Refuses<SupplierNotFound>, Refuses<CurrencyUnknown>, Refuses<NoExchangeRate>]
[Refuses<InvoiceNumberTaken>, Refuses<TotalsDoNotAddUp>, Refuses<OrderLineNotFound>, Refuses<OrderLineOfAnother>]
[Refuses<ReceiptLineOfAnotherOrder>, Refuses<UnitNotOrderable>]
public sealed record EnterInvoice(
    LegalEntityId LegalEntity,
    SupplierId Supplier,
    string SupplierNumber,
    DateOnly InvoiceDate,
    DateOnly? DueOn,
    string Currency,
    decimal? Rate,
    IReadOnlyList<InvoiceLineEntry> Lines,
    InvoiceTotals Totals) : ICommand<InvoiceMoved>;

/// <summary>An invoice with what follows from it.</summary>
internal sealed record EnteredInvoice(EnterInvoice Command, DateOnly DueOn, decimal Rate);

/// <summary>A line with what follows from it.</summary>
internal sealed record EnteredLine(InvoiceLineEntry Line, OrderLineTerms? Terms, string? Unit, decimal BaseQuantity);

internal sealed class EnterInvoiceHandler(PlatformDb db, OrderDesk orders, InvoiceMatching matching, ExchangeRates rates)
    : ICommandHandler<EnterInvoice, InvoiceMoved>, IConstraintRefusals<EnterInvoice>
{
    public async Task<Result<InvoiceMoved>> HandleAsync(EnterInvoice command, Envelope envelope, CancellationToken ct)
    {
        if (InvoiceRules.Check(command, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        if (await db.ShareLegalEntityAsync(command.LegalEntity, ct) is not { } entity)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (await db.FindSupplierAsync(command.Supplier, ct) is not { } supplier)
        {
            return new SupplierNotFound(command.Supplier);
        }

        if (await db.FindCurrencyAsync(command.Currency, ct) is not { Status: CurrencyStatus.Active } currency)
        {
            return new CurrencyUnknown(command.Currency);
        }

        if ((StatedValues.Rate(command.Rate, command.Currency, entity.CurrencyCode) ?? InvoiceRules.Add(command, currency.Digits)) is { } wrong)
        {
            return wrong;
        }

        if (await RateAsync(command, entity.CurrencyCode, ct) is not { } rate)
        {
            return new NoExchangeRate(command.Currency, entity.CurrencyCode, command.InvoiceDate);
        }

        if (await db.IsInvoiceNumberTakenAsync(command.Supplier, InvoiceNumbers.KeyOf(command.SupplierNumber), ct))
        {
            return new InvoiceNumberTaken(command.Supplier, command.SupplierNumber);
        }

        var resolved = await ResolveAsync(command, ct);
        if (!resolved.Succeeded(out var lines))
        {
            return resolved.Error!;
        }

        var due = command.DueOn ?? command.InvoiceDate.AddDays(supplier.PaymentTermsDays);
        var invoice = SupplierInvoice.Enter(
            new SupplierInvoiceId(Guid.CreateVersion7(envelope.Now)), await db.NextInvoiceNumberAsync(ct),
            new EnteredInvoice(command, due, rate), envelope);
        db.Add(invoice);
        var rows = lines
            .Select((line, at) => SupplierInvoiceLine.Of(new SupplierInvoiceLineId(Guid.CreateVersion7(envelope.Now)), invoice.Id, at + 1, line))
            .ToList();
        db.AddRange(rows);
        return await matching.CompareAsync(invoice, rows, envelope, ct);
    }

    public DomainError? RefusalFor(EnterInvoice command, string constraint) =>
        constraint == "supplier_invoice_once" ? new InvoiceNumberTaken(command.Supplier, command.SupplierNumber) : null;

    /// <summary>The rate that the invoice states, or the newest of its date.</summary>
    private async Task<decimal?> RateAsync(EnterInvoice command, string books, CancellationToken ct)
    {
        if (command.Currency == books)
        {
            return 1m;
        }

        var known = command.Rate ?? await rates.WorthAsync(1m, command.Currency, books, command.InvoiceDate, ct);
        return known is { } rate ? decimal.Round(rate, 10) : null;
    }

    private async Task<Result<IReadOnlyList<EnteredLine>>> ResolveAsync(EnterInvoice command, CancellationToken ct)
    {
        var receiptLines = await db.OrderLinesOfReceiptsAsync([.. command.Lines.Select(line => line.ReceiptLine).OfType<ReceiptLineId>()], ct);
        var wanted = command.Lines.Select(line => line.OrderLine).OfType<PurchaseOrderLineId>().Concat(receiptLines.Values).ToHashSet();
        var terms = await orders.ReadAsync(wanted, ct);
        var units = await db.UnitsOfAsync([.. terms.Values.Select(line => line.Item)], ct);
        var resolved = new List<EnteredLine>(command.Lines.Count);
        foreach (var line in command.Lines)
        {
            var one = Resolve(command, line, receiptLines, terms, units);
            if (!one.Succeeded(out var entered))
            {
                return one.Error!;
            }

            resolved.Add(entered);
        }

        return resolved;
    }

    private static Result<EnteredLine> Resolve(
        EnterInvoice command, InvoiceLineEntry line, Dictionary<ReceiptLineId, PurchaseOrderLineId> receiptLines,
        Dictionary<PurchaseOrderLineId, OrderLineTerms> terms, ILookup<ItemId, ItemUnit> units)
    {
        var id = line.OrderLine;
        if (line.ReceiptLine is { } receipt)
        {
            if (!receiptLines.TryGetValue(receipt, out var of) || (id is not null && id != of))
            {
                return new ReceiptLineOfAnotherOrder(receipt, id);
            }

            id = of;
        }

        if (id is not { } orderLine)
        {
            return new EnteredLine(line, Terms: null, line.Unit, line.Quantity);
        }

        if (!terms.TryGetValue(orderLine, out var ordered))
        {
            return new OrderLineNotFound(orderLine);
        }

        var other = ordered.Supplier != command.Supplier ? "supplier"
            : ordered.LegalEntity != command.LegalEntity ? "company"
            : ordered.Currency != command.Currency ? "currency"
            : null;
        if (other is not null)
        {
            return new OrderLineOfAnother(orderLine, other);
        }

        var code = line.Unit ?? ordered.Unit;
        var unit = units[ordered.Item].FirstOrDefault(one => string.Equals(one.Code, code, StringComparison.Ordinal));
        var exact = unit is null ? 0m : line.Quantity * unit.Numerator / unit.Denominator;
        return unit is null || exact <= 0m || decimal.Round(exact, 6) != exact
            ? new UnitNotOrderable(ordered.Item, code)
            : new EnteredLine(line, ordered, code, exact);
    }
}

/// <summary>The rules of an invoice by itself. Pure.</summary>
internal static class InvoiceRules
{
    private const int MostLines = 1000;
    private const decimal MostAmount = 100_000_000_000m;

    public static InvalidField? Check(EnterInvoice command, DateTimeOffset now) =>
        Field.Text("supplierNumber", command.SupplierNumber, most: 60)
        ?? (command.InvoiceDate > DateOnly.FromDateTime(now.UtcDateTime).AddDays(1)
            ? Field.Invalid("invoiceDate", "must not lie in the future", command.InvoiceDate.ToString("O"))
            : null)
        ?? (command.DueOn < command.InvoiceDate ? Field.Invalid("dueOn", "must not lie before the invoice", command.DueOn.Value.ToString("O")) : null)
        ?? Field.Positive("rate", command.Rate, most: 1_000_000m, decimals: 10)
        ?? Field.Positive("totals.gross", command.Totals.Gross, MostAmount, decimals: 4)
        ?? Field.Whole("lines", command.Lines.Count, least: 1, MostLines)
        ?? command.Lines.Select((line, at) => Check(line, $"lines.{at}")).FirstOrDefault(found => found is not null);

    /// <summary>Everything that is stated is the sum of what it is made of; a line may be a coin off, as a rounded price makes it.</summary>
    public static DomainError? Add(EnterInvoice command, int digits)
    {
        var coin = new decimal(1, 0, 0, isNegative: false, (byte)digits);
        for (var at = 0; at < command.Lines.Count; at++)
        {
            var line = command.Lines[at];
            if ((StatedValues.Coins($"lines.{at}.net", line.Net, digits) ?? StatedValues.Coins($"lines.{at}.tax", line.Tax, digits)) is { } finer)
            {
                return finer;
            }

            var product = Rounding.HalfUp(line.Quantity * line.UnitPrice, digits);
            if (decimal.Abs(product - line.Net) > coin)
            {
                return new TotalsDoNotAddUp($"lines.{at}.net", line.Net, product);
            }
        }

        var (net, tax) = (command.Lines.Sum(line => line.Net), command.Lines.Sum(line => line.Tax));
        return net != command.Totals.Net ? new TotalsDoNotAddUp("totals.net", command.Totals.Net, net)
            : tax != command.Totals.Tax ? new TotalsDoNotAddUp("totals.tax", command.Totals.Tax, tax)
            : net + tax != command.Totals.Gross ? new TotalsDoNotAddUp("totals.gross", command.Totals.Gross, net + tax)
            : null;
    }

    private static InvalidField? Check(InvoiceLineEntry line, string at) =>
        Field.Known<InvoiceLineKind>($"{at}.kind", line.Kind)
        ?? Field.OptionalText($"{at}.description", line.Description, most: 200)
        ?? Field.OptionalText($"{at}.taxCode", line.TaxCode, most: 20)
        ?? Field.Positive($"{at}.quantity", line.Quantity, most: 1_000_000_000m, decimals: 6)
        ?? NotNegative($"{at}.unitPrice", line.UnitPrice, 1_000_000_000m, decimals: 6)
        ?? NotNegative($"{at}.net", line.Net, MostAmount, decimals: 4)
        ?? NotNegative($"{at}.tax", line.Tax, MostAmount, decimals: 4)
        ?? (line.TaxRate is { } rate ? NotNegative($"{at}.taxRate", rate, 100m, decimals: 4) : null)
        ?? (line.Kind == InvoiceLineKind.Goods && line.OrderLine is null && line.ReceiptLine is null
            ? Field.Invalid($"{at}.orderLineId", "must name the order line or the receipt line of goods", null)
            : null)
        ?? (line.Kind == InvoiceLineKind.Charge && (line.OrderLine ?? (object?)line.ReceiptLine) is not null
            ? Field.Invalid($"{at}.orderLineId", "must be left out for a charge", null)
            : null)
        ?? (line.OrderLine is null && line.ReceiptLine is null ? Field.Text($"{at}.description", line.Description, most: 200) : null);

    private static InvalidField? NotNegative(string field, decimal value, decimal most, int decimals) =>
        value == 0m ? null : Field.Positive(field, value, most, decimals);
}
