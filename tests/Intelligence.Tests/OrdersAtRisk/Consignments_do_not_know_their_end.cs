using System.Globalization;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.OrdersAtRisk;
using Platform.Intelligence.Workbench.Extracts;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Tests.Intelligence.OrdersAtRisk;

/// <summary>A consignment is scored at the hub: nothing of the way from there may be read, but its plan.</summary>
public sealed class Consignments_do_not_know_their_end : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("freight-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public async Task A_12_the_rest_of_the_way_edited_changes_no_feature()
    {
        var before = await ReadAsync("before.csv", outbound: 1);
        var after = await ReadAsync("after.csv", outbound: 7);
        ((CategoryColumn)before.Find("late")!).Codes.ShouldNotBe(((CategoryColumn)after.Find("late")!).Codes);
        foreach (var column in before.Columns.Where(column => column.Name != "late"))
        {
            Enumerable.Range(0, before.RowCount).Select(row => CsvText.Cell(after.Find(column.Name)!, row))
                .ShouldBe(Enumerable.Range(0, before.RowCount).Select(row => CsvText.Cell(column, row)), column.Name);
        }
    }

    [Fact]
    public async Task A_file_of_something_else_is_refused()
    {
        var file = Path.Combine(_folder, "other.csv");
        await File.WriteAllTextAsync(file, "a,b\n1,2\n");
        var read = await FreightExtract.Cargo2000.ReadAsync(Request(file), CancellationToken.None);
        read.Error.ShouldBeOfType<ExtractNotPossible>();
    }

    // Consignments of two inbound legs; what the outbound leg really took is multiplied.
    private async Task<Table> ReadAsync(string name, double outbound)
    {
        string[] steps = ["rcs", "dep_1", "rcf_1", "dlv"];
        var columns = new List<string>();
        foreach (var leg in (string[])["i1", "i2", "o"])
        {
            columns.AddRange(steps.SelectMany(step => (string[])[$"{leg}_{step}_p", $"{leg}_{step}_e"]));
        }

        var draws = new Draws(3);
        var lines = new List<string> { string.Join(',', columns) + ",o_dep_1_place,o_rcf_1_place,o_hops,legs" };
        for (var row = 0; row < 200; row++)
        {
            var cells = columns.Select(column =>
            {
                var minutes = Math.Round(60 + (600 * draws.NextUnit()));
                return (column.StartsWith("o_", StringComparison.Ordinal) && column.EndsWith("_e", StringComparison.Ordinal) ? outbound * minutes : minutes)
                    .ToString(CultureInfo.InvariantCulture);
            });
            lines.Add(string.Join(',', cells) + $",{row % 5},{row % 9},1,2");
        }

        var file = Path.Combine(_folder, name);
        await File.WriteAllLinesAsync(file, lines);
        return (await FreightExtract.Cargo2000.ReadAsync(Request(file), CancellationToken.None)).Value;
    }

    private static ExtractRequest Request(string file) => new(file, Database: null, DateTimeOffset.UnixEpoch, Seed: 1);
}
