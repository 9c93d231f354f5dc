using Platform.Intelligence.Learning.Numerics;

namespace Platform.Intelligence.CountVariance;

/// <summary>
/// Bins whose books go wrong for known reasons: a cross-dock passes without being confirmed, a transfer arrives short, a
/// pick takes from the neighbour. Sites differ in how often. A count finds what has gone wrong since the one before and
/// sets it right. Nobody's real stock.
/// </summary>
internal sealed class SimulatedCounts(ulong seed)
{
    private const int Sites = 6;
    private const int Items = 240;
    private const int Bins = 700;
    private const double FirstDay = 18_263; // 2020-01-01
    private const double Days = 900;

    private readonly Draws _draws = new(seed);

    public IReadOnlyList<BinHistory> Run()
    {
        double[] care = [.. Enumerable.Range(0, Sites).Select(_ => 0.3 + (1.7 * _draws.NextUnit()))];
        double[] fuss = [.. Enumerable.Range(0, Items).Select(_ => 0.4 + (1.2 * _draws.NextUnit()))];
        return [.. Enumerable.Range(0, Bins).Select(bin =>
        {
            int site = _draws.NextBelow(Sites), item = _draws.NextBelow(Items);
            return new BinHistory(
                $"S{site + 1}-{bin:0000}", $"ITEM-{item:000}", $"site {site + 1}", Math.Round(1 + (80 * _draws.NextUnit() * _draws.NextUnit()), 2),
                Events(care[site] * fuss[item]));
        })];
    }

    private List<BinEvent> Events(double carelessness)
    {
        var events = new List<BinEvent>();
        var activity = 0.02 + (0.5 * _draws.NextUnit() * _draws.NextUnit());
        double book = 40 + _draws.NextBelow(200), truth = book;
        for (var day = FirstDay; day < FirstDay + Days; day++)
        {
            if (_draws.NextUnit() < activity)
            {
                var (kind, quantity) = Move(book);
                var lost = Lost(kind, quantity, carelessness);
                var sign = kind is BinEventKind.Receipt or BinEventKind.TransferIn ? 1 : kind == BinEventKind.CrossDock ? 0 : -1;
                book += sign * quantity;
                truth += (sign * quantity) - lost;
                events.Add(new BinEvent(day + 0.4, kind, quantity, book, 0));
            }

            if (_draws.NextUnit() < 1.0 / 75)
            {
                events.Add(new BinEvent(day + 0.8, BinEventKind.Count, Math.Max(0, truth), Math.Max(0, truth), Math.Max(0, truth) - book));
                (book, truth) = (Math.Max(0, truth), Math.Max(0, truth));
            }
        }

        return events;
    }

    private (BinEventKind Kind, double Quantity) Move(double book)
    {
        if (book < 15)
        {
            return (BinEventKind.Receipt, 40 + _draws.NextBelow(160));
        }

        var quantity = 1 + _draws.NextBelow(12);
        return _draws.NextUnit() switch
        {
            < 0.72 => (BinEventKind.Pick, quantity),
            < 0.82 => (BinEventKind.TransferOut, quantity),
            < 0.92 => (BinEventKind.TransferIn, quantity),
            _ => (BinEventKind.CrossDock, quantity),
        };
    }

    /// <summary>What left the bin without the books knowing.</summary>
    private double Lost(BinEventKind kind, double quantity, double carelessness)
    {
        var chance = carelessness * kind switch
        {
            BinEventKind.CrossDock => 0.05,
            BinEventKind.TransferIn => 0.025,
            BinEventKind.TransferOut => 0.01,
            BinEventKind.Pick => 0.004,
            BinEventKind.Receipt => 0.006,
            BinEventKind.Count => 0,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        return _draws.NextUnit() >= chance ? 0
            : kind == BinEventKind.Pick ? (_draws.NextUnit() < 0.5 ? -1 : 1)
            : Math.Max(1, Math.Round(quantity * _draws.NextUnit()));
    }
}
