using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text;
using Platform.Intelligence.Learning.Explaining;
using Platform.Intelligence.Learning.Numerics;
using Platform.Intelligence.Learning.Trees;
using Platform.Intelligence.Learning.XgboostFormat;
using Platform.Tests.Intelligence.Learning.Parity;

namespace Platform.Tests.Intelligence.Learning.XgboostFormat;

/// <summary>A-09, R-56: a model file is hostile input.</summary>
public sealed class Hostile_model_files
{
    /// <summary>The seven files on which libxgboost 1.7.4 crashes, hangs, or predicts nonsense, and their relatives.</summary>
    [Theory]
    //          what is replaced                 by what                         what the refusal names
    [InlineData("\"left_children\":[1,",         "\"left_children\":[99999,",    "child 99999")]
    [InlineData("\"left_children\":[1,",         "\"left_children\":[0,",        "child 0")]          // a cycle
    [InlineData("\"left_children\":[1,",         "\"left_children\":[-7,",       "child -7")]
    [InlineData("\"left_children\":[1,",         "\"left_children\":[2,",        "has a parent already")]
    [InlineData("\"split_indices\":[0,",         "\"split_indices\":[99999,",    "feature 99999 of 5")]
    [InlineData("\"split_indices\":[0,",         "\"split_indices\":[-1,",       "feature -1")]
    [InlineData("\"parents\":[2147483647,0,",    "\"parents\":[2147483647,7,",   "another parent")]
    [InlineData("\"parents\":[2147483647,0,",    "\"parents\":[2147483647,",     "are expected")]
    [InlineData("\"sum_hessian\":[",             "\"sum_hessian\":[NaN,",        "entries")]
    [InlineData("\"num_trees\":\"10\"",          "\"num_trees\":\"999999999\"",  "a count of at most")]
    [InlineData("\"num_trees\":\"10\"",          "\"num_trees\":\"14\"",         "entries; 14 are expected|trees are listed")]
    [InlineData("\"num_feature\":\"5\",\"num_t", "\"num_feature\":\"2\",\"num_t", "splits on feature|entries; 2")]
    [InlineData("\"categories_nodes\":[",        "\"categories_nodes\":[4000,",  "")]
    [InlineData("\"categories_sizes\":[",        "\"categories_sizes\":[4000,",  "")]
    [InlineData("binary:logistic",               "multi:softprob",               "objective multi:softprob")]
    [InlineData("\"base_score\":\"5E-1\"",       "\"base_score\":\"2E0\"",       "no margin")]
    [InlineData("\"base_score\":\"5E-1\"",       "\"base_score\":\"nan\"",       "no margin")]
    [InlineData("\"name\":\"gbtree\"",           "\"name\":\"dart\"",            "gbtree is expected")]
    [InlineData("\"num_class\":\"0\"",           "\"num_class\":\"3\"",          "several outputs")]
    [InlineData("{\"learner\"",                  "{\"pickled\"",                 "learner is absent")]
    [InlineData("{\"learner\"",                  "",                             "not JSON")]
    public void A_damaged_file_is_refused_by_the_name_of_the_damage(string good, string bad, string reason)
    {
        var text = Encoding.UTF8.GetString(GoldenCase.Load("categories").File);
        var at = text.IndexOf(good, StringComparison.Ordinal);
        at.ShouldBeGreaterThanOrEqualTo(0);
        var damaged = text[..at] + bad + text[(at + good.Length)..];
        var refused = ModelReader.Read(Encoding.UTF8.GetBytes(damaged)).Error.ShouldBeOfType<ModelFileRefused>();
        reason.Split('|').Any(part => refused.Message.Contains(part, StringComparison.Ordinal)).ShouldBeTrue(refused.Message);
    }

    [Theory]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("1E39")]
    public void A_condition_or_leaf_that_is_no_number_is_refused(string value)
    {
        var text = Encoding.UTF8.GetString(GoldenCase.Load("logistic").File);
        var from = text.IndexOf("\"split_conditions\":[", StringComparison.Ordinal) + "\"split_conditions\":[".Length;
        var to = text.IndexOf(']', from);
        var numbers = text[from..to].Split(',');
        foreach (var at in (int[])[0, numbers.Length - 1])
        {
            var changed = numbers.ToArray();
            changed[at] = value;
            var damaged = text[..from] + string.Join(',', changed) + text[to..];
            ModelReader.Read(Encoding.UTF8.GetBytes(damaged)).Error.ShouldBeOfType<ModelFileRefused>();
        }
    }

    [Fact]
    public void Deep_nesting_and_endless_text_are_refused_in_milliseconds()
    {
        var clock = Stopwatch.StartNew();
        foreach (var hostile in (string[])
            [
                new string('[', 2_000_000), string.Concat(Enumerable.Repeat("{\"a\":", 500_000)), "\"" + new string('x', 1_000_000),
                new string(' ', 1_000_000), "1" + new string('0', 1_000_000), "",
            ])
        {
            ModelReader.Read(Encoding.UTF8.GetBytes(hostile)).Error.ShouldBeOfType<ModelFileRefused>();
        }

        clock.ElapsedMilliseconds.ShouldBeLessThan(1_000);
    }

    /// <summary>
    /// mutants of every golden model. Each is refused, or it scores and explains to finite numbers.
    /// </summary>
    [Fact]
    public void A_hundred_thousand_mutants_neither_crash_nor_hang_nor_score_beyond_numbers()
    {
        var originals = GoldenCase.Names.Select(GoldenCase.Load).ToArray();
        var accepted = 0;
        var slow = new ConcurrentBag<int>();
        Parallel.For(0, 100_000, number =>
        {
            var clock = Stopwatch.StartNew();
            if (Judge(originals, number))
            {
                Interlocked.Increment(ref accepted);
            }

            if (clock.Elapsed > TimeSpan.FromSeconds(1))
            {
                slow.Add(number);
            }
        });
        accepted.ShouldBeInRange(5_000, 95_000); // otherwise the mutations prove little

        // The machine may have been busy with something else; a file that hangs hangs again.
        foreach (var number in slow)
        {
            var clock = Stopwatch.StartNew();
            Judge(originals, number);
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(1), $"mutant {number}");
        }
    }

    private static bool Judge(GoldenCase[] originals, int number)
    {
        var original = originals[number % originals.Length];
        if (!ModelReader.Read(Mutant(original.File, (ulong)number)).Succeeded(out var model))
        {
            return false;
        }

        ShouldBeFinite(model, original.Rows, number);
        return true;
    }

    private static void ShouldBeFinite(BoostedModel model, float[] rows, int number)
    {
        // A mutant may read more or fewer features than the rows have.
        var width = model.Features.Count;
        var resized = new float[4 * width];
        for (var i = 0; i < resized.Length; i++)
        {
            resized[i] = rows[i % rows.Length];
        }

        var margins = new float[4];
        var scorer = Scorer.Compile(model);
        scorer.Margins(resized, margins);
        margins.ShouldAllBe(margin => float.IsFinite(margin) && double.IsFinite(scorer.Prediction(margin)), $"mutant {number}");
        var parts = new double[4 * (width + 1)];
        new TreeShap(model).Explain(resized, parts);
        parts.ShouldAllBe(part => double.IsFinite(part), $"mutant {number}");
    }

    /// <summary>Bytes flipped, digits changed, pieces cut, doubled or exchanged: one to four of them.</summary>
    private static byte[] Mutant(byte[] original, ulong seed)
    {
        var draws = new Draws(Draws.At(56, 9, seed));
        List<byte> bytes = [.. original];
        for (var i = draws.NextBelow(4); i >= 0; i--)
        {
            var at = draws.NextBelow(bytes.Count - 20);
            switch (draws.NextBelow(6))
            {
                case 0:
                    bytes[at] ^= (byte)(1 << draws.NextBelow(8));
                    break;
                case 1 or 2:
                    // The next digit becomes another: the file stays well-formed and says something else.
                    while (at < bytes.Count - 20 && !char.IsAsciiDigit((char)bytes[at]))
                    {
                        at++;
                    }

                    bytes[at] = (byte)('0' + draws.NextBelow(10));
                    break;
                case 3:
                    bytes.RemoveRange(at, 1 + draws.NextBelow(16));
                    break;
                case 4:
                    bytes.InsertRange(at, bytes.GetRange(draws.NextBelow(bytes.Count - 20), 1 + draws.NextBelow(16)));
                    break;
                default:
                    bytes.InsertRange(at, Encoding.ASCII.GetBytes(Words[draws.NextBelow(Words.Length)]));
                    break;
            }
        }

        return [.. bytes];
    }

    private static readonly string[] Words = ["-", "9", "NaN", "E9", "E38", "-1", "0", ",0", "]", "[", "{", "null", "\\u0000", "2147483648"];
}
