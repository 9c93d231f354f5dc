using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Api.Exceptions;

internal sealed class ExceptionCaseType : Readable<ExceptionCase>
{
    public ExceptionCaseType()
        : base("ExceptionCase", "exceptionCases", "exceptions.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.Status, "How far it has come.");
        Column(row => row.Title, "What happened, in one line.");
        Column(row => row.CorrelationKey, "Equal for signals about the same trouble.");
        Column(row => row.SourceKind);
        Column(row => row.SourceId, "The document or record that it is about.");
        Column(row => row.SourceEvent, "What happened to it.");
        Column(row => row.CorrelationId);
        Column(row => row.Severity, "How bad it is.");
        Column(row => row.ServiceImpact, "What the customer would feel.");
        Column(row => row.ValueAtStake, "What it may cost.");
        Column(row => row.Facts);
        Column(row => row.History);
        Column(row => row.Signals);
        Column(row => row.LastSignalAt, "When it was signalled last.");
        Column(row => row.RoutedBy);
        Column(row => row.Queue);
        Column(row => row.OwnerId);
        Column(row => row.OwnerName, "The person's name.");
        Column(row => row.TimeZone, "On which wall clock its time is counted.");
        Column(row => row.SlaHours, "Within how many working hours it is to be dealt with.");
        Column(row => row.DueAt, "Until when it is to be dealt with.");
        Column(row => row.WaitUntil, "When it goes on by itself.");
        Column(row => row.EscalationLevel, "How often it was escalated.");
        Column(row => row.EscalatedAt, "When it was escalated last.");
        Column(row => row.Outcome, "How it ended.");
        Column(row => row.RootCause, "Why it came to this.");
        Column(row => row.ResolvedAt, "When it ended.");
        Column(row => row.ResolvedBy, "The account that closed it.");
        Column(row => row.Reopened, "How often it was opened again.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<ExceptionCategory>("category", row => row.Category, "The kind of trouble.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of the value at stake.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Supplier>("supplier", row => row.SupplierId, "The supplier.");
        One<Customer>("customer", row => row.CustomerId, "The customer.");
        One<Item>("item", row => row.ItemId, "The item.");
        One<Calendar>("calendar", row => row.CalendarId, "By which its time is counted.");
        Many<ExceptionSignal>("signalLog", row => row.CaseId, "Every signal as it came.");
        Many<ExceptionNote>("notes", row => row.CaseId, "Comments, evidence and decisions.");
    }
}

internal sealed class ExceptionCategoryType : Readable<ExceptionCategory>
{
    public ExceptionCategoryType()
        : base("ExceptionCategory", "exceptionCategories", "exceptions.read")
    {
        Shared();
        Column(row => row.Code);
        Column(row => row.Name);
        Column(row => row.Queue, "Where its cases go where no rule says otherwise.");
        Column(row => row.EscalationQueue, "Who inherits what is not dealt with in time.");
        Column(row => row.Severity, "How bad its cases are taken to be.");
        Column(row => row.SlaHours, "Within how many working hours they are to be dealt with.");
        Column(row => row.Runbook);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Code);
        Many<ExceptionCase>("cases", row => row.Category, "Its cases.");
    }
}

internal sealed class ExceptionSignalType : Readable<ExceptionSignal>
{
    public ExceptionSignalType()
        : base("ExceptionSignal", "exceptionSignals", "exceptions.read")
    {
        ScopedLike<ExceptionCase>(row => row.CaseId);
        Column(row => row.SourceKind, "The kind of record that it is about.");
        Column(row => row.SourceId, "The record.");
        Column(row => row.SourceEvent, "What happened to it.");
        Column(row => row.ValueAtStake, "What it may cost.");
        Column(row => row.CurrencyCode, "The currency of the value.");
        Column(row => row.Facts, "What the signal knew, as JSON.");
        Column(row => row.SignalledBy, "The account that signalled.");
        Column(row => row.SignalledAt, "When it came.");
        One<ExceptionCase>("case", row => row.CaseId, "The case it opened or joined.");
    }
}

internal sealed class ExceptionNoteType : Readable<ExceptionNote>
{
    public ExceptionNoteType()
        : base("ExceptionNote", "exceptionNotes", "exceptions.read")
    {
        ScopedLike<ExceptionCase>(row => row.CaseId);
        Column(row => row.Kind, "Whether it is a comment, evidence or a decision.");
        Column(row => row.Body, "The text.");
        Column(row => row.Evidence);
        Column(row => row.AuthorId, "The account that wrote it.");
        Column(row => row.Author, "Who wrote it.");
        Column(row => row.At, "When it was written.");
        One<ExceptionCase>("case", row => row.CaseId, "The case.");
    }
}
