using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Purchasing;

/// <summary>How a supplier did with what was due in a month (PRC-15, PRC-20); every figure comes from rows that can be looked up.</summary>
public sealed class SupplierScorecard
{
    private SupplierScorecard()
    {
    }

    public SupplierId SupplierId { get; private set; }

    /// <summary>The first day of the month.</summary>
    public DateOnly Period { get; private set; }

    public int LinesDue { get; private set; }

    /// <summary>Complete by the day that was first promised, or else asked for.</summary>
    public int LinesOnTime { get; private set; }

    public int LinesInFull { get; private set; }

    public decimal Ordered { get; private set; }

    public decimal Received { get; private set; }

    public decimal Returned { get; private set; }

    public decimal? OnTimePercent { get; private set; }

    public decimal? InFullPercent { get; private set; }

    /// <summary>What came of what was ordered.</summary>
    public decimal? FillRatePercent { get; private set; }

    /// <summary>What did not go back of what came.</summary>
    public decimal? AcceptancePercent { get; private set; }

    /// <summary>Of how many lines the supplier said anything.</summary>
    public decimal? ConfirmedPercent { get; private set; }

    /// <summary>Mean hours from the order to the first word.</summary>
    public decimal? ResponseHours { get; private set; }

    public decimal? LeadTimeDays { get; private set; }

    public decimal? LeadTimeSpreadDays { get; private set; }

    /// <summary>Prices of orders against the terms in force when they were drafted; positive is dearer.</summary>
    public decimal? PriceVariancePercent { get; private set; }

    /// <summary>Cases about the supplier that were opened in the month.</summary>
    public int Exceptions { get; private set; }

    /// <summary>How many of a hundred lines were answered within two days (KPI-09).</summary>
    public decimal? ConfirmedInTimePercent { get; private set; }

    /// <summary>How many of a hundred lines took no longer than agreed (KPI-09).</summary>
    public decimal? LeadTimeKeptPercent { get; private set; }

    /// <summary>Mean days more than in the half year before the month; negative is faster.</summary>
    public decimal? LeadTimeDriftDays { get; private set; }

    /// <summary>Of how many lines that came the delivery was announced.</summary>
    public decimal? AnnouncedPercent { get; private set; }

    /// <summary>How exactly what was announced came.</summary>
    public decimal? AnnouncementPercent { get; private set; }

    /// <summary>Cases for a hundred lines (KPI-09).</summary>
    public decimal? ExceptionPercent { get; private set; }

    /// <summary>How many rules of delivery it broke (PRC-16).</summary>
    public int Breaches { get; private set; }

    /// <summary>Mean hours from the draft of an order until it went out.</summary>
    public decimal? ApprovalHours { get; private set; }

    /// <summary>Mean days from the draft of an order until its goods were here (KPI-10).</summary>
    public decimal? CycleDays { get; private set; }

    public DateTimeOffset ComputedAt { get; private set; }
}

/// <summary>Computes how suppliers did in each month of a span, anew from what really happened.</summary>
/// <param name="From">The first day of the first month.</param>
/// <param name="Until">The first day of the last month.</param>
[Needs("purchasing.score")]
[Refuses<InvalidField>]
public sealed record ComputeScorecards(DateOnly From, DateOnly Until) : ICommand<ScorecardsComputed>;

public sealed record ScorecardsComputed(DateOnly From, DateOnly Until, int Scorecards);

internal sealed class ComputeScorecardsHandler(PlatformDb db) : ICommandHandler<ComputeScorecards, ScorecardsComputed>
{
    private const int MostMonths = 60;

    public async Task<Result<ScorecardsComputed>> HandleAsync(ComputeScorecards command, Envelope envelope, CancellationToken ct)
    {
        var invalid = (command.From.Day == 1 ? null : Field.Invalid("from", "must be the first day of a month", command.From.ToString("O")))
            ?? (command.Until.Day == 1 && command.Until >= command.From && command.Until < command.From.AddMonths(MostMonths)
                ? null
                : Field.Invalid("until", $"must be the first day of a month, at most {MostMonths} months on", command.Until.ToString("O")));
        if (invalid is not null)
        {
            return invalid;
        }

        return new ScorecardsComputed(command.From, command.Until, await db.ComputeScorecardsAsync(command, envelope.Now, ct));
    }
}
