using System.CommandLine;
using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Judging;
using Platform.Intelligence.Workbench.Registry;
using Platform.Intelligence.Workbench.Training;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary><c>ml train|compare|explain</c>: a recipe becomes a version, and versions are held against each other.</summary>
internal static class TrainCommands
{
    private static readonly Option<string> Csv = new("--csv") { Description = "The extract: CSV, also gzipped (.gz).", Required = true };

    public static IEnumerable<Command> Create() => [Train(), Compare(), Explain()];

    private static Command Train()
    {
        var origin = new Option<string>("--origin")
        {
            Description = "Where the rows come from, for the card: public, simulated, or which business.",
            DefaultValueFactory = _ => "not stated",
        };
        var seed = new Option<ulong?>("--seed") { Description = "Instead of the recipe's seed." };
        var threads = new Option<int>("--threads")
        {
            Description = "Threads; the model does not depend on it.", DefaultValueFactory = _ => Environment.ProcessorCount,
        };
        var command = new Command("train", "Follows a recipe over an extract and writes the next version.")
        {
            ModelsOption.Model, Csv, origin, seed, threads, ModelsOption.Folder, Printed.Output,
        };
        command.SetAction(call => MlCommands.Run(
            ct => new RecipeTraining(ModelsOption.Registry(call), WorkLog.ForProcess()).Run(
                new TrainRequest(
                    call.GetRequiredValue(ModelsOption.Model), call.GetRequiredValue(Csv), call.GetRequiredValue(origin), call.GetValue(seed),
                    Math.Max(1, call.GetValue(threads))),
                ct),
            trained => Told(trained).Write(call)));
        return command;
    }

    private static Printed Told(TrainedVersion trained) => new(
        ["figure", "value", "95 % from", "to"],
        [.. trained.Fitted.Figures.Select(figure => (string[])[
            figure.Name, Printed.Number(figure.Estimate.Value), Printed.Number(figure.Estimate.Low), Printed.Number(figure.Estimate.High)])],
        [
            $"{trained.Model}@{trained.Version} is in {trained.Folder}",
            $"Let it serve: ./platform ml promote {trained.Model}@{trained.Version} --csv LATER.csv --by NAME",
        ],
        new { trained.Model, trained.Version, trained.Folder, trained.Fitted.Figures });

    private static Command Compare()
    {
        var second = new Argument<string>("with") { Description = "The other version: model@champion, model@v2-3f2a9c1." };
        var command = new Command("compare", "Holds two versions of a model against each other on rows that neither learnt from.")
        {
            ModelsOption.Version, second, Csv, ModelsOption.Folder, Printed.Output,
        };
        command.SetAction(call => MlCommands.Run(
            ct => Compared(
                ModelsOption.Registry(call), [call.GetRequiredValue(ModelsOption.Version), call.GetRequiredValue(second)], call.GetRequiredValue(Csv), ct),
            comparison => Told(comparison).Write(call)));
        return command;
    }

    private static Result<Comparison> Compared(ModelRegistry registry, string[] references, string csv, CancellationToken ct)
    {
        var versions = new List<JudgedVersion>();
        foreach (var reference in references)
        {
            var found = ModelsOption.Find(registry, reference);
            var judged = found.Succeeded(out var version) ? JudgedVersion.Of(version) : found.Error!;
            if (!judged.Succeeded(out var one))
            {
                return judged.Error!;
            }

            versions.Add(one);
        }

        var table = OutcomeTable.Read(csv, versions[1].Recipe, versions[1].Measured, ct);
        return table.Succeeded(out var rows) ? Comparison.Of(versions[0], versions[1], rows) : table.Error!;
    }

    private static Printed Told(Comparison comparison)
    {
        string Row(double value) => Printed.Number(value);
        var verdict = comparison.Gain.Low > 0 ? $"{comparison.After} is better"
            : comparison.Gain.High < 0 ? $"{comparison.Before} is better"
            : "The rows do not tell which is better";
        return new Printed(
            ["rows", "n", comparison.Before, comparison.After, "change"],
            [
                ["all", comparison.Rows.ToString(CultureInfo.InvariantCulture), Row(comparison.LossBefore), Row(comparison.LossAfter), Row(comparison.LossAfter - comparison.LossBefore)],
                .. comparison.Slices.Select(slice => (string[])[
                    $"{slice.Column} {slice.Value}", slice.Rows.ToString(CultureInfo.InvariantCulture), Row(slice.Before), Row(slice.After), Row(slice.After - slice.Before)]),
            ],
            [FormattableString.Invariant($"{verdict}: gain in {comparison.Figure} {comparison.Gain.Value:G3} (95 %: {comparison.Gain.Low:G3} … {comparison.Gain.High:G3}), paired on rows neither had seen.")],
            comparison);
    }

    private static Command Explain()
    {
        var row = new Option<int?>("--row") { Description = "The row of the table, from 1." };
        var match = new Option<string?>("--case") { Description = "The row where a column has a value: column=value." };
        var command = new Command("explain", "Shows what makes up the score of one row.")
        {
            ModelsOption.Version, Csv, row, match, ModelsOption.Folder, Printed.Output,
        };
        command.Validators.Add(result =>
        {
            if ((result.GetValue(row) is null) == (result.GetValue(match) is null))
            {
                result.AddError("explain: one of --row and --case is expected.");
            }
        });
        command.SetAction(call => MlCommands.Run(
            ct =>
            {
                var found = ModelsOption.Find(ModelsOption.Registry(call), call.GetRequiredValue(ModelsOption.Version));
                return found.Succeeded(out var version)
                    ? new Explaining(version).Run(call.GetRequiredValue(Csv), call.GetValue(row), call.GetValue(match), ct)
                    : found.Error!;
            },
            explained => explained.ToPrinted().Write(call)));
        return command;
    }
}
