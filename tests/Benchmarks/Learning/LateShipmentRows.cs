using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Tests.Benchmarks.Learning;

/// <summary>When a shipment is scored: with its plan alone, or when all inbound legs have reached the hub.</summary>
internal enum Moment
{
    AtOrder,
    AtHub,
}

/// <summary>
/// Cargo 2000 as a table. A column <c>_p</c> is known with the plan; <c>_e</c> of an inbound leg when the goods are at
/// the hub; of the outbound leg never before the outcome. Inbound legs run side by side, the outbound after the last.
/// </summary>
internal static class LateShipmentRows
{
    private static readonly string[] Steps = ["rcs", "dep_1", "rcf_1", "dep_2", "rcf_2", "dep_3", "rcf_3", "dlv"];
    private static readonly string[] Legs = ["i1", "i2", "i3", "o"];

    public static LabelledRows Read(string path, Moment moment)
    {
        var source = CsvTable.Read(path, CsvExpectations.None, CancellationToken.None).Value.Table;
        var planned = Legs.ToDictionary(leg => leg, leg => Total(source, leg, "p"), StringComparer.Ordinal);
        var actual = Legs.ToDictionary(leg => leg, leg => Total(source, leg, "e"), StringComparer.Ordinal);
        double[] plan = [.. Rows(source).Select(row => Inbound(planned, row) + planned["o"][row])];
        double[] effect = [.. Rows(source).Select(row => Inbound(actual, row) + actual["o"][row])];
        var columns = new List<Column>
        {
            new NumericColumn("plan", plan), new NumericColumn("plan_in", [.. Rows(source).Select(row => Inbound(planned, row))]),
            new NumericColumn("plan_out", planned["o"]), source.Find("legs")!,
            Slack(source, planned),
        };
        columns.AddRange(source.Columns.Where(column => IsKnown(column.Name, moment)).Select(AsCode));
        columns.AddRange(Legs.Select(leg => new NumericColumn($"{leg}_plan", planned[leg])));
        if (moment == Moment.AtHub)
        {
            columns.Add(new NumericColumn("in_deviation", [.. Rows(source).Select(row => Inbound(actual, row) - Inbound(planned, row))]));
            columns.Add(new NumericColumn("in_actual", [.. Rows(source).Select(row => Inbound(actual, row))]));
        }

        var table = new Table(columns);
        var features = FeatureMatrix.Describe(table, columns.Select(column => column.Name));
        double[] late = [.. plan.Zip(effect, (p, e) => e > p ? 1.0 : 0)];
        return new LabelledRows(FeatureMatrix.From(table, features), Labels.Of(late), null);
    }

    private static IEnumerable<int> Rows(Table table) => Enumerable.Range(0, table.RowCount);

    private static double Inbound(Dictionary<string, double[]> legs, int row) =>
        Math.Max(legs["i1"][row], Math.Max(legs["i2"][row], legs["i3"][row]));

    // How long the shorter inbound legs wait for the longest: they may be late without harm.
    private static NumericColumn Slack(Table source, Dictionary<string, double[]> planned) => new(
        "slack", [.. Rows(source).Select(row => Inbound(planned, row) - planned["i1"][row])]);

    // Airports are codes, not amounts.
    private static Column AsCode(Column column) => column is NumericColumn numbers && column.Name.EndsWith("place", StringComparison.Ordinal)
        ? CategoryColumn.From(column.Name, numbers.Values.Select(value => double.IsNaN(value) || value == 0
            ? null
            : value.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))
        : column;

    private static bool IsKnown(string column, Moment moment)
    {
        if (column.EndsWith("legid", StringComparison.Ordinal) || column == "legs")
        {
            return false;
        }

        var isOutcome = column.EndsWith("_e", StringComparison.Ordinal);
        return !isOutcome || (moment == Moment.AtHub && !column.StartsWith("o_", StringComparison.Ordinal));
    }

    private static double[] Total(Table table, string leg, string kind) =>
        [.. Rows(table).Select(row => Steps.Sum(step => table.Find($"{leg}_{step}_{kind}") is NumericColumn numbers
            && !double.IsNaN(numbers.Values[row]) ? numbers.Values[row] : 0))];
}
