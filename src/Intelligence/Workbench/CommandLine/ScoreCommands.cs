using System.CommandLine;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Recipes;
using Platform.Intelligence.Workbench.Scoring;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary>The options of <c>ml predict</c>.</summary>
internal static class PredictCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "A version folder, model@champion, or an XGBoost model.json.", Required = true };
    private static readonly Option<string> Csv = new("--csv") { Description = "The table to score.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "The CSV file of predictions, a row for a row.", Required = true };
    private static readonly Option<bool> Contributions = new("--contributions") { Description = "Add the contribution of every feature; with c_bias they sum to the margin." };
    private static readonly Option<string[]> Keep = MlCommands.Names("--keep", "Columns of the table to repeat in front: a,b,…");

    public static Command Create()
    {
        var command = new Command("predict", "Scores a table.") { Model, Csv, Out, Contributions, Keep, ModelsOption.Folder };
        command.SetAction(call => MlCommands.Run(
            ct =>
            {
                var path = ModelsOption.PathOf(call, call.GetRequiredValue(Model));
                return path.Succeeded(out var model)
                    ? new Predicting(
                        new PredictRequest(
                            model, call.GetRequiredValue(Csv), call.GetValue(Contributions), call.GetValue(Keep) ?? [], call.GetRequiredValue(Out)),
                        WorkLog.ForProcess()).Run(ct)
                    : path.Error!;
            },
            _ => Console.Out.WriteLine(call.GetRequiredValue(Out))));
        return command;
    }
}

/// <summary>The options of <c>ml evaluate</c>.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "A version folder, model@champion, or an XGBoost model.json.", Required = true };
    private static readonly Option<string> Csv = new("--csv") { Description = "A table with known outcomes.", Required = true };
    private static readonly Option<string?> Label = new("--label") { Description = "The column of the outcome; a version of a recipe knows it." };
    private static readonly Option<string?> Observed = new("--observed") { Description = "Of survival: the column that is 1 where the time is the outcome." };
    private static readonly Option<string?> By = new("--by") { Description = "Also measure each value of this column alone." };

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures a model on a table; prints JSON.") { Model, Csv, Label, Observed, By, ModelsOption.Folder };
        command.SetAction(call => MlCommands.Run(
            ct =>
            {
                var request = Request(call);
                return request.Succeeded(out var asked) ? new Evaluating(asked, WorkLog.ForProcess()).Run(ct) : request.Error!;
            },
            Console.Out.WriteLine));
        return command;
    }

    private static Result<EvaluateRequest> Request(ParseResult call)
    {
        var path = ModelsOption.PathOf(call, call.GetRequiredValue(Model));
        if (!path.Succeeded(out var model))
        {
            return path.Error!;
        }

        var recipe = RecipeReader.Read(Path.Combine(model, RecipeReader.FileName));
        var learnt = recipe.Succeeded(out var asLearnt) ? asLearnt.Label : null;
        return (call.GetValue(Label) ?? learnt?.Column) is { } label
            ? new EvaluateRequest(model, call.GetRequiredValue(Csv), label, call.GetValue(Observed) ?? learnt?.Observed, call.GetValue(By))
            : new LabelNotNamed(model);
    }
}

internal sealed record LabelNotNamed(string Model) : DomainError
{
    public override string Message => $"{Model} was not made from a recipe: name the outcome's column with --label.";
}
