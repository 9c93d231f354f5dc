namespace Platform.Api.Seeding.History;

/// <summary>How long a supplier takes from a day on.</summary>
/// <param name="From">The first day on which orders are placed that come so.</param>
/// <param name="LeadDays">The days from order to arrival, on average.</param>
/// <param name="SpreadDays">Their standard deviation.</param>
/// <param name="Kind">What changed on that day.</param>
internal sealed record Regime(DateOnly From, double LeadDays, double SpreadDays, TruthKind Kind);

/// <summary>When an order comes, and why then.</summary>
internal sealed record Arrival(DateOnly On, TruthCause Cause);

/// <summary>
/// How a supplier behaves, which nobody in the distributor is told: what is learned of it is learned from orders and receipts.
/// </summary>
/// <param name="Number">The supplier's number; the higher its last digit, the longer it takes.</param>
/// <param name="Regimes">How long it takes, from which day on.</param>
/// <param name="ShortShare">The share of lines that come short.</param>
/// <param name="DamagedShare">The share of lines of which something is broken.</param>
internal sealed record SupplierCharacter(int Number, IReadOnlyList<Regime> Regimes, double ShortShare, double DamagedShare)
{
    private const double BreakdownShare = 0.02;
    private const double CustomsShare = 0.015;

    /// <summary>Whether its lead time changes.</summary>
    public bool Changes => Regimes.Count > 1;

    /// <summary>Every third supplier says beforehand what it sends.</summary>
    public bool Announces => Number % 3 == 0;

    /// <summary>Buyers ask for goods a little later than the mean, so that a supplier that stays as it is is late once in six times.</summary>
    public int AskedLeadDays => (int)Math.Ceiling(Regimes[0].LeadDays + Regimes[0].SpreadDays);

    /// <summary>
    /// Of ten suppliers one gets slower and stays so, one becomes erratic, and one gets slower and recovers; those of the next ten do so
    /// on other days.
    /// </summary>
    public static SupplierCharacter Of(int number, DateOnly from, DateOnly until)
    {
        var (lead, spread) = (6.0 + (number % 10), 1.0 + (0.5 * (number % 4)));
        var shift = 0.05 * (number / 10 % 4);
        DateOnly At(double share) => from.AddDays((int)((until.DayNumber - from.DayNumber) * (share - shift)));

        var first = new Regime(from, lead, spread, TruthKind.LeadTime);
        IReadOnlyList<Regime> regimes = (number % 10) switch
        {
            2 => [first, new(At(0.40), lead + 6, spread, TruthKind.LeadTimeStep), new(At(0.70), lead, spread, TruthKind.LeadTimeRecovery)],
            4 => [first, new(At(0.70), lead + 5, spread, TruthKind.LeadTimeStep)],
            8 => [first, new(At(0.60), lead, spread * 3.5, TruthKind.LeadTimeSpread)],
            _ => [first],
        };
        return new SupplierCharacter(number, regimes, ShortShare: 0.02 * (number % 5), DamagedShare: 0.01 * (number % 3));
    }

    public Regime On(DateOnly day) => Regimes.Last(regime => regime.From <= day || regime == Regimes[0]);

    /// <summary>The day on which an order comes, working days only, and what made it so.</summary>
    public Arrival Draw(DateOnly orderedOn, Random chance)
    {
        var regime = On(orderedOn);
        var days = Math.Max(1.0, regime.LeadDays + (regime.SpreadDays * chance.Normal()));
        var (more, cause) = (0, regime.Kind switch
        {
            TruthKind.LeadTimeStep => TruthCause.LeadTimeStep,
            TruthKind.LeadTimeSpread => TruthCause.LeadTimeSpread,
            _ => TruthCause.UsualSpread,
        });
        if (chance.Happens(BreakdownShare))
        {
            (more, cause) = (chance.Next(3, 9), TruthCause.CarrierBreakdown);
        }
        else if (chance.Happens(CustomsShare))
        {
            (more, cause) = (chance.Next(5, 14), TruthCause.CustomsHold);
        }

        var day = orderedOn.AddDays((int)Math.Round(days) + more);
        while (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
        {
            day = day.AddDays(1);
        }

        return new Arrival(day, cause);
    }

    /// <summary>What is true of its lead times.</summary>
    public IEnumerable<Truth> Truths() => Regimes.Select((regime, at) => new Truth(
        regime.Kind, SupplierCode.Of(Number), regime.From, Size(regime, at == 0 ? null : Regimes[at - 1]), "DAYS")
    {
        Mean = regime.LeadDays,
        Spread = regime.SpreadDays,
    });

    private static double Size(Regime regime, Regime? before) => regime.Kind switch
    {
        TruthKind.LeadTimeSpread => regime.SpreadDays - before!.SpreadDays,
        _ => regime.LeadDays - (before?.LeadDays ?? 0),
    };
}

/// <summary>How suppliers are called.</summary>
internal static class SupplierCode
{
    public static string Of(int number) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"SUP-{number:00}");
}
