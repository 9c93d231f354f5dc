using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Exceptions;

/// <summary>What a person knows of the trouble that they report.</summary>
public sealed record CaseReport(
    string Category,
    string Title,
    CaseSeverity? Severity,
    ServiceImpact ServiceImpact,
    decimal? ValueAtStake,
    string? Currency,
    LegalEntityId? LegalEntity,
    WarehouseId? Warehouse,
    SupplierId? Supplier,
    CustomerId? Customer,
    ItemId? Item)
{
    internal InvalidField? Check() =>
        QueueName.CheckCategory("category", Category)
        ?? Field.Text("title", Title, most: 200)
        ?? Field.Known("severity", Severity)
        ?? Field.Known<ServiceImpact>("serviceImpact", ServiceImpact)
        ?? Field.Positive("valueAtStake", ValueAtStake, most: 100_000_000_000m, decimals: 4)
        ?? ((ValueAtStake is null) != (Currency is null)
            ? Field.Invalid("currency", "must be given with a value, and only with one", Currency)
            : null);
}

/// <summary>
/// A person or a device reports trouble that no rule found. A second report about the same document joins the first.
/// </summary>
[Needs("exceptions.raise"), WithinRows]
[Refuses<InvalidField>, Refuses<ExceptionCategoryUnknown>, Refuses<CaseScopeUnknown>, Refuses<AnotherCaseIsOpen>]
public sealed record RaiseCase(CaseReport Report, string AboutKind, Guid AboutId, IReadOnlyList<CaseFact> Facts) : ICommand<Signalled>;

internal sealed class RaiseCaseHandler(PlatformDb db, ExceptionDesk desk)
    : ICommandHandler<RaiseCase, Signalled>, IConstraintRefusals<RaiseCase>
{
    private const int MostFacts = 50;

    public async Task<Result<Signalled>> HandleAsync(RaiseCase command, Envelope envelope, CancellationToken ct)
    {
        var invalid = command.Report.Check()
            ?? Field.Text("aboutKind", command.AboutKind, most: 60)
            ?? Field.Whole("facts", command.Facts.Count, least: 0, most: MostFacts)
            ?? command.Facts.Select(fact => Field.Text("facts.name", fact.Name, most: 60) ?? Field.Text("facts.value", fact.Value, most: 500))
                .FirstOrDefault(found => found is not null);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.FindCategoryAsync(command.Report.Category, ct) is null)
        {
            return new ExceptionCategoryUnknown(command.Report.Category);
        }

        return await desk.SignalAsync(Of(command), envelope, ct);
    }

    /// <summary>The keys of the table say what is unknown; nobody deletes what they name, so no lock is needed.</summary>
    public DomainError? RefusalFor(RaiseCase command, string constraint)
    {
        var report = command.Report;
        return constraint switch
        {
            "exception_case_legal_entity_id_fkey" => new CaseScopeUnknown("legal entity", report.LegalEntity!.Value.Value),
            "exception_case_warehouse_id_fkey" => new CaseScopeUnknown("warehouse", report.Warehouse!.Value.Value),
            "exception_case_supplier_id_fkey" => new CaseScopeUnknown("supplier", report.Supplier!.Value.Value),
            "exception_case_customer_id_fkey" => new CaseScopeUnknown("customer", report.Customer!.Value.Value),
            "exception_case_item_id_fkey" => new CaseScopeUnknown("item", report.Item!.Value.Value),
            // Open, and not theirs to see: somebody who may is at it.
            "exception_case_open" => new AnotherCaseIsOpen(KeyOf(command)),
            "exception_case_currency_code_fkey" => Field.Invalid("currency", "must be a currency of ours", report.Currency),
            _ => null,
        };
    }

    private static string KeyOf(RaiseCase command) => $"{command.Report.Category}/{command.AboutKind}/{command.AboutId}";

    private static Signal Of(RaiseCase command)
    {
        var report = command.Report;
        return new Signal
        {
            Category = report.Category,
            CorrelationKey = KeyOf(command),
            Title = report.Title,
            Source = new Subject(command.AboutKind, command.AboutId),
            SourceEvent = nameof(RaiseCase),
            Severity = report.Severity,
            ServiceImpact = report.ServiceImpact,
            ValueAtStake = report.ValueAtStake,
            Currency = report.Currency,
            LegalEntity = report.LegalEntity,
            Warehouse = report.Warehouse,
            Supplier = report.Supplier,
            Customer = report.Customer,
            Item = report.Item,
            Facts = command.Facts,
        };
    }
}
