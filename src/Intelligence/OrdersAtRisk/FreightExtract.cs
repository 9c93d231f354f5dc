using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Extracts;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Intelligence.OrdersAtRisk;

/// <summary>
/// Cargo 2000 as a table of consignments when all inbound legs have reached the hub. The plan is known from the order on;
/// what took place on an inbound leg, at the hub; nothing of the outbound leg but its plan.
/// </summary>
internal static class FreightExtract
{
    private const double Hour = 60;

    private static readonly string[] Steps = ["rcs", "dep_1", "rcf_1", "dep_2", "rcf_2", "dep_3", "rcf_3", "dlv"];
    private static readonly string[] Inbound = ["i1", "i2", "i3"];

    public static Extract Cargo2000 { get; } = new(
        "at-risk-orders", "cargo2000", "public: UCI Cargo 2000 Freight Tracking and Tracing, CC BY 4.0",
        static (request, ct) => Task.FromResult(Read(request, ct)));

    private static Result<Table> Read(ExtractRequest request, CancellationToken ct)
    {
        if (request.File is null)
        {
            return new ExtractNotPossible("cargo2000 needs the public file: --file cargo2000.csv");
        }

        var read = CsvTable.Read(request.File, CsvExpectations.None, ct);
        return read.Succeeded(out var csv) ? Of(csv.Table, request.File) : read.Error!;
    }

    private static Result<Table> Of(Table source, string file)
    {
        if (source.Find("i1_rcs_p") is null || source.Find("o_dlv_e") is null)
        {
            return new ExtractNotPossible($"{file} has not the columns of Cargo 2000");
        }

        var planned = Inbound.Append("o").ToDictionary(leg => leg, leg => Total(source, leg, "p"), StringComparer.Ordinal);
        var actual = Inbound.Append("o").ToDictionary(leg => leg, leg => Total(source, leg, "e"), StringComparer.Ordinal);
        double[] planIn = Longest(planned), actualIn = Longest(actual);
        double[] plan = Sum(planIn, planned["o"]), actualAll = Sum(actualIn, actual["o"]);
        double[] shortest = [.. planned["i1"].Select((first, row) => Inbound.Select(leg => planned[leg][row]).Where(total => total > 0).DefaultIfEmpty(first).Min())];
        var columns = new List<Column>
        {
            new NumericColumn("sequence", [.. Enumerable.Range(0, source.RowCount).Select(row => (double)row)]),
            Hours("plan", plan), Hours("plan_inbound", planIn), Hours("plan_outbound", planned["o"]),
            Hours("wait_of_shortest_leg", [.. planIn.Zip(shortest, (longest, least) => longest - least)]),
            source.Find("legs")!,
            Hours("so_far", actualIn), Hours("late_so_far", [.. actualIn.Zip(planIn, (real, wish) => real - wish)]),
            new NumericColumn("late_share_of_rest", [.. actualIn.Select((real, row) => (real - planIn[row]) / Math.Max(Hour, planned["o"][row]))]),
        };
        foreach (var leg in Inbound)
        {
            columns.Add(Hours($"{leg}_plan", Present(planned[leg])));
            columns.Add(Hours($"{leg}_late", [.. Present(planned[leg]).Select((wish, row) => actual[leg][row] - wish)]));
            columns.Add(Hours($"{leg}_late_at_departure", Difference(source, $"{leg}_dep_1")));
        }

        foreach (var step in (string[])["rcs", "dep_1", "rcf_1", "dlv"])
        {
            columns.Add(Hours($"outbound_{step}_plan", Numbers(source, $"o_{step}_p")));
        }

        columns.Add(source.Find("o_hops") is NumericColumn hops ? hops with { Name = "outbound_hops" } : new NumericColumn("outbound_hops", Numbers(source, "o_hops")));
        columns.Add(Place(source, "o_dep_1_place", "outbound_from"));
        columns.Add(Place(source, "o_rcf_1_place", "outbound_to"));
        columns.Add(CategoryColumn.From("late", plan.Zip(actualAll, (wish, real) => real > wish ? "yes" : "no")));
        return new Table(columns);
    }

    private static NumericColumn Hours(string name, double[] minutes) => new(name, [.. minutes.Select(value => value / Hour)]);

    private static double[] Longest(Dictionary<string, double[]> legs) =>
        [.. legs["i1"].Select((first, row) => Math.Max(first, Math.Max(legs["i2"][row], legs["i3"][row])))];

    private static double[] Sum(double[] first, double[] second) => [.. first.Zip(second, (a, b) => a + b)];

    // A leg that does not exist has no plan, not a plan of nothing.
    private static double[] Present(double[] plan) => [.. plan.Select(total => total > 0 ? total : double.NaN)];

    private static double[] Difference(Table source, string step) =>
        [.. Numbers(source, $"{step}_e").Zip(Numbers(source, $"{step}_p"), (real, wish) => wish > 0 ? real - wish : double.NaN)];

    private static double[] Numbers(Table source, string name) =>
        source.Find(name) is NumericColumn numbers ? numbers.Values : [.. Enumerable.Repeat(double.NaN, source.RowCount)];

    private static double[] Total(Table source, string leg, string kind)
    {
        var total = new double[source.RowCount];
        foreach (var step in Steps)
        {
            var numbers = Numbers(source, $"{leg}_{step}_{kind}");
            for (var row = 0; row < total.Length; row++)
            {
                total[row] += double.IsNaN(numbers[row]) ? 0 : numbers[row];
            }
        }

        return total;
    }

    // Airports are codes, not amounts.
    private static CategoryColumn Place(Table source, string from, string name) => CategoryColumn.From(
        name, Numbers(source, from).Select(code => double.IsNaN(code) || code == 0 ? null : code.ToString("R", CultureInfo.InvariantCulture)));
}
