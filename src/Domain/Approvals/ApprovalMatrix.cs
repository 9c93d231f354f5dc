using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Approvals;

/// <summary>So many holders of a role must agree; the seats of one step are taken in any order.</summary>
public sealed record ApprovalSeat(string Role, int Quorum);

/// <summary>Steps follow one another; all seats of one are filled before the next is asked.</summary>
public sealed record ApprovalStep(IReadOnlyList<ApprovalSeat> Seats);

/// <summary>One line of the matrix: requests that fulfil all that it asks take its way. What is null or empty is not asked.</summary>
/// <param name="Name">What the line is called where it is applied.</param>
/// <param name="Kinds">Kinds of request.</param>
/// <param name="MinAmount">At least so much is at stake, in the currency of the matrix.</param>
/// <param name="SupplierCategories">Categories of suppliers.</param>
/// <param name="Criticalities">How critical the item is.</param>
/// <param name="ExceptionTypes">Categories of the exception behind it.</param>
/// <param name="IsOffContract">Bought beside an agreement that exists, or not.</param>
/// <param name="LegalEntity">The company.</param>
/// <param name="Warehouse">The site.</param>
/// <param name="Supplier">The supplier.</param>
/// <param name="Steps">Who must agree, in order.</param>
/// <param name="AutomaticUpTo">Up to here it passes without a person, within the limits of automation (APR-02, APR-16).</param>
/// <param name="ExpiresAfterHours">When nobody decides by then, it ends.</param>
/// <param name="EscalatesAfterHours">When nobody decides by then, the escalation role may take any seat.</param>
/// <param name="EscalationRole">Who then may.</param>
/// <param name="UndoSeconds">How long the last approver may take it back before anything is done.</param>
public sealed record ApprovalRule(
    string Name,
    IReadOnlyList<string> Kinds,
    decimal? MinAmount,
    IReadOnlyList<string> SupplierCategories,
    IReadOnlyList<string> Criticalities,
    IReadOnlyList<string> ExceptionTypes,
    bool? IsOffContract,
    LegalEntityId? LegalEntity,
    WarehouseId? Warehouse,
    SupplierId? Supplier,
    IReadOnlyList<ApprovalStep> Steps,
    decimal? AutomaticUpTo,
    int ExpiresAfterHours,
    int EscalatesAfterHours,
    string EscalationRole,
    int UndoSeconds);

/// <summary>All lines; the first that fits decides.</summary>
/// <param name="Currency">In which amounts are compared.</param>
/// <param name="AccumulateDays">
/// What was asked for from the same supplier in the same company in so many days counts together, so that nobody gets under
/// a threshold by splitting (APR-07); 0 counts each alone.
/// </param>
/// <param name="Rules">The lines.</param>
public sealed record ApprovalMatrix(string Currency, int AccumulateDays, IReadOnlyList<ApprovalRule> Rules)
{
    /// <summary>Where no line fits or none is published: one supervisor, and nothing passes by itself.</summary>
    public static ApprovalRule OneSupervisor { get; } = new(
        "one supervisor", [], null, [], [], [], null, null, null, null, [new ApprovalStep([new ApprovalSeat("supervisor", 1)])],
        AutomaticUpTo: null, ExpiresAfterHours: 168, EscalatesAfterHours: 24, "operations", UndoSeconds: 0);

    /// <param name="sheet">What is asked for.</param>
    /// <param name="amount">What is at stake in the matrix's currency; null when nothing is, <see cref="decimal.MaxValue"/> when nobody knows.</param>
    internal ApprovalRule RuleFor(ApprovalSheet sheet, decimal? amount) =>
        Rules.FirstOrDefault(rule => Fits(rule, sheet, amount)) ?? OneSupervisor;

    private static bool Fits(ApprovalRule rule, ApprovalSheet sheet, decimal? amount) =>
        Asks(rule.Kinds, sheet.Kind)
        && (rule.MinAmount is null || amount >= rule.MinAmount)
        && Asks(rule.SupplierCategories, sheet.SupplierCategory)
        && Asks(rule.Criticalities, sheet.Criticality)
        && Asks(rule.ExceptionTypes, sheet.ExceptionType)
        && (rule.IsOffContract is null || rule.IsOffContract == sheet.IsOffContract)
        && (rule.LegalEntity is null || rule.LegalEntity == sheet.LegalEntity)
        && (rule.Warehouse is null || rule.Warehouse == sheet.Warehouse)
        && (rule.Supplier is null || rule.Supplier == sheet.Supplier);

    private static bool Asks(IReadOnlyList<string> wanted, string? given) =>
        wanted.Count == 0 || (given is not null && wanted.Contains(given, StringComparer.Ordinal));
}
