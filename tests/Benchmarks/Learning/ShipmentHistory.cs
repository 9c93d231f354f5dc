using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>One shipment of the SCMS history: when its order was sent, when it was delivered, what was ordered of whom.</summary>
internal sealed record Shipment(
    double Sent, double? Delivered, string Vendor, string Country, string Site, string Product, string Mode, string Terms,
    string Project, string Form, double Quantity, double Value, double Price, int Lines)
{
    public double? LeadTime => Delivered - Sent;
}

/// <summary>
/// Reads the public file at its unit of decision, the shipment (order and delivery note), not the line: lines of one
/// shipment arrive together and would count its error many times. Weight and freight are known only when goods leave
/// and are not read at all.
/// </summary>
internal static class ShipmentHistory
{
    public static IReadOnlyList<Shipment> Read(string path)
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
                return new Shipment(
                    Number("PO Sent to Vendor Date", first), double.IsNaN(delivered) ? null : delivered, Word("Vendor", first),
                    Word("Country", first), Word("Manufacturing Site", first), Word("Sub Classification", first),
                    Word("Shipment Mode", first), Word("Vendor INCO Term", first), Word("Project Code", first),
                    Word("Dosage Form", first), rows.Sum(row => Number("Line Item Quantity", row)),
                    rows.Sum(row => Number("Line Item Value", row)), rows.Max(row => Number("Unit Price", row)), rows.Length);
            })
            .Where(shipment => !double.IsNaN(shipment.Sent))
            .OrderBy(shipment => shipment.Sent)];
    }
}
