using System.Globalization;
using System.Net;
using System.Text;

namespace Platform.Intelligence.Workbench.Reports;

/// <summary>A small plot drawn as SVG: axes with round ticks, lines, points and bars. No script, no font, no outside.</summary>
internal sealed class SvgPlot(string title, string xLabel, string yLabel, (double From, double To) x, (double From, double To) y)
{
    private const int Width = 420;
    private const int Height = 300;
    private const int Left = 56;
    private const int Right = 14;
    private const int Top = 28;
    private const int Bottom = 46;

    private readonly StringBuilder _marks = new();
    private readonly StringBuilder _legend = new();
    private int _legendLines;

    public SvgPlot Line(string name, string colour, bool isDashed, IEnumerable<(double X, double Y)> points)
    {
        var path = string.Join(' ', points.Select(point => $"{N(X(point.X))},{N(Y(point.Y))}"));
        var dash = isDashed ? " stroke-dasharray=\"4 3\"" : "";
        _marks.Append(CultureInfo.InvariantCulture, $"<polyline points=\"{path}\" fill=\"none\" stroke=\"{colour}\" stroke-width=\"1.8\"{dash}/>");
        Legend(name, colour);
        return this;
    }

    public SvgPlot Points(string colour, IEnumerable<(double X, double Y, double Radius)> points)
    {
        foreach (var (px, py, radius) in points)
        {
            _marks.Append(CultureInfo.InvariantCulture, $"<circle cx=\"{N(X(px))}\" cy=\"{N(Y(py))}\" r=\"{N(radius)}\" fill=\"{colour}\" fill-opacity=\".75\"/>");
        }

        return this;
    }

    /// <summary>Bars from zero, side by side over the whole width.</summary>
    public SvgPlot Bars(string colour, IReadOnlyList<double> heights, IReadOnlyList<string> labels)
    {
        var step = (Width - Left - Right) / (double)Math.Max(1, heights.Count);
        for (var i = 0; i < heights.Count; i++)
        {
            double top = Math.Min(Y(heights[i]), Y(0)), bottom = Math.Max(Y(heights[i]), Y(0));
            var at = Left + (step * i);
            _marks.Append(CultureInfo.InvariantCulture,
                $"<rect x=\"{N(at + (step * 0.1))}\" y=\"{N(top)}\" width=\"{N(step * 0.8)}\" height=\"{N(Math.Max(0.5, bottom - top))}\" fill=\"{colour}\"/>");
            var text = labels[i].Length > 12 ? labels[i][..11] + "…" : labels[i];
            _marks.Append(CultureInfo.InvariantCulture,
                $"<text transform=\"translate({N(at + (step / 2))},{Height - Bottom + 12}) rotate(-28)\" text-anchor=\"end\" font-size=\"9\">{Escape(text)}</text>");
        }

        return this;
    }

    public string Draw(bool hasXTicks)
    {
        var svg = new StringBuilder();
        svg.Append(CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width} {Height}\" width=\"{Width}\" height=\"{Height}\" role=\"img\" aria-label=\"{Escape(title)}\" font-family=\"sans-serif\" font-size=\"11\">");
        svg.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"16\" font-size=\"13\" font-weight=\"bold\">{Escape(title)}</text>");
        foreach (var tick in Ticks(y))
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{N(Y(tick))}\" y2=\"{N(Y(tick))}\" stroke=\"#ddd\"/><text x=\"{Left - 5}\" y=\"{N(Y(tick) + 4)}\" text-anchor=\"end\">{Label(tick)}</text>");
        }

        foreach (var tick in hasXTicks ? Ticks(x) : [])
        {
            svg.Append(CultureInfo.InvariantCulture,
                $"<text x=\"{N(X(tick))}\" y=\"{Height - Bottom + 15}\" text-anchor=\"middle\">{Label(tick)}</text>");
        }

        svg.Append(CultureInfo.InvariantCulture,
            $"<line x1=\"{Left}\" x2=\"{Width - Right}\" y1=\"{Height - Bottom}\" y2=\"{Height - Bottom}\" stroke=\"#444\"/><line x1=\"{Left}\" x2=\"{Left}\" y1=\"{Top}\" y2=\"{Height - Bottom}\" stroke=\"#444\"/>");
        svg.Append(_marks).Append(_legend);
        svg.Append(CultureInfo.InvariantCulture,
            $"<text x=\"{(Left + Width - Right) / 2}\" y=\"{Height - 6}\" text-anchor=\"middle\">{Escape(xLabel)}</text>");
        svg.Append(CultureInfo.InvariantCulture,
            $"<text transform=\"translate(13,{(Top + Height - Bottom) / 2}) rotate(-90)\" text-anchor=\"middle\">{Escape(yLabel)}</text></svg>");
        return svg.ToString();
    }

    public static string Escape(string text) => WebUtility.HtmlEncode(text);

    private void Legend(string name, string colour)
    {
        if (name.Length > 0)
        {
            var at = Top + 12 + (14 * _legendLines++);
            _legend.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left + 8}\" y=\"{at}\" fill=\"{colour}\">{Escape(name)}</text>");
        }
    }

    private double X(double value) => Left + ((value - x.From) / Span(x) * (Width - Left - Right));

    private double Y(double value) => Height - Bottom - ((Math.Clamp(value, y.From, y.To) - y.From) / Span(y) * (Height - Top - Bottom));

    private static double Span((double From, double To) range) => range.To > range.From ? range.To - range.From : 1;

    // Steps of 1, 2 or 5 times a power of ten, about five of them.
    private static IEnumerable<double> Ticks((double From, double To) range)
    {
        var rough = Span(range) / 5;
        var power = 1.0;
        while (power > rough)
        {
            power /= 10;
        }

        while (power * 10 <= rough)
        {
            power *= 10;
        }

        var step = power * (rough / power >= 5 ? 5 : rough / power >= 2 ? 2 : 1);
        for (var tick = Math.Ceiling(range.From / step) * step; tick <= range.To + (step / 1000); tick += step)
        {
            yield return Math.Abs(tick) < step / 1000 ? 0 : tick;
        }
    }

    private static string Label(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static string N(double value) => value.ToString("0.##", CultureInfo.InvariantCulture);
}
