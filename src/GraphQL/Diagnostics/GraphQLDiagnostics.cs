using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.GraphQL.Diagnostics;

/// <summary>
/// The names under which the engine can be observed, after the OpenTelemetry conventions for GraphQL. Values of
/// arguments and variables appear nowhere.
/// </summary>
public static class GraphQLDiagnostics
{
    public const string Name = "Platform.GraphQL";

    public static readonly ActivitySource Source = new(Name);

    public static readonly Meter Meter = new(Name);

    internal static readonly Histogram<double> Duration = Meter.CreateHistogram<double>(
        "graphql.server.operation.duration", "s", "Time from receiving an operation to its complete result.");

    internal static readonly Histogram<double> Cost = Meter.CreateHistogram<double>(
        "graphql.server.operation.cost", "{point}", "The cost of fields that an operation was admitted with.");

    internal static readonly Counter<long> Errors = Meter.CreateCounter<long>(
        "graphql.server.errors", "{error}", "Errors in responses, by code.");

    internal static readonly UpDownCounter<long> Running = Meter.CreateUpDownCounter<long>(
        "graphql.server.operations.running", "{operation}", "Operations being executed.");

    internal static readonly UpDownCounter<long> Subscribers = Meter.CreateUpDownCounter<long>(
        "graphql.server.subscribers", "{subscriber}", "Open subscriptions.");

    /// <summary>
    /// G-56: what a client names itself is cut and cleaned before it reaches a log or a span, so that it can neither
    /// start a line of its own nor fill the disk.
    /// </summary>
    public static string Clean(string? text)
    {
        const int longest = 256;
        if (string.IsNullOrEmpty(text))
        {
            return string.Empty;
        }

        return string.Create(Math.Min(text.Length, longest), text, static (span, source) =>
        {
            for (var i = 0; i < span.Length; i++)
            {
                span[i] = char.IsControl(source[i]) || char.IsSurrogate(source[i]) ? '?' : source[i];
            }
        });
    }
}
