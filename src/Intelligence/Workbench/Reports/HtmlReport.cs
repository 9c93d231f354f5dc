using System.Globalization;
using System.Text;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Workbench.Fitting;

namespace Platform.Intelligence.Workbench.Reports;

/// <summary>One self-contained page: figures, plots, what moves the score. It loads nothing and runs nothing.</summary>
internal static class HtmlReport
{
    private const string Blue = "#1f5fa8";
    private const string Grey = "#888";
    private const string Orange = "#c8641b";

    private const string Style = """
        body{font:15px/1.5 sans-serif;max-width:920px;margin:2em auto;padding:0 1em;color:#222}
        table{border-collapse:collapse;margin:1em 0}td,th{padding:.25em .8em;border-bottom:1px solid #ddd;text-align:left}
        td.n{text-align:right;font-variant-numeric:tabular-nums}.plots{display:flex;flex-wrap:wrap;gap:12px}
        """;

    public static string Write(ReportFacts facts)
    {
        var fitted = facts.Fitted;
        var page = new StringBuilder();
        page.Append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>")
            .Append(SvgPlot.Escape($"Model {RecipeSections.Title(fitted)}")).Append("</title><style>").Append(Style)
            .Append("</style></head><body>\n<h1>").Append(SvgPlot.Escape($"Model {RecipeSections.Title(fitted)}")).Append("</h1>\n");
        page.Append("<p>").Append(SvgPlot.Escape(CardSentences.Summary(fitted))).Append("</p>\n");
        if (fitted.Request.Recipe is { } origin)
        {
            page.Append("<p>").Append(SvgPlot.Escape($"{origin.Recipe.Decides} Data: {origin.Data}.")).Append("</p>\n");
        }

        Figures(page, fitted.Figures);
        page.Append("<h2>On the last block</h2>\n<div class=\"plots\">\n");
        foreach (var plot in fitted.Kept.IsClassifier ? Classification(facts) : Regression(facts))
        {
            page.Append(plot).Append('\n');
        }

        page.Append("</div>\n<h2>From the first block to the last</h2>\n<div class=\"plots\">\n").Append(DriftPlot(facts)).Append('\n');
        page.Append("</div>\n<h2>What moves the score</h2>\n<div class=\"plots\">\n");
        page.Append(ImportancePlot(facts)).Append('\n');
        foreach (var effect in facts.Effects)
        {
            page.Append(EffectPlot(effect)).Append('\n');
        }

        return page.Append("</div>\n</body></html>\n").ToString();
    }

    private static void Figures(StringBuilder page, IReadOnlyList<Figure> figures)
    {
        page.Append("<table><tr><th>figure</th><th>value</th><th>95 % interval</th></tr>\n");
        foreach (var (name, estimate) in figures)
        {
            page.Append(CultureInfo.InvariantCulture,
                $"<tr><td>{name}</td><td class=\"n\">{estimate.Value:G5}</td><td class=\"n\">{estimate.Low:G5} … {estimate.High:G5}</td></tr>\n");
        }

        page.Append("</table>\n");
    }

    private static IEnumerable<string> Classification(ReportFacts facts)
    {
        var test = facts.Fitted.Test;
        var bins = Probabilities.Reliability(test.Predictions, test.Labels.Values, bins: 10);
        yield return new SvgPlot("Calibration", "promised probability", "share that happened", (0, 1), (0, 1))
            .Line("", Grey, isDashed: true, [(0, 0), (1, 1)])
            .Line("", Blue, isDashed: false, bins.Select(bin => (bin.Promised, bin.Happened)))
            .Points(Blue, bins.Select(bin => (bin.Promised, bin.Happened, 2 + (10 * Math.Sqrt(bin.Count / (double)test.Count)))))
            .Draw(hasXTicks: true);
        yield return new SvgPlot("Gain", "share of rows looked at", "share of the sought found", (0, 1), (0, 1))
            .Line("at random", Grey, isDashed: true, [(0, 0), (1, 1)])
            .Line("by score", Blue, isDashed: false, facts.Gain())
            .Draw(hasXTicks: true);
        var (model, all, nothing) = facts.Costs();
        var top = Math.Max(nothing * 1.6, model.Max(point => point.Y) * 1.1);
        yield return new SvgPlot("Cost", "cost of a flag when a miss costs 1", "mean cost per row", (0, 1), (0, top))
            .Line("flag everything", Grey, isDashed: true, all.Where(point => point.Y <= top))
            .Line("flag nothing", Orange, isDashed: true, [(0, nothing), (1, nothing)])
            .Line("flag by the model", Blue, isDashed: false, model)
            .Draw(hasXTicks: true);
    }

    private static IEnumerable<string> Regression(ReportFacts facts)
    {
        var test = facts.Fitted.Test;
        int[] order = [.. Enumerable.Range(0, test.Count).OrderBy(row => test.Predictions[row]).ThenBy(row => row)];
        var groups = order.Chunk(Math.Max(1, (order.Length + 9) / 10)).ToArray();
        (double X, double Y)[] points =
            [.. groups.Select(rows => (rows.Average(row => test.Predictions[row]), rows.Average(row => test.Labels.Values[row])))];
        var from = points.Min(point => Math.Min(point.X, point.Y));
        var to = points.Max(point => Math.Max(point.X, point.Y));
        yield return new SvgPlot("Calibration", "mean prediction of a tenth", "mean outcome", (from, to), (from, to))
            .Line("", Grey, isDashed: true, [(from, from), (to, to)])
            .Points(Blue, points.Select(point => (point.X, point.Y, 4.0)))
            .Draw(hasXTicks: true);
        double[] errors = [.. Enumerable.Range(0, test.Count).Select(row => Math.Abs(test.Predictions[row] - test.Labels.Values[row])).Order()];
        var shares = Enumerable.Range(0, 101).Select(percent => (
            X: errors[Math.Min(errors.Length - 1, percent * errors.Length / 100)], Y: percent / 100.0)).ToArray();
        yield return new SvgPlot("Error", "error not above", "share of rows", (0, Math.Max(1e-9, shares[95].X)), (0, 1))
            .Line("", Blue, isDashed: false, shares.Take(96))
            .Draw(hasXTicks: true);
    }

    private static string ImportancePlot(ReportFacts facts)
    {
        var top = facts.Importances.Take(12).ToArray();
        return new SvgPlot("Importance", "", "mean size of contribution", (0, 1), (0, Math.Max(1e-9, top.Max(item => item.MeanSize))))
            .Bars(Blue, [.. top.Select(item => item.MeanSize)], [.. top.Select(item => item.Feature)])
            .Draw(hasXTicks: false);
    }

    // By custom below 0.1 is stable and above 0.25 a shift.
    private static string DriftPlot(ReportFacts facts)
    {
        var top = facts.Drifts.Take(12).ToArray();
        return new SvgPlot("Drift", "", "stability index (0.25 is a shift)", (0, 1), (0, Math.Max(0.3, top.Max(item => item.Index))))
            .Line("a shift", Orange, isDashed: true, [(0, 0.25), (1, 0.25)])
            .Bars(Blue, [.. top.Select(item => item.Index)], [.. top.Select(item => item.Feature)])
            .Draw(hasXTicks: false);
    }

    private static string EffectPlot(Effect effect)
    {
        var from = Math.Min(0, effect.Contributions.Min());
        var to = Math.Max(0, effect.Contributions.Max());
        return new SvgPlot(effect.Feature, "", "mean contribution", (0, 1), (from, to > from ? to : from + 1))
            .Bars(Blue, effect.Contributions, effect.Labels)
            .Draw(hasXTicks: false);
    }
}
