using System.Globalization;
using Platform.Intelligence.Learning.Boosting;
using Platform.Intelligence.Learning.Explaining;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Learning.Trees;
using Platform.Intelligence.Learning.XgboostFormat;

namespace Platform.Tests.Intelligence.Learning.Parity;

/// <summary>Models made here, read by XGBoost 1.7.4 in Python, and back.</summary>
public sealed class Beside_xgboost : IDisposable
{
    private const string ScoreTwice = """
        import sys, json, numpy as np, xgboost as xgb
        model, rows, out = sys.argv[1:4]
        b = xgb.Booster(); b.load_model(model)
        X = np.genfromtxt(rows, delimiter=',')
        d = xgb.DMatrix(X, feature_names=b.feature_names, feature_types=b.feature_types, enable_categorical=True)
        b.save_model(out)
        print(json.dumps(dict(margins=b.predict(d, output_margin=True).astype(float).tolist(),
                              parts=b.predict(d, pred_contribs=True).astype(float).ravel().tolist())))
        """;

    private const string Train = """
        import sys, json, numpy as np, xgboost as xgb
        rows, labels, train = sys.argv[1], sys.argv[2], int(sys.argv[3])
        X = np.genfromtxt(rows, delimiter=','); y = np.genfromtxt(labels)
        types = ['q', 'q', 'q', 'q', 'c']
        d = lambda a, b: xgb.DMatrix(X[a:b], label=y[a:b], feature_types=types, enable_categorical=True)
        p = dict(objective='binary:logistic', max_depth=4, eta=.1, tree_method='hist', nthread=1)
        b = xgb.train(p, d(0, train), 120)
        print(json.dumps(b.predict(d(train, len(y)), output_margin=True).astype(float).tolist()))
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory("learner-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [OracleFact]
    public async Task Our_models_score_and_explain_the_same_in_python_and_survive_two_trips()
    {
        foreach (var loss in (Loss[])
            [
                new LogisticLoss(), new SquaredLoss(), new PoissonLoss(), new PinballLoss(0.8),
                new SurvivalLoss(SurvivalDistribution.Logistic, 0.7),
            ])
        {
            var model = Booster.Fit(Rows(loss), later: null, Options(loss), Quiet.Progress, CancellationToken.None).Value;
            await ShouldAgreeAsync(model, loss.Objective.Name);
        }
    }

    [OracleFact]
    public async Task The_same_settings_reach_the_same_auc()
    {
        var rows = SyntheticRows.Binary(12_000, seed: 5);
        var train = rows.Select(SyntheticRows.Range(0, 8_000));
        var test = rows.Select(SyntheticRows.Range(8_000, 12_000));
        await File.WriteAllTextAsync(PathOf("rows.csv"), Csv(rows.Features));
        await File.WriteAllLinesAsync(PathOf("labels.csv"), rows.Labels.Values.Select(label => label.ToString(CultureInfo.InvariantCulture)));
        var theirs = Numbers(await Oracle.RunAsync(Train, PathOf("rows.csv"), PathOf("labels.csv"), "8000"));

        var options = new BoosterOptions { Loss = new LogisticLoss(), Trees = 120, Depth = 4, Eta = 0.1 };
        var model = Booster.Fit(train, later: null, options, Quiet.Progress, CancellationToken.None).Value;
        var mine = new float[test.Count];
        Scorer.Compile(model).Margins(test.Features.Values, mine);

        var myAuc = Ranking.Auc([.. mine.Select(margin => (double)margin)], test.Labels.Values);
        myAuc.ShouldBeGreaterThan(Ranking.Auc(theirs, test.Labels.Values) - 0.002);
    }

    private static BoosterOptions Options(Loss loss) => new() { Loss = loss, Trees = 40, Depth = 4, Eta = 0.2 };

    private static LabelledRows Rows(Loss loss)
    {
        if (loss is LogisticLoss)
        {
            return SyntheticRows.Binary(1_500, seed: 3);
        }

        var rows = SyntheticRows.Continuous(1_500, seed: 3, noise: 0.5);
        var isCount = loss is PoissonLoss;
        double[] positive = [.. rows.Labels.Values.Select(value => isCount ? Math.Round(Math.Exp(value / 2)) : Math.Exp(value))];
        return loss switch
        {
            PoissonLoss => rows with { Labels = Labels.Of(positive) },
            SurvivalLoss => rows with { Labels = new Labels(positive, [.. positive.Select((_, row) => row % 4 != 0)]) },
            _ => rows,
        };
    }

    private async Task ShouldAgreeAsync(BoostedModel model, string name)
    {
        var few = SyntheticRows.Draw(200, seed: 77).Matrix;
        await File.WriteAllTextAsync(PathOf("rows.csv"), Csv(few));
        await File.WriteAllBytesAsync(PathOf("first.json"), ModelWriter.Write(model));
        var json = await Oracle.RunAsync(ScoreTwice, PathOf("first.json"), PathOf("rows.csv"), PathOf("second.json"));
        var theirs = System.Text.Json.JsonDocument.Parse(json).RootElement;
        var margins = new float[few.RowCount];
        Scorer.Compile(model).Margins(few.Values, margins);
        var parts = new double[few.RowCount * (few.Width + 1)];
        new TreeShap(model).Explain(few.Values, parts);

        var theirMargins = theirs.GetProperty("margins").EnumerateArray().Select(item => item.GetDouble()).ToArray();
        var theirParts = theirs.GetProperty("parts").EnumerateArray().Select(item => item.GetDouble()).ToArray();
        for (var row = 0; row < few.RowCount; row++)
        {
            ((double)margins[row]).ShouldBe(theirMargins[row], 1e-6, name);
            var scale = Math.Max(1, theirParts.AsSpan(row * 6, 6).ToArray().Max(Math.Abs));
            for (var f = 0; f < 6; f++)
            {
                parts[(row * 6) + f].ShouldBe(theirParts[(row * 6) + f], 1e-6 * scale, name);
            }
        }

        // Back, and once more through Python: the second trip changes nothing.
        var second = await File.ReadAllBytesAsync(PathOf("second.json"));
        var third = ModelWriter.Write(ModelReader.Read(second).Value);
        third.ShouldBe(second, name);
        third.ShouldBe(await File.ReadAllBytesAsync(PathOf("first.json")), name);
    }

    private static string Csv(FeatureMatrix matrix) => string.Join('\n', Enumerable.Range(0, matrix.RowCount).Select(row =>
        string.Join(',', matrix.Row(row).ToArray().Select(value => float.IsNaN(value) ? "nan" : value.ToString("R", CultureInfo.InvariantCulture))))) + "\n";

    private static double[] Numbers(string json) =>
        [.. System.Text.Json.JsonDocument.Parse(json).RootElement.EnumerateArray().Select(item => item.GetDouble())];

    private string PathOf(string file) => Path.Combine(_folder, file);
}
