using System.CommandLine;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Monitoring;
using Platform.Intelligence.Workbench.Recipes;
using Platform.Intelligence.Workbench.Registry;
using Platform.Intelligence.Workbench.Scoring;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary><c>ml monitor</c>: whether the champion still sees what it learnt from, and whether its promises hold.</summary>
internal static class MonitorCommand
{
    private static readonly Option<string> Csv = new("--csv")
    {
        Description = "Rows that were scored lately, with their outcomes where known.", Required = true,
    };

    public static Command Create()
    {
        var command = new Command("monitor", "Holds the champion against recent rows; fails when a light is red, for a schedule to notice.")
        {
            ModelsOption.Model, Csv, ModelsOption.Folder, Printed.Output,
        };
        command.SetAction(call => MlCommands.Run(
            ct => Look(ModelsOption.Registry(call), call.GetRequiredValue(ModelsOption.Model), call.GetRequiredValue(Csv), ct),
            health => new Printed(
                ["", "finding", "value", "at most"],
                [.. health.Findings.OrderByDescending(finding => finding.IsRed).ThenByDescending(finding => finding.Value / finding.Most).Select(finding => (string[])[
                    finding.IsRed ? "red" : "green", finding.What, Printed.Number(finding.Value), Printed.Number(finding.Most)])],
                [health.Suspended is { } why ? $"Suspended to the rule behind it: {why}. Retrain: ./platform ml train" : "Sound."],
                new { health.IsSound, health.Suspended, health.Findings }).Write(call),
            health => !health.IsSound));
        return command;
    }

    private static Result<ModelHealth> Look(ModelRegistry registry, string model, string csv, CancellationToken ct)
    {
        var champion = registry.Champion(model);
        if (!champion.Succeeded(out var version))
        {
            return champion.Error!;
        }

        var learnt = ModelHealth.LearntBy(version);
        if (!learnt.Succeeded(out var signature))
        {
            return learnt.Error!;
        }

        var read = ScoringTable.Read(csv, version.Answering, ct);
        if (!read.Succeeded(out var rows))
        {
            return read.Error!;
        }

        var recipe = RecipeReader.Read(Path.Combine(version.Folder, RecipeReader.FileName));
        if (!recipe.Succeeded(out var asLearnt))
        {
            return recipe.Error!;
        }

        if (rows.Csv.Table.Find(asLearnt.Label.Column) is not { } label || label.MissingCount == label.Count)
        {
            return ModelHealth.Of(signature, version.Answering, rows.Csv.Table, outcomes: null);
        }

        var outcomes = version.Answering.IsClassifier
            ? LabelColumn.AsLearnt(label, version.Answering.Positive ?? "1", version.Answering.Negative)
            : LabelColumn.Read(label, new FitRequest { Csv = csv, Label = label.Name, Objective = asLearnt.Label.Objective, Out = "" });
        if (!outcomes.Succeeded(out var values))
        {
            return outcomes.Error!;
        }

        var observed = asLearnt.Label.Observed is { } name && rows.Csv.Table.Find(name) is NumericColumn flags
            ? flags.Values.Select(flag => flag > 0).ToArray()
            : null;
        return ModelHealth.Of(signature, version.Answering, rows.Csv.Table, new Labels(values.Values, observed));
    }
}
