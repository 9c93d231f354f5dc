using Platform.Intelligence.LeadTime;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>
/// Reads the public file at its unit of decision, the shipment (order and delivery note), not the line: lines of one
/// shipment arrive together and would count its error many times. Weight and freight are known only when goods leave
/// and are not read at all.
/// </summary>
internal static class ShipmentHistory
{
    public static LeadTimeShape Shape { get; } = new(
        ["site", "country"],
        [
            new Amount("quantity", "units", IsLog: true), new Amount("value", "USD", IsLog: true), new Amount("price", "USD", IsLog: false),
            new Amount("lines", "lines", IsLog: false),
        ],
        ["mode", "terms", "product", "form"]);

    public static IReadOnlyList<SupplyOrder> Read(string path)
    {
        var table = CsvTable.Read(path, CsvExpectations.None, CancellationToken.None).Value.Table;
        string Word(string column, int row) => ((CategoryColumn)table.Find(column)!)[row] ?? "unknown";
        double Number(string column, int row) => ((NumericColumn)table.Find(column)!).Values[row];
        return [.. Enumerable.Range(0, table.RowCount)
            .GroupBy(row => (Word("PO / SO #", row), Word("ASN/DN #", row)))
            .Select(group =>
            {
                int[] rows = [.. group];
                var first = rows[0];
                var delivered = rows.Max(row => Number("Delivered to Client Date", row));
                return new SupplyOrder(
                    $"{group.Key.Item1} {group.Key.Item2}", Number("PO Sent to Vendor Date", first), Word("Vendor", first),
                    [Word("Manufacturing Site", first), Word("Country", first)],
                    [
                        rows.Sum(row => Number("Line Item Quantity", row)), rows.Sum(row => Number("Line Item Value", row)),
                        rows.Max(row => Number("Unit Price", row)), rows.Length,
                    ],
                    [Word("Shipment Mode", first), Word("Vendor INCO Term", first), Word("Sub Classification", first), Word("Dosage Form", first)],
                    double.IsNaN(delivered) ? null : new Known<double>(delivered, delivered));
            })
            .Where(shipment => !double.IsNaN(shipment.Sent))
            .OrderBy(shipment => shipment.Sent)];
    }
}
