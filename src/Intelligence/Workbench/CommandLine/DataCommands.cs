using System.CommandLine;
using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Extracts;
using Platform.Intelligence.Workbench.Monitoring;
using Platform.Intelligence.Workbench.Registry;
using Platform.Intelligence.Workbench.Tables;
using Platform.Intelligence.Workbench.Versions;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary><c>ml data export|describe|check</c>: the rows of a recipe, as they were known at a moment.</summary>
internal sealed class DataCommands(IWorkbenchDatabase? database)
{
    private static readonly Option<string> Csv = new("--csv") { Description = "The table: CSV, also gzipped (.gz).", Required = true };
    private static readonly Option<string?> Model = new("--model") { Description = "Also hold it against what this model's champion learnt from." };

    public Command Create() => new("data", "The rows of a model: export them, describe them, check them.") { Export(), Describe(), Check() };

    private Command Export()
    {
        var from = new Option<string>("--from")
        {
            Description = $"Where the rows come from: {string.Join(", ", Extract.All.Select(extract => extract.Source).Distinct(StringComparer.Ordinal))}.",
            DefaultValueFactory = _ => Extract.FromDatabase,
        };
        var file = new Option<string?>("--file") { Description = "The public file, where the rows come from one." };
        var asOf = new Option<DateTimeOffset?>("--as-of") { Description = "Only what was known then: 2026-05-01 (default: now)." };
        var seed = new Option<ulong>("--seed") { Description = "Of a simulation.", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--out") { Description = "The CSV file to write; .gz compresses it.", Required = true };
        var command = new Command("export", "Writes a model's rows as they were known at a moment; the features are those of scoring.")
        {
            ModelsOption.Model, from, file, asOf, seed, output,
        };
        foreach (var option in database?.Options ?? [])
        {
            command.Options.Add(option);
        }

        command.SetAction((call, ct) => MlCommands.RunAsync(
            async stop =>
            {
                var found = Extract.Find(call.GetRequiredValue(ModelsOption.Model), call.GetRequiredValue(from));
                if (!found.Succeeded(out var extract))
                {
                    return found.Error!;
                }

                var request = new ExtractRequest(
                    call.GetValue(file), Database: null, call.GetValue(asOf) ?? TimeProvider.System.GetUtcNow(), call.GetValue(seed));
                var read = await ReadAsync(call, extract, request, stop);
                if (!read.Succeeded(out var table))
                {
                    return read.Error!;
                }

                CsvText.Write(table, call.GetRequiredValue(output), stop);
                return Result.Of((Rows: table.RowCount, extract.Describes));
            },
            written =>
            {
                WorkLog.ForProcess().Say(FormattableString.Invariant($"{written.Rows} rows: {written.Describes}"));
                Console.Out.WriteLine(call.GetRequiredValue(output));
            },
            ct));
        return command;
    }

    private async Task<Result<Table>> ReadAsync(ParseResult call, Extract extract, ExtractRequest request, CancellationToken ct)
    {
        if (extract.Source != Extract.FromDatabase)
        {
            return await extract.ReadAsync(request, ct);
        }

        if (database is null)
        {
            return new ExtractNotPossible("There is no database here");
        }

        await using var open = await database.OpenAsync(call, ct);
        return await extract.ReadAsync(request with { Database = open.Source }, ct);
    }

    private static Command Describe()
    {
        var command = new Command("describe", "What is in each column of a table.") { Csv, Model, ModelsOption.Folder, Printed.Output };
        command.SetAction(call => MlCommands.Run(
            ct =>
            {
                var read = CsvTable.Read(call.GetRequiredValue(Csv), CsvExpectations.None, ct);
                if (!read.Succeeded(out var csv))
                {
                    return read.Error!;
                }

                var learnt = Learnt(ModelsOption.Registry(call), call.GetValue(Model));
                return learnt is { Error: { } fault } ? fault : Result.Of((csv.Table.RowCount, Columns: Profile.Of(csv, learnt?.Value)));
            },
            described => new Printed(
                ["column", "kind", "missing", "distinct", "from", "middle", "to", "drift"],
                [.. described.Columns.Select(column => (string[])[
                    column.Column, column.Kind, column.Missing.ToString("P1", CultureInfo.InvariantCulture),
                    column.Distinct.ToString(CultureInfo.InvariantCulture), Short(column.From), Short(column.Middle), Short(column.To),
                    column.Drift is { } drift ? Printed.Number(drift) : ""])],
                [FormattableString.Invariant($"{described.RowCount} rows")],
                described.Columns).Write(call)));
        return command;
    }

    private static Command Check()
    {
        var command = new Command("check", "Says what is wrong with a table as rows of a recipe; fails on a red flag.")
        {
            ModelsOption.Model, Csv, ModelsOption.Folder, Printed.Output,
        };
        command.SetAction(call => MlCommands.Run(
            ct => Checked(ModelsOption.Registry(call), call.GetRequiredValue(ModelsOption.Model), call.GetRequiredValue(Csv), ct),
            flags => new Printed(
                ["", "finding"],
                [.. flags.OrderByDescending(flag => flag.IsRed).Select(flag => (string[])[flag.IsRed ? "red" : "note", flag.Says])],
                [flags.Count == 0 ? "Nothing stands against training on it." : FormattableString.Invariant($"{flags.Count(flag => flag.IsRed)} red, {flags.Count(flag => !flag.IsRed)} notes")],
                flags).Write(call),
            flags => flags.Any(flag => flag.IsRed)));
        return command;
    }

    private static Result<List<Flag>> Checked(ModelRegistry registry, string model, string csv, CancellationToken ct)
    {
        var recipe = registry.Recipe(model);
        if (!recipe.Succeeded(out var sound))
        {
            return recipe.Error!;
        }

        var words = sound.Present.Where(feature => feature.IsCategory).Select(feature => feature.Name).ToHashSet(StringComparer.Ordinal);
        var read = CsvTable.Read(csv, CsvExpectations.None with { Words = words }, ct);
        if (!read.Succeeded(out var table))
        {
            return read.Error!;
        }

        var entry = registry.Entry(model);
        var learnt = entry.Succeeded(out var aliases) && aliases.Champion is not null ? Learnt(registry, model) : null;
        return learnt is { Error: { } fault } ? fault : Profile.Check(table, sound, learnt?.Value).ToList();
    }

    private static Result<SignatureFile>? Learnt(ModelRegistry registry, string? model)
    {
        if (model is null)
        {
            return null;
        }

        var champion = registry.Champion(model);
        return champion.Succeeded(out var version) ? ModelHealth.LearntBy(version) : champion.Error!;
    }

    private static string Short(string text) => text.Length > 24 ? text[..23] + "…" : text;
}
