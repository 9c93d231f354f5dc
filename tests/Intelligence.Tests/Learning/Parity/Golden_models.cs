using System.Text;
using Platform.Intelligence.Learning.Explaining;
using Platform.Intelligence.Learning.Trees;
using Platform.Intelligence.Learning.XgboostFormat;

namespace Platform.Tests.Intelligence.Learning.Parity;

/// <summary>INTELLIGENCE §2: the file format of XGBoost, in and out, against what XGBoost itself said.</summary>
public sealed class Golden_models
{
    public static TheoryData<string> Cases => [.. GoldenCase.Names];

    [Theory]
    [MemberData(nameof(Cases))]
    public void Margins_are_bit_for_bit_those_of_xgboost(string name)
    {
        var golden = GoldenCase.Load(name);
        var margins = new float[GoldenCase.RowCount];
        var scorer = Scorer.Compile(golden.Model);
        scorer.Margins(golden.Rows, margins);
        for (var row = 0; row < margins.Length; row++)
        {
            ((double)margins[row]).ShouldBe(golden.Margins[row], 1e-6);
            scorer.Margin(golden.Rows.AsSpan(row * GoldenCase.Width, GoldenCase.Width)).ShouldBe(margins[row]);
            scorer.Prediction(margins[row]).ShouldBe(golden.Predictions[row], 1e-6 * Math.Max(1, golden.Predictions[row]));
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Contributions_are_those_of_xgboost_and_sum_to_the_margin(string name)
    {
        var golden = GoldenCase.Load(name);
        var parts = new double[GoldenCase.RowCount * (GoldenCase.Width + 1)];
        new TreeShap(golden.Model).Explain(golden.Rows, parts);
        for (var row = 0; row < GoldenCase.RowCount; row++)
        {
            var mine = parts.AsSpan(row * 6, 6).ToArray();
            var theirs = golden.Contributions.AsSpan(row * 6, 6).ToArray();
            var scale = theirs.Max(Math.Abs);
            for (var f = 0; f < 6; f++)
            {
                mine[f].ShouldBe(theirs[f], 1e-6 * scale); // XGBoost's own are single precision.
            }

            mine.Sum().ShouldBe(ExactMargin.Of(golden.Model, golden.Rows.AsSpan(row * 5, 5)), 1e-9);
        }
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_file_that_is_read_and_written_is_the_same_file(string name)
    {
        var golden = GoldenCase.Load(name);
        Encoding.UTF8.GetString(ModelWriter.Write(golden.Model)).ShouldBe(Encoding.UTF8.GetString(golden.File));
    }

    [Theory]
    [InlineData("3.7E-1")]
    [InlineData("[3.7E-1]")] // 3.1 writes a list
    [InlineData("0.37")]
    public void Base_score_is_read_in_every_form(string text)
    {
        var golden = GoldenCase.Load("logistic");
        var file = Encoding.UTF8.GetString(golden.File).Replace("\"base_score\":\"3.7E-1\"", $"\"base_score\":\"{text}\"", StringComparison.Ordinal);
        ModelReader.Read(Encoding.UTF8.GetBytes(file)).Value.BaseScore.ShouldBe(0.37f);
    }
}
