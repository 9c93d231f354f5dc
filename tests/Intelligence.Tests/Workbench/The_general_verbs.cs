using System.Globalization;
using System.Text.Json;
using Platform.Intelligence.Workbench.CommandLine;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Tests.Intelligence.Learning;
using Platform.Tests.Intelligence.Learning.Parity;

namespace Platform.Tests.Intelligence.Workbench;

/// <summary>`ml fit | predict | evaluate`, called as a shell calls them.</summary>
public sealed class The_general_verbs : Verbs
{
    [Fact]
    public void A_version_is_the_same_to_the_byte_and_complete()
    {
        Table("train.csv", 0, 1_500);
        foreach (var name in (string[])["one", "two"])
        {
            Call("fit", "--csv", At("train.csv"), "--label", "late", "--time", "day", "--trees", "20", "--depth", "2",
                "--threads", name == "one" ? "1" : "2", "--out", At(name)).Code.ShouldBe(0);
        }

        string[] expected =
        [
            "MLmodel", "MODEL_CARD.md", "calibration.json", "data.lock.json", "golden.jsonl", "metrics.json", "model.json",
            "report.html", "signature.json",
        ];
        Directory.GetFiles(At("one")).Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(expected);
        foreach (var file in expected)
        {
            File.ReadAllBytes(Path.Combine(At("one"), file)).ShouldBe(File.ReadAllBytes(Path.Combine(At("two"), file)), file);
        }

        File.ReadAllText(Path.Combine(At("one"), "report.html")).ShouldNotContain("http");
    }

    [Fact]
    public void Predictions_come_row_for_row_and_contributions_sum_to_the_margin()
    {
        Table("train.csv", 0, 1_500);
        Table("test.csv", 1_500, 1_700);
        Call("fit", "--csv", At("train.csv"), "--label", "late", "--time", "day", "--out", At("model"));
        Call("predict", "--model", At("model"), "--csv", At("test.csv"), "--contributions", "--keep", "day", "--out", At("out.csv")).Code.ShouldBe(0);

        var lines = File.ReadAllLines(At("out.csv"));
        lines.Length.ShouldBe(201);
        lines[0].ShouldStartWith("day,prediction,margin,c_");
        foreach (var line in lines.Skip(1))
        {
            var cells = line.Split(',').Select(cell => double.Parse(cell, CultureInfo.InvariantCulture)).ToArray();
            cells[1].ShouldBeInRange(0, 1);
            cells.Skip(3).Sum().ShouldBe(cells[2], 1e-5); // the margin itself is single precision
        }
    }

    [Fact]
    public void Evaluation_prints_figures_with_intervals_and_slices()
    {
        Table("train.csv", 0, 1_500);
        Table("test.csv", 1_500, 2_500);
        Call("fit", "--csv", At("train.csv"), "--label", "late", "--time", "day", "--out", At("model"));
        var (code, output, _) = Call("evaluate", "--model", At("model"), "--csv", At("test.csv"), "--label", "late", "--by", "kind");
        code.ShouldBe(0);
        var json = JsonDocument.Parse(output).RootElement;
        json.GetProperty("rows").GetInt32().ShouldBe(1_000);
        var auc = json.GetProperty("figures").GetProperty("auc");
        auc.GetProperty("value").GetDouble().ShouldBeGreaterThan(0.75);
        auc.GetProperty("low").GetDouble().ShouldBeLessThan(auc.GetProperty("value").GetDouble());
        json.GetProperty("figures").GetProperty("ece").GetProperty("value").GetDouble().ShouldBeLessThan(0.08);
        json.GetProperty("slices").EnumerateObject().Count().ShouldBe(6);
    }

    [Fact]
    public void One_of_several_words_is_learnt_against_the_rest()
    {
        Table("train.csv", 0, 800);
        Call("fit", "--csv", At("train.csv"), "--label", "kind", "--positive", "east", "--trees", "5", "--depth", "2", "--out", At("none")).Code.ShouldBe(1);
        var word = SyntheticRows.Features[4].Categories![0];
        var fitted = Call("fit", "--csv", At("train.csv"), "--label", "kind", "--positive", word, "--trees", "5", "--depth", "2", "--out", At("m"));
        fitted.Code.ShouldBe(0, fitted.Error);
        var judged = Call("evaluate", "--model", At("m"), "--csv", At("train.csv"), "--label", "kind");
        judged.Code.ShouldBe(0, judged.Error);
        JsonDocument.Parse(judged.Output).RootElement.GetProperty("figures").GetProperty("base_rate").GetProperty("value").GetDouble().ShouldBeInRange(0.05, 0.6);
    }

    [Theory]
    //          objective   extra arguments                                  the figure that must be there
    [InlineData("squared",  "",                                              "r2")]
    [InlineData("pinball",  "--quantile 0.9",                                "share_not_above")]
    [InlineData("poisson",  "",                                              "mae")]
    [InlineData("aft",      "--observed seen --distribution logistic --scale 0.5", "concordance")]
    public void Every_objective_fits_predicts_and_is_measured(string objective, string extra, string figure)
    {
        Table("train.csv", 0, 1_200);
        var arguments = $"fit --csv {At("train.csv")} --label amount --ignore late --time day --objective {objective} {extra} --monotone a:+1 --trees 40 --depth 3 --out {At("m")}"
            .Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var fitted = Call(arguments);
        fitted.Code.ShouldBe(0, fitted.Error);
        string[] observed = objective == "aft" ? ["--observed", "seen"] : [];
        var judged = Call(["evaluate", "--model", At("m"), "--csv", At("train.csv"), "--label", "amount", .. observed]);
        judged.Code.ShouldBe(0, judged.Error);
        JsonDocument.Parse(judged.Output).RootElement.GetProperty("figures").TryGetProperty(figure, out _).ShouldBeTrue(judged.Output);
        Call("predict", "--model", Path.Combine(At("m"), "model.json"), "--csv", At("train.csv"), "--out", At("p.csv")).Code.ShouldBe(0);
        File.ReadAllLines(At("p.csv")).Length.ShouldBe(1_201);
    }

    [Theory]
    //          arguments                                                        code  what is printed
    [InlineData("fit --csv T --label nothing --out M",                           1, "no column nothing. It has a, b, c, noise")]
    [InlineData("fit --csv T --label Lte --out M",                               1, "Did you mean late?")]
    [InlineData("fit --csv T --label kind --out M",                              1, "6 different words")]
    [InlineData("fit --csv T --label late --depth 99 --out M",                   1, "depth is 99")]
    [InlineData("fit --csv T --label late --objective magic --out M",            1, "must be one of auto")]
    [InlineData("fit --csv T --label late --monotone kind:+1 --out M",           1, "categories have no order")]
    [InlineData("fit --csv T --label late --monotone a:up --out M",              2, "a column, a colon and")]
    [InlineData("fit --csv T --label late --positive maybe --out M",             1, "never is maybe")]
    [InlineData("fit --csv T --label late --weight kind --out M",                1, "is the weight")]
    [InlineData("fit --csv absent.csv --label late --out M",                     1, "no such file")]
    [InlineData("fit --csv T --out M",                                           2, "--label")]
    [InlineData("predict --model absent --csv T --out P",                        1, "no such folder")]
    [InlineData("predict --model T --csv T --out P",                             1, "not JSON")]
    public void A_refusal_is_printed_has_its_code_and_leaves_no_trace(string call, int code, string text)
    {
        Table("T", 0, 300);
        var before = Directory.GetFileSystemEntries(Folder);
        string[] arguments = [.. call.Split(' ').Select(word => word is "T" or "M" or "P" ? At(word) : word)];
        var (actual, output, error) = Call(arguments);
        actual.ShouldBe(code, error);
        error.ShouldContain(text);
        output.ShouldBeEmpty();
        Directory.GetFileSystemEntries(Folder).ShouldBe(before);
    }

    [Fact]
    public void A_version_is_immutable_and_a_changed_one_is_not_believed()
    {
        Table("train.csv", 0, 400);
        string[] fit = ["fit", "--csv", At("train.csv"), "--label", "late", "--trees", "5", "--depth", "2", "--out", At("model")];
        Call(fit).Code.ShouldBe(0);
        var again = Call(fit);
        again.Code.ShouldBe(1);
        again.Error.ShouldContain("immutable");

        // A-09: one byte of the model.
        var file = Path.Combine(At("model"), "model.json");
        File.WriteAllText(file, File.ReadAllText(file).Replace("\"1\"", "\"0\"", StringComparison.Ordinal));
        var predicted = Call("predict", "--model", At("model"), "--csv", At("train.csv"), "--out", At("p.csv"));
        predicted.Code.ShouldBe(1);
        predicted.Error.ShouldContain("model.json is not the file that was locked");
    }

    [Fact]
    public void A_table_without_an_input_is_not_guessed_at()
    {
        Table("train.csv", 0, 400);
        Call("fit", "--csv", At("train.csv"), "--label", "late", "--trees", "5", "--depth", "2", "--out", At("model"));
        File.WriteAllText(At("other.csv"), "a,b\n1,2\n");
        var predicted = Call("predict", "--model", At("model"), "--csv", At("other.csv"), "--out", At("p.csv"));
        predicted.Code.ShouldBe(1);
        predicted.Error.ShouldContain("lacks");
        File.Exists(At("p.csv")).ShouldBeFalse();
    }

    [Fact]
    public void An_interrupted_fit_leaves_nothing_behind()
    {
        Table("train.csv", 0, 2_000);
        using var stop = new CancellationTokenSource();
        var request = new FitRequest { Csv = At("train.csv"), Label = "late", Out = At("model"), Trees = 40, Depth = 2 };
        var log = new WorkLog(new StopAt("Refitting", stop), terminal: null);
        Should.Throw<OperationCanceledException>(() => new ModelFitting(request, log).Run(stop.Token));
        Directory.GetFileSystemEntries(Folder).ShouldBe([At("train.csv")]);
    }

    [Fact]
    public void A_file_sorted_by_its_label_is_shuffled_and_the_card_says_so()
    {
        Table("train.csv", 0, 1_000);
        var lines = File.ReadAllLines(At("train.csv"));
        File.WriteAllLines(At("sorted.csv"), lines.Take(1).Concat(lines.Skip(1).OrderBy(line => line.Split(',')[5], StringComparer.Ordinal)));
        Call("fit", "--csv", At("sorted.csv"), "--label", "late", "--ignore", "day", "--trees", "5", "--depth", "2", "--out", At("m")).Code.ShouldBe(0);
        File.ReadAllText(Path.Combine(At("m"), "MODEL_CARD.md")).ShouldContain("sorted by the label");
    }

    [OracleFact]
    public async Task The_model_file_scores_the_same_in_python()
    {
        Table("train.csv", 0, 1_000);
        Call("fit", "--csv", At("train.csv"), "--label", "late", "--trees", "30", "--depth", "4", "--out", At("m")).Code.ShouldBe(0);
        const string program = """
            import sys, json, numpy as np, xgboost as xgb
            b = xgb.Booster(); b.load_model(sys.argv[1] + '/model.json')
            words = json.loads(b.attributes()['platform_categories'])
            worst = 0
            for line in open(sys.argv[1] + '/golden.jsonl'):
                row = json.loads(line)
                x = [[np.nan if row['inputs'][n] is None else words[n].index(row['inputs'][n]) if n in words else row['inputs'][n] for n in b.feature_names]]
                d = xgb.DMatrix(np.array(x, dtype=float), feature_names=b.feature_names, feature_types=b.feature_types, enable_categorical=True)
                worst = max(worst, abs(float(b.predict(d, output_margin=True)[0]) - row['margin']))
            print(worst)
            """;
        double.Parse(await Oracle.RunAsync(program, At("m")), CultureInfo.InvariantCulture).ShouldBeLessThan(1e-6);
    }

    [Fact]
    public void A_model_that_knows_codes_does_not_guess_at_words()
    {
        Table("train.csv", 0, 400);
        Call("fit", "--csv", At("train.csv"), "--label", "late", "--categorical", "kind", "--trees", "5", "--depth", "3", "--out", At("m")).Code.ShouldBe(0);

        // As Python writes it: the words are not in the file.
        var text = File.ReadAllText(Path.Combine(At("m"), "model.json"));
        File.WriteAllText(At("python.json"), text.Replace("platform_categories", "of_no_meaning", StringComparison.Ordinal));
        var predicted = Call("predict", "--model", At("python.json"), "--csv", At("train.csv"), "--out", At("p.csv"));
        predicted.Code.ShouldBe(1);
        predicted.Error.ShouldContain("knows the categories of kind only as codes");
    }

    private sealed class StopAt(string text, CancellationTokenSource stop) : StringWriter
    {
        public override void WriteLine(string? value)
        {
            if (value?.StartsWith(text, StringComparison.Ordinal) == true)
            {
                stop.Cancel();
            }
        }
    }
}
