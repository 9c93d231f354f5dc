namespace Platform.Intelligence.CountVariance;

/// <summary>
/// The inputs of one count on the day it is planned. They read events recorded before that day and nothing else, in
/// training as in scoring.
/// </summary>
internal sealed class CountFeatures
{
    private const double Year = 365;

    // A bin's own history leans on its site's rate by so many counts.
    private const double Strength = 6;

    private readonly Dictionary<string, List<(double Day, bool WasOff)>> _bySite = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<(double Day, bool WasOff)>> _byItem = new(StringComparer.Ordinal);

    public CountFeatures(IReadOnlyList<BinHistory> histories)
    {
        foreach (var history in histories)
        {
            foreach (var count in history.Events.Where(one => one.Kind == BinEventKind.Count))
            {
                Add(_bySite, history.Site, count);
                Add(_byItem, history.Item, count);
            }
        }
    }

    public static IReadOnlyList<string> Names { get; } =
    [
        "own_rate", "counts_known", "days_since_count", "moves_since_count", "units_moved_since_count", "site_rate", "item_rate",
        "transfers_since_count", "cross_docks_since_count", "picks_per_day", "book", "cover_days", "days_since_move", "unit_cost",
    ];

    public double[] Of(BinHistory history, double day)
    {
        BinEvent[] known = [.. history.Events.TakeWhile(one => one.RecordedOn < day)];
        BinEvent[] counts = [.. known.Where(one => one.Kind == BinEventKind.Count)];
        var last = counts.Length == 0 ? double.NaN : counts[^1].RecordedOn;
        BinEvent[] since = [.. known.Where(one => one.Kind != BinEventKind.Count && !(one.RecordedOn <= last))];
        var siteRate = Rate(_bySite, history.Site, day, 0.1);
        var picks = known.Where(one => one.Kind == BinEventKind.Pick && one.RecordedOn > day - 90).Sum(one => one.Quantity) / 90;
        var book = known.Length == 0 ? 0 : known[^1].Book;
        return
        [
            (counts.Count(IsOff) + (Strength * siteRate)) / (counts.Length + Strength), counts.Length, day - last, since.Length,
            since.Sum(one => one.Quantity), siteRate, Rate(_byItem, history.Item, day, siteRate),
            since.Count(one => one.Kind is BinEventKind.TransferIn or BinEventKind.TransferOut), since.Count(one => one.Kind == BinEventKind.CrossDock),
            picks, book, picks == 0 ? double.NaN : book / picks, known.Length == 0 ? double.NaN : day - known[^1].RecordedOn, history.UnitCost,
        ];
    }

    public static bool IsOff(BinEvent count) => count.Variance != 0;

    private static void Add(Dictionary<string, List<(double, bool)>> groups, string name, BinEvent count)
    {
        if (!groups.TryGetValue(name, out var list))
        {
            groups.Add(name, list = []);
        }

        list.Add((count.RecordedOn, IsOff(count)));
    }

    private static double Rate(Dictionary<string, List<(double Day, bool WasOff)>> groups, string name, double day, double otherwise)
    {
        int off = 0, all = 0;
        foreach (var (on, wasOff) in groups.GetValueOrDefault(name) ?? [])
        {
            if (on < day && on >= day - Year)
            {
                all++;
                off += wasOff ? 1 : 0;
            }
        }

        return (off + (Strength * otherwise)) / (all + Strength);
    }
}
