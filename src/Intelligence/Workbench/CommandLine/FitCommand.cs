using System.CommandLine;
using System.CommandLine.Parsing;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Versions;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary>The options of <c>ml fit</c>.</summary>
internal static class FitCommand
{
    private static readonly Option<string> Csv = new("--csv") { Description = "The table: CSV, also gzipped (.gz).", Required = true };
    private static readonly Option<string> Label = new("--label") { Description = "The column to learn.", Required = true };
    private static readonly Option<string> Out = new("--out") { Description = "The folder of the new version; must not exist.", Required = true };
    private static readonly Option<string?> Objective = new("--objective") { Description = "auto (two values: logistic; with --observed: aft; else squared), logistic, squared, pinball, poisson (counts), aft (durations)." };
    private static readonly Option<double> Quantile = Number("--quantile", "The quantile of pinball.", 0.5);
    private static readonly Option<string> Distribution = new("--distribution") { Description = "Of aft: normal, logistic, extreme.", DefaultValueFactory = _ => "normal" };
    private static readonly Option<double> Scale = Number("--scale", "The scale of aft's noise.", 1);
    private static readonly Option<string?> Observed = new("--observed") { Description = "Of aft: the column that is 1 where the time is the outcome, 0 where it still runs." };
    private static readonly Option<string?> Positive = new("--positive") { Description = "Of a label of words, the one that is sought; of more than two, that one against the rest." };
    private static readonly Option<string?> Time = new("--time") { Description = "The column of time, numbers or dates; train, calibrate and test follow it. Without it the order of rows is time." };
    private static readonly Option<string?> Unit = new("--unit") { Description = "The column whose equal values are one decision and stay in one block." };
    private static readonly Option<string?> Weight = new("--weight") { Description = "The column of row weights." };
    private static readonly Option<string[]> Categorical = MlCommands.Names("--categorical", "Columns that are codes, not amounts: a,b,…");
    private static readonly Option<string[]> Ignore = MlCommands.Names("--ignore", "Columns to leave out: a,b,…");
    private static readonly Option<string[]> Features = MlCommands.Names("--features", "Only these columns: a,b,…");
    private static readonly Option<string[]> Monotone = MlCommands.Names("--monotone", "Directions that the score must keep: col:+1 (rising),other:-1 (falling).");
    private static readonly Option<int?> Depth = new("--depth") { Description = "Questions per tree. 1 is additive, 2 adds pairs; without it the data chooses between 2 and 5." };
    private static readonly Option<int?> Trees = new("--trees") { Description = "Trees. Without it the later block decides." };
    private static readonly Option<double> Eta = Number("--eta", "Shrinkage.", 0.1);
    private static readonly Option<double> MinChildWeight = Number("--min-child-weight", "Least hessian of a leaf.", 1);
    private static readonly Option<double> Lambda = Number("--lambda", "L2 on leaves.", 1);
    private static readonly Option<double> Alpha = Number("--alpha", "L1 on leaves.", 0);
    private static readonly Option<double> Gamma = Number("--gamma", "Least gain of a split.", 0);
    private static readonly Option<double> Subsample = Number("--subsample", "Share of rows per tree.", 1);
    private static readonly Option<double> ColumnSample = Number("--colsample", "Share of features per tree.", 1);
    private static readonly Option<int?> EarlyStopping = new("--early-stopping") { Description = "Stop when the later block has not improved for so many trees." };
    private static readonly Option<ulong> Seed = new("--seed") { Description = "The seed; one seed, one model.", DefaultValueFactory = _ => 0 };
    private static readonly Option<int> Threads = new("--threads") { Description = "Threads; the model does not depend on it.", DefaultValueFactory = _ => Environment.ProcessorCount };
    private static readonly Option<bool> KeepHoldout = new("--keep-holdout") { Description = "Keep the model that was measured instead of refitting it on all rows." };

    public static Command Create()
    {
        var command = new Command("fit", "Learns a model from a table, measures it on later rows, and writes a version folder.")
        {
            Csv, Label, Out, Objective, Quantile, Distribution, Scale, Observed, Positive, Time, Unit, Weight, Categorical, Ignore,
            Features, Monotone, Depth, Trees, Eta, MinChildWeight, Lambda, Alpha, Gamma, Subsample, ColumnSample, EarlyStopping,
            Seed, Threads, KeepHoldout,
        };
        Monotone.Validators.Add(CheckDirections);
        command.SetAction(Run);
        return command;
    }

    private static int Run(ParseResult call)
    {
        var log = WorkLog.ForProcess();
        var request = Request(call);
        return MlCommands.Run(ct => FitInto(request, log, ct), hash =>
        {
            log.Say($"Version {hash[..7]} is in {request.Out}");
            Console.Out.WriteLine(request.Out);
        });
    }

    private static Result<string> FitInto(FitRequest request, WorkLog log, CancellationToken ct)
    {
        // Before the work, not after it.
        if (VersionFolder.CheckFree(request.Out) is { } taken)
        {
            return taken;
        }

        var run = new ModelFitting(request, log).Run(ct);
        if (!run.Succeeded(out var fitted))
        {
            return run.Error!;
        }

        foreach (var (name, estimate) in fitted.Figures)
        {
            log.Say(FormattableString.Invariant($"{name} {estimate.Value:G5} ({estimate.Low:G5} … {estimate.High:G5})"));
        }

        return VersionFolder.Write(request.Out, fitted, ct);
    }

    private static FitRequest Request(ParseResult call) => new()
    {
        Csv = call.GetRequiredValue(Csv),
        Label = call.GetRequiredValue(Label),
        Out = call.GetRequiredValue(Out),
        Objective = call.GetValue(Objective),
        Quantile = call.GetValue(Quantile),
        Distribution = call.GetRequiredValue(Distribution),
        Scale = call.GetValue(Scale),
        Observed = call.GetValue(Observed),
        Positive = call.GetValue(Positive),
        Time = call.GetValue(Time),
        Unit = call.GetValue(Unit),
        Weight = call.GetValue(Weight),
        Categorical = call.GetValue(Categorical) ?? [],
        Ignore = call.GetValue(Ignore) ?? [],
        Features = call.GetValue(Features) ?? [],
        Monotone = (call.GetValue(Monotone) ?? []).ToDictionary(Column, Direction, StringComparer.Ordinal),
        Depth = call.GetValue(Depth),
        Trees = call.GetValue(Trees),
        Eta = call.GetValue(Eta),
        MinChildWeight = call.GetValue(MinChildWeight),
        Lambda = call.GetValue(Lambda),
        Alpha = call.GetValue(Alpha),
        Gamma = call.GetValue(Gamma),
        Subsample = call.GetValue(Subsample),
        ColumnSample = call.GetValue(ColumnSample),
        EarlyStopping = call.GetValue(EarlyStopping),
        Seed = call.GetValue(Seed),
        Threads = Math.Max(1, call.GetValue(Threads)),
        KeepsHoldout = call.GetValue(KeepHoldout),
    };

    private static Option<double> Number(string name, string description, double value) =>
        new(name) { Description = $"{description} [{value.ToString(System.Globalization.CultureInfo.InvariantCulture)}]", DefaultValueFactory = _ => value };

    private static void CheckDirections(OptionResult result)
    {
        foreach (var token in result.Tokens.SelectMany(token => token.Value.Split(',', StringSplitOptions.RemoveEmptyEntries)))
        {
            if (token.LastIndexOf(':') < 1 || token[(token.LastIndexOf(':') + 1)..].Trim() is not ("+1" or "1" or "-1" or "0"))
            {
                result.AddError($"--monotone {token}: a column, a colon and +1, 0 or -1 are expected.");
            }
        }
    }

    private static string Column(string pair) => pair[..pair.LastIndexOf(':')].Trim();

    private static int Direction(string pair) => int.Parse(
        pair[(pair.LastIndexOf(':') + 1)..].Trim(), System.Globalization.CultureInfo.InvariantCulture);
}
