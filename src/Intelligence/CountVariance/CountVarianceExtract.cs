using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Extracts;

namespace Platform.Intelligence.CountVariance;

/// <summary>Every count as a row: what was known before it, and whether it found a variance.</summary>
internal static class CountVarianceExtract
{
    public static Extract Simulated { get; } = new(
        "count-variance", "simulation", "simulated counts with known causes of error; nobody's real stock",
        static (request, _) => Task.FromResult<Domain.Kernel.Result<Table>>(TableOf(new SimulatedCounts(request.Seed).Run(), request.AsOfDay)));

    public static Table TableOf(IReadOnlyList<BinHistory> histories, double asOf)
    {
        var features = new CountFeatures(histories);
        var rows = (
            from history in histories
            from count in history.Events
            where count.Kind == BinEventKind.Count && count.RecordedOn < asOf
            orderby count.RecordedOn
            select (History: history, Count: count, Values: features.Of(history, Math.Floor(count.RecordedOn)))).ToArray();
        return new Table(
        [
            CategoryColumn.From("bin", rows.Select(row => row.History.Bin)),
            CategoryColumn.From("site", rows.Select(row => row.History.Site)),
            new NumericColumn("counted_on", [.. rows.Select(row => Math.Floor(row.Count.RecordedOn))]),
            .. CountFeatures.Names.Select((name, f) => new NumericColumn(name, [.. rows.Select(row => row.Values[f])])),
            CategoryColumn.From("off", rows.Select(row => CountFeatures.IsOff(row.Count) ? "yes" : "no")),
        ]);
    }
}
