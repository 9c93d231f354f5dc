using System.Text.Json;
using Platform.Intelligence.Learning.Tables;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Registry;

namespace Platform.Tests.Intelligence.Workbench;

/// <summary>What is in the folder <c>models</c> can be believed and answers as it did when it was written.</summary>
public sealed class The_shipped_models
{
    private const int LargestFile = 2 * 1024 * 1024;

    private static readonly ModelRegistry Registry = new(ModelsFolder.Default());

    public static TheoryData<string> Models => [.. Registry.Models];

    /// <summary>Those that serve; of the others the rule does.</summary>
    public static TheoryData<string> Champions => [.. Registry.Models.Where(model => Registry.Entry(model).Value.Champion is not null)];

    [Theory]
    [MemberData(nameof(Models))]
    public void A_recipe_is_sound_and_says_what_it_waits_for(string model)
    {
        var recipe = Registry.Recipe(model).Value;
        recipe.Name.ShouldBe(model);
        recipe.Present.ShouldNotBeEmpty();
        recipe.Features.ShouldContain(feature => feature.Awaiting != null);
        recipe.Gates.NeedsTwoPeople.ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Champions))]
    public void The_champion_is_what_was_pinned_small_and_its_card_says_where_the_data_came_from(string model)
    {
        var champion = Registry.Champion(model).Value;
        Registry.Entry(model).Value.Pinned[champion.Version].ShouldBe(champion.ContentHash);
        Directory.GetFiles(champion.Folder).ShouldAllBe(file => new FileInfo(file).Length < LargestFile);
        var card = File.ReadAllText(Path.Combine(champion.Folder, "MODEL_CARD.md"));
        (card.Contains("**Data:** public", StringComparison.Ordinal) || card.Contains("**Data:** simulated", StringComparison.Ordinal)).ShouldBeTrue();
        card.ShouldContain($"./platform ml rollback {model}");
        var report = File.ReadAllText(Path.Combine(champion.Folder, "report.html"));
        report.ShouldContain("<svg");
        report.ShouldNotContain("http");
        report.ShouldNotContain("<script");
    }

    [Theory]
    [MemberData(nameof(Champions))]
    public void A_17_the_golden_rows_score_the_same_to_the_bit(string model)
    {
        var champion = Registry.Champion(model).Value;
        var features = champion.Answering.Model.Features;
        foreach (var line in File.ReadLines(Path.Combine(champion.Folder, "golden.jsonl")))
        {
            var json = JsonDocument.Parse(line).RootElement;
            float[] values = [.. features.Select(feature => Value(feature, json.GetProperty("inputs").GetProperty(feature.Name)))];
            var scored = ModelFitting.Score(champion.Answering, new LabelledRows(new FeatureMatrix(features, values, 1), Labels.Of([0]), Weights: null));
            ((float)scored.Margins[0]).ShouldBe(json.GetProperty("margin").GetSingle());
            scored.Predictions[0].ShouldBe(json.GetProperty("prediction").GetDouble());
        }
    }

    private static float Value(Feature feature, JsonElement input) => input.ValueKind switch
    {
        JsonValueKind.Null => float.NaN,
        JsonValueKind.String => feature.Categories!.ToList().IndexOf(input.GetString()!),
        _ => input.GetSingle(),
    };
}
