using System.Text;
using Platform.Intelligence.Workbench.Recipes;

namespace Platform.Tests.Intelligence.Workbench;

/// <summary>A recipe says everything, and nothing that is not understood.</summary>
public sealed class Recipes_are_read_strictly
{
    internal const string Sound = """
        name: late-orders
        decides: which orders to look at before they are late
        owner: supply team
        moments:
          ordered: the order was placed
          picked: the goods left their bins
          delivered: the customer has them
        scored_at: ordered
        label: {column: late, objective: logistic, known_at: delivered, unit: probability, definition: came after its promise}
        columns: {time: day, group: kind}
        features:
          - {name: a, known_at: ordered, unit: days, description: how tight the promise is, direction: 1}
          - {name: b, known_at: ordered, unit: pieces, description: pieces ordered}
          - {name: c, known_at: ordered, unit: pieces, description: pieces free}
          - {name: noise, known_at: ordered, unit: none, description: nothing}
          - {name: kind, known_at: ordered, unit: word, description: kind of order, kind: category}
          - {name: credit, known_at: ordered, unit: currency, description: credit left, awaiting: sales_order}
        split: {train: 0.6, calibrate: 0.2, test: 0.2}
        settings: {depth: [1, 2], trees: 60, early_stopping: 10}
        gates: {figure: log_loss, most_slice_loss: 0.1, most_ece: 0.1, two_people: true}
        seed: 7
        slices: [kind]
        limits: [Drawn at random for tests.]
        """;

    [Fact]
    public void What_is_written_is_read()
    {
        var recipe = RecipeReader.Parse("recipe.yaml", Encoding.UTF8.GetBytes(Sound)).Value;
        recipe.Name.ShouldBe("late-orders");
        recipe.Features.Count.ShouldBe(6);
        recipe.Present.Select(feature => feature.Name).ShouldBe(["a", "b", "c", "noise", "kind"]);
        recipe.Features[^1].Awaiting.ShouldBe("sales_order");
        recipe.Settings.Depth.ShouldBe([1, 2]);
        recipe.Gates.NeedsTwoPeople.ShouldBeTrue();
        recipe.Seed.ShouldBe(7UL);
    }

    [Theory]
    //          in the sound recipe      is replaced by              what is said
    [InlineData("seed: 7",               "sead: 7",                  "line 21: sead is not known")]
    [InlineData("seed: 7",               "seed: many",               "line 21: seed is many; it must be a number")]
    [InlineData("depth: [1, 2]",         "depth: [1, 99]",           "settings.depth is 99")]
    [InlineData("train: 0.6",            "train: 0.7",               "must sum to 1")]
    [InlineData("objective: logistic",   "objective: magic",         "label.objective is magic; it must be one of")]
    [InlineData("figure: log_loss",      "figure: pinball",          "does not suit logistic")]
    [InlineData("two_people: true",      "two_people: perhaps",      "must be true or false")]
    [InlineData("name: b, known_at: ordered", "name: b, known_at: delivered", "b is known at delivered, after ordered: it would tell the outcome")]
    [InlineData("name: b, known_at: ordered", "name: b, known_at: later", "b is known at later, which is not among moments")]
    [InlineData("name: b, known_at: ordered", "name: b",             "features[2].known_at is missing")]
    [InlineData("name: c,",              "name: b,",                 "b is there twice")]
    [InlineData("known_at: delivered",   "known_at: ordered",        "nothing is left to predict")]
    [InlineData("kind: category",        "kind: category, direction: 1", "it has no direction")]
    [InlineData("owner: supply team",    "owner: &a supply team",    "anchors and aliases")]
    [InlineData("owner: supply team",    "owner: [[[[[[[[[[[[[x]]]]]]]]]]]]]", "nested too deeply")]
    [InlineData("name: late-orders",     "name: Late Orders/..",     "small letters, digits and hyphens")]
    public void What_is_wrong_is_named_with_its_line(string sound, string broken, string said)
    {
        Sound.ShouldContain(sound);
        var read = RecipeReader.Parse("recipe.yaml", Encoding.UTF8.GetBytes(Sound.Replace(sound, broken, StringComparison.Ordinal)));
        read.Error.ShouldBeOfType<RecipeRefused>().Message.ShouldContain(said);
    }

    [Fact]
    public void All_faults_are_named_at_once()
    {
        var text = Sound.Replace("seed: 7", "seed: x", StringComparison.Ordinal).Replace("owner: supply team", "colour: red", StringComparison.Ordinal);
        var refused = RecipeReader.Parse("recipe.yaml", Encoding.UTF8.GetBytes(text)).Error.ShouldBeOfType<RecipeRefused>();
        refused.Faults.Count.ShouldBe(3); // owner is missing, colour is not known, seed is no number
    }

    [Theory]
    [InlineData("")]
    [InlineData("- a list")]
    [InlineData("name: [")]
    [InlineData("\0\u0001")]
    public void What_is_no_recipe_is_refused(string text) =>
        RecipeReader.Parse("recipe.yaml", Encoding.UTF8.GetBytes(text)).Error.ShouldBeOfType<RecipeRefused>();
}
