using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Finance;

/// <summary>One figure of a month told by two sides: what a ledger of its own says, and what the account says.</summary>
/// <param name="Check">What is compared.</param>
/// <param name="What">The account, or the document that stands open.</param>
/// <param name="Expected">What should be there.</param>
/// <param name="Found">What is there.</param>
public sealed record ReconciledFigure(string Check, string What, decimal Expected, decimal Found)
{
    internal bool Differs => Expected != Found;
}

/// <summary>Compares a part of the books at the end of a day; contributed by the capability whose ledger it is.</summary>
public interface IPeriodCheck
{
    /// <summary>Every figure that was compared, also those that agree; documents that must be dealt with first stand as figures that should be nothing.</summary>
    Task<IReadOnlyList<ReconciledFigure>> CompareAsync(LedgerEntity entity, DateOnly through, CancellationToken ct);
}

/// <summary>What was found when the books of a month were compared.</summary>
public sealed class PeriodReconciliation
{
    private PeriodReconciliation()
    {
    }

    public Guid Id { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public DateOnly FirstDay { get; private set; }

    /// <summary>The last day whose postings were looked at.</summary>
    public DateOnly ThroughDay { get; private set; }

    /// <summary>How many figures differ; a month with any is not closed.</summary>
    public int Differences { get; private set; }

    public Guid MadeBy { get; private set; }

    public DateTimeOffset MadeAt { get; private set; }

    internal static PeriodReconciliation Of(Guid id, LegalEntityId entity, DateOnly first, DateOnly through, int differences, Envelope envelope) => new()
    {
        Id = id,
        LegalEntityId = entity,
        FirstDay = first,
        ThroughDay = through,
        Differences = differences,
        MadeBy = envelope.Actor.Id,
        MadeAt = envelope.Now,
    };
}

/// <summary>One compared figure.</summary>
public sealed class PeriodReconciliationLine
{
    private PeriodReconciliationLine()
    {
    }

    public Guid Id { get; private set; }

    public Guid ReconciliationId { get; private set; }

    public int Line { get; private set; }

    /// <summary>What was compared.</summary>
    public string CheckName { get; private set; } = string.Empty;

    /// <summary>The account, or the document that stands open.</summary>
    public string What { get; private set; } = string.Empty;

    public decimal Expected { get; private set; }

    public decimal Found { get; private set; }

    /// <summary>By how much they differ; the database computes it.</summary>
    public decimal Difference { get; private set; }

    internal static PeriodReconciliationLine Of(Guid reconciliation, int line, ReconciledFigure figure, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        ReconciliationId = reconciliation,
        Line = line,
        CheckName = figure.Check,
        What = figure.What,
        Expected = figure.Expected,
        Found = figure.Found,
    };
}

/// <summary>
/// Compares the books of a month, up to its last day or today: stock with its accounts, what was received and not invoiced, landed
/// costs, payables, and the documents that wait. The report is kept.
/// </summary>
[Needs("finance.close")]
[Refuses<LegalEntityNotFound>, Refuses<MonthUnknown>]
public sealed record ReconcilePeriod(LegalEntityId LegalEntity, int Year, int Month) : ICommand<PeriodReconciled>;

public sealed record PeriodReconciled(
    Guid Reconciliation, LegalEntityId LegalEntity, DateOnly FirstDay, DateOnly Through, int Figures, int Differences,
    IReadOnlyList<ReconciledFigure> Differing) : IEvent
{
    public Subject Subject => new(nameof(PeriodReconciliation), Reconciliation);
}

public sealed record MonthUnknown(int Year, int Month) : DomainError
{
    public override string Message => $"{Year:0000}-{Month:00} is no month whose books there are.";
}

/// <summary>The books of a month do not agree, or documents of it wait; it is not closed before they do.</summary>
/// <param name="Year">The year.</param>
/// <param name="Month">The month.</param>
/// <param name="Count">How many figures differ.</param>
/// <param name="Differing">The first of them.</param>
public sealed record PeriodNotReconciled(int Year, int Month, int Count, IReadOnlyList<ReconciledFigure> Differing) : DomainError
{
    public override string Message =>
        $"{Year:0000}-{Month:00} has {Count} differences: {string.Join("; ", Differing.Take(5).Select(one => $"{one.Check} {one.What}: {one.Expected} expected, {one.Found} found"))}.";

    public bool Equals(PeriodNotReconciled? other) =>
        other is not null && (Year, Month, Count) == (other.Year, other.Month, other.Count) && Differing.SequenceEqual(other.Differing);

    public override int GetHashCode() => HashCode.Combine(Year, Month, Count);
}

/// <summary>Asks every capability for its figures, and keeps what they say.</summary>
internal sealed class Reconciliations(PlatformDb db, IEnumerable<IPeriodCheck> checks)
{
    private const int MostShown = 50;

    public async Task<ReconciledBooks> MakeAsync(LedgerEntity entity, DateOnly first, Envelope envelope, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var last = first.AddMonths(1).AddDays(-1);
        var through = last < today ? last : today;
        var figures = new List<ReconciledFigure>();
        foreach (var check in checks.OrderBy(one => one.GetType().Name, StringComparer.Ordinal))
        {
            figures.AddRange(await check.CompareAsync(entity, through, ct));
        }

        var differing = figures.FindAll(figure => figure.Differs);
        var made = new PeriodReconciled(
            Guid.CreateVersion7(envelope.Now), entity.Id, first, through, figures.Count, differing.Count, [.. differing.Take(MostShown)]);
        return new ReconciledBooks(made, figures);
    }

    public PeriodReconciled Keep(ReconciledBooks books, Envelope envelope)
    {
        var made = books.Made;
        db.Add(PeriodReconciliation.Of(made.Reconciliation, made.LegalEntity, made.FirstDay, made.Through, made.Differences, envelope));
        for (var at = 0; at < books.Figures.Count; at++)
        {
            db.Add(PeriodReconciliationLine.Of(made.Reconciliation, at + 1, books.Figures[at], envelope.Now));
        }

        db.Raise(made);
        return made;
    }
}

/// <summary>What was found, with every figure behind it.</summary>
internal sealed record ReconciledBooks(PeriodReconciled Made, IReadOnlyList<ReconciledFigure> Figures);

internal sealed class ReconcilePeriodHandler(PlatformDb db, LedgerEntities entities, Reconciliations reconciliations)
    : ICommandHandler<ReconcilePeriod, PeriodReconciled>
{
    public async Task<Result<PeriodReconciled>> HandleAsync(ReconcilePeriod command, Envelope envelope, CancellationToken ct)
    {
        if (await entities.FindAsync(db, command.LegalEntity, ct) is not { } entity)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (Months.First(command.Year, command.Month) is not { } first || first > DateOnly.FromDateTime(envelope.Now.UtcDateTime))
        {
            return new MonthUnknown(command.Year, command.Month);
        }

        return reconciliations.Keep(await reconciliations.MakeAsync(entity, first, envelope, ct), envelope);
    }
}
