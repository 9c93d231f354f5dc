using System.CommandLine;
using Platform.Intelligence.Workbench.Scoring;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary>The options of <c>ml predict</c>.</summary>
internal static class PredictCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "A version folder, or an XGBoost model.json.", Required = true };
    private static readonly Option<string> Csv = new("--csv") { Description = "The table to score.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "The CSV file of predictions, a row for a row.", Required = true };
    private static readonly Option<bool> Contributions = new("--contributions") { Description = "Add the contribution of every feature; with c_bias they sum to the margin." };
    private static readonly Option<string[]> Keep = MlCommands.Names("--keep", "Columns of the table to repeat in front: a,b,…");

    public static Command Create()
    {
        var command = new Command("predict", "Scores a table.") { Model, Csv, Out, Contributions, Keep };
        command.SetAction(call => MlCommands.Run(
            ct => new Predicting(
                new PredictRequest(
                    call.GetRequiredValue(Model), call.GetRequiredValue(Csv), call.GetValue(Contributions), call.GetValue(Keep) ?? [],
                    call.GetRequiredValue(Out)),
                WorkLog.ForProcess()).Run(ct),
            _ => Console.Out.WriteLine(call.GetRequiredValue(Out))));
        return command;
    }
}

/// <summary>The options of <c>ml evaluate</c>.</summary>
internal static class EvaluateCommand
{
    private static readonly Option<string> Model = new("--model") { Description = "A version folder, or an XGBoost model.json.", Required = true };
    private static readonly Option<string> Csv = new("--csv") { Description = "A table with known outcomes.", Required = true };
    private static readonly Option<string> Label = new("--label") { Description = "The column of the outcome.", Required = true };
    private static readonly Option<string?> Observed = new("--observed") { Description = "Of survival: the column that is 1 where the time is the outcome." };
    private static readonly Option<string?> By = new("--by") { Description = "Also measure each value of this column alone." };

    public static Command Create()
    {
        var command = new Command("evaluate", "Measures a model on a table; prints JSON.") { Model, Csv, Label, Observed, By };
        command.SetAction(call => MlCommands.Run(
            ct => new Evaluating(
                new EvaluateRequest(
                    call.GetRequiredValue(Model), call.GetRequiredValue(Csv), call.GetRequiredValue(Label), call.GetValue(Observed), call.GetValue(By)),
                WorkLog.ForProcess()).Run(ct),
            Console.Out.WriteLine));
        return command;
    }
}
