using System.Globalization;
using System.Text;
using OpenTelemetry;
using OpenTelemetry.Metrics;

namespace Platform.Api.Hosting.Telemetry;

/// <summary>Metrics in the text format of Prometheus 0.0.4: dots become underscores, the unit a suffix.</summary>
internal sealed class PrometheusText
{
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);

    public override string ToString() => _text.ToString();

    public void Add(Metric metric)
    {
        var name = NameOf(metric);

        // Two meters may use one name; a scraper would refuse the whole page.
        if (!_names.Add(name))
        {
            return;
        }

        _text.Append("# HELP ").Append(name).Append(' ').Append(Escaped(metric.Description, isLabel: false)).Append('\n');
        _text.Append("# TYPE ").Append(name).Append(' ').Append(KindOf(metric.MetricType)).Append('\n');
        foreach (ref readonly var point in metric.GetMetricPoints())
        {
            AddPoint(name, metric.MetricType, in point);
        }
    }

    private void AddPoint(string name, MetricType type, ref readonly MetricPoint point)
    {
        var labels = LabelsOf(point.Tags);
        switch (type)
        {
            case MetricType.Histogram:
                AddHistogram(name, labels, in point);
                break;
            case MetricType.LongSum or MetricType.LongSumNonMonotonic:
                Line(name, labels, point.GetSumLong());
                break;
            case MetricType.DoubleSum or MetricType.DoubleSumNonMonotonic:
                Line(name, labels, point.GetSumDouble());
                break;
            case MetricType.LongGauge:
                Line(name, labels, point.GetGaugeLastValueLong());
                break;
            case MetricType.DoubleGauge:
                Line(name, labels, point.GetGaugeLastValueDouble());
                break;
            case MetricType.ExponentialHistogram:
                // None of our views asks for one.
                break;
        }
    }

    private void AddHistogram(string name, string labels, ref readonly MetricPoint point)
    {
        var separator = labels.Length > 0 ? "," : string.Empty;
        long below = 0;
        foreach (var bucket in point.GetHistogramBuckets())
        {
            below += bucket.BucketCount;
            var bound = double.IsPositiveInfinity(bucket.ExplicitBound) ? "+Inf" : Number(bucket.ExplicitBound);
            Line(name + "_bucket", $"{labels}{separator}le=\"{bound}\"", below);
        }

        Line(name + "_sum", labels, point.GetHistogramSum());
        Line(name + "_count", labels, point.GetHistogramCount());
    }

    private void Line(string name, string labels, double value)
    {
        _text.Append(name);
        if (labels.Length > 0)
        {
            _text.Append('{').Append(labels).Append('}');
        }

        _text.Append(' ').Append(Number(value)).Append('\n');
    }

    private static string NameOf(Metric metric)
    {
        var name = Word(metric.Name);
        var unit = metric.Unit switch
        {
            "s" => "_seconds",
            "By" => "_bytes",
            "1" or "" or null => string.Empty,
            var other when other.StartsWith('{') => string.Empty,
            var other => "_" + Word(other),
        };
        var total = metric.MetricType is MetricType.LongSum or MetricType.DoubleSum ? "_total" : string.Empty;
        return name.EndsWith(unit, StringComparison.Ordinal) ? name + total : name + unit + total;
    }

    private static string KindOf(MetricType type) => type switch
    {
        MetricType.Histogram => "histogram",
        MetricType.LongSum or MetricType.DoubleSum => "counter",
        _ => "gauge",
    };

    private static string LabelsOf(ReadOnlyTagCollection tags)
    {
        var labels = new StringBuilder();
        foreach (var (key, value) in tags)
        {
            if (labels.Length > 0)
            {
                labels.Append(',');
            }

            var text = Convert.ToString(value, CultureInfo.InvariantCulture) ?? string.Empty;
            labels.Append(Word(key)).Append("=\"").Append(Escaped(text, isLabel: true)).Append('"');
        }

        return labels.ToString();
    }

    private static string Word(string name) =>
        string.Concat(name.Select(letter => char.IsAsciiLetterOrDigit(letter) ? letter : '_'));

    private static string Escaped(string text, bool isLabel)
    {
        var escaped = text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\n", "\\n", StringComparison.Ordinal);
        return isLabel ? escaped.Replace("\"", "\\\"", StringComparison.Ordinal) : escaped;
    }

    private static string Number(double value) => value.ToString("R", CultureInfo.InvariantCulture);
}
