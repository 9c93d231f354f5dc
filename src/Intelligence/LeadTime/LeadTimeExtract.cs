using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Extracts;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Intelligence.LeadTime;

/// <summary>Orders as rows to learn from: the inputs of the day on which each was sent, and how long it took or has lasted.</summary>
internal static class LeadTimeExtract
{
    private const int Most = 200_000;

    public static Extract Purchasing { get; } = new(
        "lead-time-drift", Extract.FromDatabase, "order lines of this business, as they were known on the day of the extract",
        static async (request, ct) => TableOf(await LeadTimeTable.ReadAsync(request.Database!, request.AsOf, Most, ct), request.AsOfDay));

    /// <summary>The public history of medicines, its columns in the places of ours: lanes are sites, modes are kinds of order.</summary>
    public static Extract Scms { get; } = new(
        "lead-time-drift", "scms", "public: USAID SCMS delivery history, orders sent 2006 to 2013; shipments stand for order lines",
        static (request, ct) => Task.FromResult(Read(request, ct)));

    /// <summary>One row per order sent before the moment.</summary>
    public static Table TableOf(IReadOnlyList<SupplyOrder> orders, double asOf)
    {
        SupplyOrder[] sent = [.. orders.Where(order => order.Sent < asOf).OrderBy(order => order.Sent).ThenBy(order => order.Id, StringComparer.Ordinal)];
        var features = new LeadTimeFeatures(LeadTimeShape.Purchasing, sent);
        var inputs = LeadTimeBacktest.Inputs(features, sent);
        return new Table(
        [
            CategoryColumn.From("order", sent.Select(order => order.Id)),
            CategoryColumn.From("supplier", sent.Select(order => order.Supplier)),
            new NumericColumn("sent", [.. sent.Select(order => order.Sent)]),
            .. features.Features.Select((feature, f) => Input(feature, [.. inputs.Select(row => row[f])])),
            new NumericColumn("lead_time", [.. sent.Select(order => order.LastedAsOf(asOf))]),
            new NumericColumn("delivered", [.. sent.Select(order => order.LeadTimeAsOf(asOf) is null ? 0.0 : 1)]),
        ]);
    }

    private static Column Input(Feature feature, float[] values) => feature.IsCategorical
        ? CategoryColumn.From(feature.Name, values.Select(code => float.IsNaN(code) ? null : feature.Categories![(int)code]))
        : new NumericColumn(feature.Name, [.. values.Select(value => (double)value)]);

    private static Result<Table> Read(ExtractRequest request, CancellationToken ct)
    {
        if (request.File is null)
        {
            return new ExtractNotPossible("scms needs the public file: --file scms.csv");
        }

        var read = CsvTable.Read(request.File, CsvExpectations.None, ct);
        if (!read.Succeeded(out var csv))
        {
            return read.Error!;
        }

        return csv.Table.Find("PO Sent to Vendor Date") is NumericColumn && csv.Table.Find("Delivered to Client Date") is NumericColumn
            ? TableOf(Shipments(csv.Table), request.AsOfDay)
            : new ExtractNotPossible($"{request.File} has not the columns of SCMS");
    }

    // The unit of decision is the shipment: its lines arrive together and would count its error many times.
    private static SupplyOrder[] Shipments(Table table)
    {
        string Word(string column, int row) => ((CategoryColumn)table.Find(column)!)[row] ?? "unknown";
        double Number(string column, int row) => ((NumericColumn)table.Find(column)!).Values[row];
        return
        [
            .. Enumerable.Range(0, table.RowCount)
                .Where(row => !double.IsNaN(Number("PO Sent to Vendor Date", row)))
                .GroupBy(row => $"{Word("PO / SO #", row)} {Word("ASN/DN #", row)}", StringComparer.Ordinal)
                .Select(group =>
                {
                    int[] rows = [.. group];
                    var delivered = rows.Max(row => Number("Delivered to Client Date", row));
                    return new SupplyOrder(
                        group.Key, Number("PO Sent to Vendor Date", rows[0]), Word("Vendor", rows[0]),
                        [Word("Sub Classification", rows[0]), Word("Country", rows[0])],
                        [
                            rows.Sum(row => Number("Line Item Quantity", row)), rows.Sum(row => Number("Line Item Value", row)),
                            rows.Max(row => Number("Unit Price", row)), rows.Length, double.NaN,
                        ],
                        [Word("Shipment Mode", rows[0]), Word("Sub Classification", rows[0])],
                        double.IsNaN(delivered) ? null : new Known<double>(delivered, delivered));
                })
                .OrderBy(order => order.Sent),
        ];
    }
}
