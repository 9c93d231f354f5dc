using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Calibrating;
using Platform.Intelligence.Learning.Intervals;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;
using Platform.Intelligence.Workbench.CommandLine;
using Platform.Intelligence.Workbench.Tables;

namespace Platform.Intelligence.Workbench.Fitting;

/// <summary>
/// Fits any table: train on the first block of time, stop and calibrate on the second, measure once on the third,
/// then refit on all rows with what was learnt about size and calibration.
/// </summary>
internal sealed class ModelFitting(FitRequest request, WorkLog log)
{
    private const double BandCoverage = 0.8;

    // Depth 2 can be read and drawn; a deeper model must be this much better on the later block to replace it.
    private static readonly int[] Depths = [2, 5];
    private const double WorthDepth = 0.005;

    private const int ChosenTreesAtMost = 600;
    private const int ChosenPatience = 40;

    // Choosing the depth needs no more rows than this.
    private const int RowsToChoose = 150_000;

    public Result<FittedModel> Run(CancellationToken ct)
    {
        log.Say($"Reading {request.Csv}");
        var words = new HashSet<string>(request.Categorical, StringComparer.Ordinal);
        var read = CsvTable.Read(request.Csv, CsvExpectations.None with { Words = words }, ct);
        if (!read.Succeeded(out var csv))
        {
            return read.Error!;
        }

        var assigned = ColumnRoles.Assign(csv, request);
        if (!assigned.Succeeded(out var roles))
        {
            return assigned.Error!;
        }

        log.Say(FormattableString.Invariant($"{csv.Table.RowCount} rows, {roles.Features.Count} features"));
        foreach (var left in roles.LeftOut)
        {
            log.Say($"Left out: {left.Column}: {left.Reason}");
        }

        foreach (var (column, cells) in csv.Remarks)
        {
            log.Say(FormattableString.Invariant($"{column}: {cells} cells are words between numbers, taken as missing; --categorical reads all as words"));
        }

        var labelled = LabelledTable.From(csv, roles, request);
        return labelled.Succeeded(out var rows) ? Fit(csv, roles, rows, ct) : labelled.Error!;
    }

    private Result<FittedModel> Fit(CsvTable csv, ColumnRoles roles, LabelledTable table, CancellationToken ct)
    {
        if (table.Dropped > 0)
        {
            log.Say(FormattableString.Invariant($"{table.Dropped} rows without a label are dropped"));
        }

        var cut = FitBlocks.Cut(table, request);
        if (!cut.Succeeded(out var blocks))
        {
            return cut.Error!;
        }

        var tried = Choose(blocks, table.Loss, ct);
        if (!tried.Succeeded(out var choice))
        {
            return tried.Error!;
        }

        var options = choice.Options;
        var measured = choice.Model is { } chosen
            ? chosen
            : Train(blocks.Train, request.Trees is null || request.EarlyStopping > 0 ? blocks.Calibrate : null, options, "Training", ct);
        if (!measured.Succeeded(out var model))
        {
            return measured.Error!;
        }

        var answering = Answering(model, blocks.Calibrate, table.Label);
        var test = Score(answering, blocks.Test);
        log.Say(FormattableString.Invariant($"Measuring on the last {blocks.Test.Count} rows"));
        var figures = Scorecard.Measure(test, model.Objective, table.Loss.RefitQuantile);
        var kept = answering;
        if (!request.KeepsHoldout)
        {
            var all = Train(table.Rows, null, options with { Trees = Math.Max(model.Trees.Count, 1), EarlyStopping = 0 }, "Refitting on all rows", ct);
            kept = all.Succeeded(out var whole) ? answering with { Model = whole } : answering;
        }

        RemarkedInputs.Note(kept.Model, csv.Remarks.Keys);
        return new FittedModel(
            request, csv, roles, table.Label, table.Dropped, blocks, options, choice.Tried, kept, answering, test, figures,
            SlicesOf(csv, table, blocks, test));
    }

    private SliceFigures[] SlicesOf(CsvTable csv, LabelledTable table, FitBlocks blocks, ScoredRows test) =>
    [
        .. request.Slices.SelectMany(column => Slicing.By(csv.Table.Find(column)!.Select(table.Kept), blocks.Split.Blocks[2].Rows)
            .Select(slice => new SliceFigures(
                column, slice.Value, slice.Places.Length,
                Scorecard.Measure(test.Select(slice.Places), table.Loss.Objective, table.Loss.RefitQuantile)))),
    ];

    /// <summary>The settings that were asked for; else the glass box, unless other settings are clearly better later on.</summary>
    private Result<Choice> Choose(FitBlocks blocks, Loss loss, CancellationToken ct)
    {
        var options = Options(loss);
        var candidates = Candidates(options);
        if (candidates.Count == 1)
        {
            return new Choice(candidates[0], [], Model: null);
        }

        var step = Math.Max(1, (blocks.Train.Count + RowsToChoose - 1) / RowsToChoose);
        var sample = step == 1
            ? blocks.Train
            : blocks.Train.Select([.. Enumerable.Range(0, blocks.Train.Count).Where(row => row % step == 0)]);
        var tried = new List<TriedSettings>();
        var models = new List<BoostedModel>();
        foreach (var candidate in candidates)
        {
            var fit = Train(sample, blocks.Calibrate, candidate, Trying(candidate), ct);
            if (!fit.Succeeded(out var model))
            {
                return fit.Error!;
            }

            models.Add(model);
            tried.Add(new TriedSettings(
                candidate.Depth, candidate.Eta, candidate.MinChildWeight, candidate.Lambda, model.Trees.Count,
                loss.Mean(Margins(model, blocks.Calibrate.Features), blocks.Calibrate)));
        }

        var best = tried[0];
        foreach (var other in tried.Skip(1))
        {
            best = best.Loss - other.Loss > WorthDepth * Math.Abs(best.Loss) ? other : best;
        }

        log.Say(FormattableString.Invariant($"Depth {best.Depth}: ") + string.Join(", ", tried.Select(item =>
            FormattableString.Invariant($"loss {item.Loss:F5} at depth {item.Depth} with {item.Trees} trees"))));

        // The sample was all there is: the model is trained already.
        var at = tried.IndexOf(best);
        return new Choice(candidates[at], tried, step == 1 ? models[at] : null);
    }

    private IReadOnlyList<BoosterOptions> Candidates(BoosterOptions options) =>
        request.Search.Count > 0 ?
        [
            .. request.Search.Select(settings => options with
            {
                Depth = settings.Depth, Eta = settings.Eta, MinChildWeight = settings.MinChildWeight, Lambda = settings.Lambda,
            }),
        ]
        : request.Depth is { } depth ? [options with { Depth = depth }]
        : [.. Depths.Select(depth => options with { Depth = depth })];

    private string Trying(BoosterOptions candidate) => request.Search.Count == 0
        ? $"Trying depth {candidate.Depth}"
        : FormattableString.Invariant(
            $"Trying depth {candidate.Depth}, eta {candidate.Eta}, least weight {candidate.MinChildWeight}, lambda {candidate.Lambda}");

    private BoosterOptions Options(Loss loss) => new()
    {
        Loss = loss,
        Trees = request.Trees ?? ChosenTreesAtMost,
        EarlyStopping = request.EarlyStopping ?? (request.Trees is null ? ChosenPatience : 0),
        Eta = request.Eta,
        MinChildWeight = request.MinChildWeight,
        Lambda = request.Lambda,
        Alpha = request.Alpha,
        Gamma = request.Gamma,
        Subsample = request.Subsample,
        ColumnSample = request.ColumnSample,
        Seed = request.Seed,
        Threads = request.Threads,
        Monotone = request.Monotone,
    };

    private Result<BoostedModel> Train(
        LabelledRows rows, LabelledRows? later, BoosterOptions options, string doing, CancellationToken ct) =>
        log.Track(doing, options.Trees, progress => Booster.Fit(rows, later, options, progress, ct));

    private static AnsweringModel Answering(BoostedModel model, LabelledRows later, LabelColumn label)
    {
        double[] margins = [.. Margins(model, later.Features).Select(margin => (double)margin)];
        if (model.Objective.Link == Link.Logistic)
        {
            return new AnsweringModel(model, Calibration.Choose(margins, later.Labels.Values), Band: null, label.Positive, label.Negative);
        }

        return new AnsweringModel(model, NoCalibration.Instance, BandOf(model, margins, later), Positive: null, Negative: null);
    }

    private static Band? BandOf(BoostedModel model, double[] margins, LabelledRows later)
    {
        var isTime = model.Objective.Name == "survival:aft";
        if (!isTime && model.Objective.Link != Link.Identity)
        {
            return null;
        }

        if (isTime)
        {
            // A time that still runs has an error of at least what it has outlasted so far.
            var half = CensoredQuantile.Of(
                Enumerable.Range(0, later.Count).Select(row => (
                    Math.Max(0, later.Labels.IsObserved(row)
                        ? Math.Abs(PortableMath.Log(later.Labels.Values[row]) - margins[row])
                        : PortableMath.Log(later.Labels.Values[row]) - margins[row]),
                    later.Labels.IsObserved(row))),
                BandCoverage);
            return double.IsFinite(half) ? new Band(BandCoverage, half, IsFactor: true) : null;
        }

        var width = ConformalQuantile.Of(
            Enumerable.Range(0, later.Count).Select(row => Math.Abs(later.Labels.Values[row] - margins[row])), BandCoverage);
        return double.IsFinite(width) ? new Band(BandCoverage, width, IsFactor: false) : null;
    }

    public static ScoredRows Score(AnsweringModel answering, LabelledRows rows)
    {
        double[] margins = [.. Margins(answering.Model, rows.Features).Select(margin => (double)margin)];
        return new ScoredRows(margins, [.. margins.Select(answering.Prediction)], rows.Labels);
    }

    private static float[] Margins(BoostedModel model, FeatureMatrix matrix)
    {
        var margins = new float[matrix.RowCount];
        Scorer.Compile(model).Margins(matrix.Values, margins);
        return margins;
    }

    private sealed record Choice(BoosterOptions Options, IReadOnlyList<TriedSettings> Tried, BoostedModel? Model);
}
