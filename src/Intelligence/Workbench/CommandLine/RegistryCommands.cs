using System.CommandLine;
using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Judging;
using Platform.Intelligence.Workbench.Registry;
using Platform.Intelligence.Workbench.Reports;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary><c>ml list|card|promote|rollback|shadow</c>: which version serves, and how that changes.</summary>
internal static class RegistryCommands
{
    private static readonly Option<string> By = new("--by") { Description = "Who asks; kept in the history.", Required = true };
    private static readonly Option<string?> AgreedBy = new("--agreed-by") { Description = "The second person, where the recipe asks for two." };
    private static readonly Option<string> Csv = new("--csv") { Description = "Rows with outcomes, later than what the versions learnt from.", Required = true };

    public static IEnumerable<Command> Create() => [List(), Card(), Promote(), RollBack(), Shadow()];

    private static Command List()
    {
        var command = new Command("list", "Models, the version that serves, and the others.") { ModelsOption.Folder, Printed.Output };
        command.SetAction(call => MlCommands.Run(_ => Listed(ModelsOption.Registry(call)), printed => printed.Write(call)));
        return command;
    }

    private static Result<Printed> Listed(ModelRegistry registry)
    {
        var rows = new List<IReadOnlyList<string>>();
        var facts = new List<object>();
        foreach (var model in registry.Models)
        {
            var read = registry.Entry(model);
            if (!read.Succeeded(out var entry))
            {
                return read.Error!;
            }

            var last = entry.History.Count == 0 ? null : entry.History[^1];
            rows.Add([
                model, entry.Champion ?? "–", entry.Challenger ?? "–", registry.Versions(model).Count.ToString(CultureInfo.InvariantCulture),
                last is null ? "–" : string.Create(CultureInfo.InvariantCulture, $"{last.What} {last.Version} by {last.By}, {last.At:yyyy-MM-dd}"),
            ]);
            facts.Add(new { model, entry.Champion, entry.Challenger, versions = registry.Versions(model), entry.History });
        }

        return new Printed(["model", "champion", "challenger", "versions", "last change"], rows, [], facts);
    }

    private static Command Card()
    {
        var command = new Command("card", "Prints the card of a version.") { ModelsOption.Version, ModelsOption.Folder };
        command.SetAction(call => MlCommands.Run(
            _ => ModelsOption.Find(ModelsOption.Registry(call), call.GetRequiredValue(ModelsOption.Version)),
            version => Console.Out.Write(File.ReadAllText(Path.Combine(version.Folder, ModelCard.FileName)))));
        return command;
    }

    private static Command Promote()
    {
        var command = new Command("promote", "Asks the recipe's gates and lets a version serve.")
        {
            ModelsOption.Version, Csv, By, AgreedBy, ModelsOption.Folder, Printed.Output,
        };
        command.SetAction(call => MlCommands.Run(
            ct =>
            {
                var reference = call.GetRequiredValue(ModelsOption.Version);
                var registry = ModelsOption.Registry(call);
                var found = ModelsOption.Find(registry, reference);
                return found.Succeeded(out var version)
                    ? new Promotion(registry, TimeProvider.System).Run(
                        new PromotionRequest(
                            version.Model, version.Version, call.GetRequiredValue(Csv), call.GetRequiredValue(By), call.GetValue(AgreedBy)),
                        ct)
                    : found.Error!;
            },
            promoted => new Printed(
                ["gate", "", "figures"],
                [.. promoted.Answers.Select(answer => new[] { answer.Gate, answer.IsPassed ? "✓" : "✗", answer.Says })],
                [
                    $"{promoted.Version.Model} {promoted.Version.Version} serves now, instead of {promoted.InsteadOf ?? "the rule"}.",
                    $"Back: ./platform ml rollback {promoted.Version.Model} --by NAME",
                ],
                new { promoted.Version.Model, promoted.Version.Version, promoted.InsteadOf, promoted.Answers }).Write(call)));
        return command;
    }

    private static Command RollBack()
    {
        var command = new Command("rollback", "Lets the champion before the present one serve again. Asks no gate.")
        {
            ModelsOption.Model, By, ModelsOption.Folder,
        };
        command.SetAction(call => MlCommands.Run(
            _ =>
            {
                var registry = ModelsOption.Registry(call);
                var model = call.GetRequiredValue(ModelsOption.Model);
                return registry.Models.Contains(model, StringComparer.Ordinal)
                    ? registry.RollBack(model, call.GetRequiredValue(By), TimeProvider.System.GetUtcNow())
                    : new UnknownModel(model, registry.Folder);
            },
            entry => Console.Out.WriteLine(entry.Champion)));
        return command;
    }

    private static Command Shadow()
    {
        var challenger = new Option<string?>("--challenger") { Description = "Make this version the challenger first: v2-3f2a9c1." };
        var by = new Option<string?>("--by") { Description = "Who names the challenger; kept in the history." };
        var command = new Command("shadow", "Scores rows by champion and challenger and prints where they agree. Nothing is filed.")
        {
            ModelsOption.Model, Csv, challenger, by, ModelsOption.Folder, Printed.Output,
        };
        command.SetAction(call => MlCommands.Run(
            ct =>
            {
                var registry = ModelsOption.Registry(call);
                var request = new ShadowRequest(
                    call.GetRequiredValue(ModelsOption.Model), call.GetRequiredValue(Csv), call.GetValue(challenger), call.GetValue(by) ?? "nobody named");
                return new Shadowing(registry, TimeProvider.System).Run(request, ct);
            },
            agreement => agreement.ToPrinted().Write(call)));
        return command;
    }
}
