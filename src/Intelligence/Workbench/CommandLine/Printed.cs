using System.CommandLine;
using System.Globalization;
using System.Text.Json;
using Platform.Intelligence.Workbench.Versions;
using Spectre.Console;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary>An answer for people and programs: rows under headings, sentences after them, and the same facts as JSON.</summary>
internal sealed record Printed(IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<string>> Rows, IReadOnlyList<string> Notes, object Facts)
{
    public static Option<string> Output { get; } = MakeOutput();

    /// <summary>Writes to standard output as the call asks: a table, JSON, or Markdown.</summary>
    public void Write(ParseResult call)
    {
        switch (call.GetValue(Output))
        {
            case "json":
                Console.Out.WriteLine(JsonSerializer.Serialize(Facts, VersionJson.Options));
                break;
            case "md":
                Markdown();
                break;
            default:
                Aligned();
                break;
        }
    }

    public static string Number(double value) => value.ToString("G4", CultureInfo.InvariantCulture);

    private static Option<string> MakeOutput()
    {
        var option = new Option<string>("--output") { Description = "table, json or md.", DefaultValueFactory = _ => "table" };
        option.AcceptOnlyFromAmong("table", "json", "md");
        return option;
    }

    private void Markdown()
    {
        if (Headings.Count > 0)
        {
            Console.Out.WriteLine($"| {string.Join(" | ", Headings)} |");
            Console.Out.WriteLine($"|{string.Concat(Headings.Select(_ => " --- |"))}");
            foreach (var row in Rows)
            {
                Console.Out.WriteLine($"| {string.Join(" | ", row.Select(cell => cell.Replace("|", "\\|", StringComparison.Ordinal)))} |");
            }
        }

        foreach (var note in Notes)
        {
            Console.Out.WriteLine();
            Console.Out.WriteLine(note);
        }
    }

    private void Aligned()
    {
        if (Headings.Count > 0 && IsTerminal)
        {
            var table = new Table { Border = TableBorder.Rounded };
            foreach (var heading in Headings)
            {
                table.AddColumn(Markup.Escape(heading));
            }

            foreach (var row in Rows)
            {
                table.AddRow([.. row.Select(cell => Markup.Escape(cell))]);
            }

            AnsiConsole.Write(table);
        }
        else if (Headings.Count > 0)
        {
            int[] widths = [.. Headings.Select((heading, c) => Math.Max(heading.Length, Rows.Select(row => row[c].Length).DefaultIfEmpty(0).Max()))];
            foreach (var row in Rows.Prepend(Headings))
            {
                Console.Out.WriteLine(string.Join("  ", row.Select((cell, c) => cell.PadRight(widths[c]))).TrimEnd());
            }
        }

        foreach (var note in Notes)
        {
            Console.Out.WriteLine(note);
        }
    }

    private static bool IsTerminal => !Console.IsOutputRedirected && Environment.GetEnvironmentVariable("NO_COLOR") is null;
}
