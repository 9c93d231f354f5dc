using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Trees;

namespace Platform.Intelligence.Learning.XgboostFormat;

/// <summary>A model file was refused before anything of it was evaluated.</summary>
internal sealed record ModelFileRefused(string Reason) : DomainError
{
    public override string Message => $"The model file is refused: {Reason}.";
}

/// <summary>
/// Reads XGBoost's JSON (1.x to 3.x). A model file is hostile input: everything that evaluation relies on (indices,
/// no cycle, lengths, finite numbers, sizes) is checked here, so that scoring needs no check at all.
/// </summary>
internal static class ModelReader
{
    public const int MaxBytes = 256 * 1024 * 1024;
    public const int MaxTrees = 50_000;
    public const int MaxFeatures = 32_000;

    public static Result<BoostedModel> Read(byte[] text)
    {
        if (text.Length > MaxBytes)
        {
            return new ModelFileRefused($"it is larger than {MaxBytes >> 20} MB");
        }

        try
        {
            return Model(new JsonPath(JsonTree.Parse(text), "model"));
        }
        catch (JsonRefused refused)
        {
            return new ModelFileRefused($"it is not JSON: {refused.Message}; XGBoost writes JSON with save_model('model.json')");
        }
        catch (FormatRefused refused)
        {
            return new ModelFileRefused(refused.Message);
        }
    }

    private static BoostedModel Model(JsonPath file)
    {
        var learner = file["learner"];
        var parameters = learner["learner_model_param"];
        var width = parameters["num_feature"].Count(MaxFeatures);
        if (parameters["num_class"].Count(int.MaxValue) > 1 || parameters.Optional("num_target")?.Count(int.MaxValue) > 1)
        {
            throw new FormatRefused("it has several outputs; models here have one");
        }

        var objective = ObjectiveReader.Read(learner["objective"]);
        var baseScore = BaseScore(parameters["base_score"]);
        if (!objective.AllowsBaseScore(baseScore))
        {
            throw new FormatRefused($"base_score {baseScore.ToString(CultureInfo.InvariantCulture)} has no margin under {objective.Name}");
        }

        var attributes = Attributes(learner.Optional("attributes"));
        var trees = Trees(learner["gradient_booster"], width);
        var names = Names(learner.Optional("feature_names"), width);
        var types = Names(learner.Optional("feature_types"), width);
        return new BoostedModel
        {
            Objective = objective,
            BaseScore = baseScore,
            Features = CategoryNames.Describe(names, types, width, trees, attributes),
            Trees = trees,
            Attributes = attributes,
            NamesFeatures = names.Count > 0,
            FeatureTypes = types,
            BoostsFromAverage = parameters.Optional("boost_from_average")?.Count(1) == 1,
        };
    }

    /// <summary>A number in a string; since 3.1 a list in a string.</summary>
    private static float BaseScore(JsonPath path)
    {
        var text = path.Text();
        var inner = text.StartsWith('[') && text.EndsWith(']') ? text[1..^1] : text;
        return float.TryParse(inner, NumberStyles.Float, CultureInfo.InvariantCulture, out var score)
            ? score
            : throw new FormatRefused($"{path.Name} is {JsonPath.Shorten(text)}; one number is expected");
    }

    private static List<string> Names(JsonPath? path, int width)
    {
        List<string> names = [.. path?.List().Select(item => item.Text()) ?? []];
        if (names.Count != 0 && names.Count != width)
        {
            throw new FormatRefused($"{path!.Name} has {names.Count} entries; {width} are expected");
        }

        return names;
    }

    private static SortedDictionary<string, string> Attributes(JsonPath? path)
    {
        var attributes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var name in path?.Members().Keys.ToArray() ?? [])
        {
            attributes.Add(name, path![name].Text());
        }

        return attributes;
    }

    private static List<Tree> Trees(JsonPath booster, int width)
    {
        if (booster["name"].Text() is not "gbtree" and var name)
        {
            throw new FormatRefused($"the booster is {JsonPath.Shorten(name)}; gbtree is expected");
        }

        var model = booster["model"];
        var count = model["gbtree_model_param"]["num_trees"].Count(MaxTrees);
        var files = model["trees"].List();
        if (files.Count != count)
        {
            throw new FormatRefused($"{files.Count} trees are listed and {count} announced");
        }

        if (model["tree_info"].Integers(count).Any(group => group != 0))
        {
            throw new FormatRefused("its trees belong to several outputs; models here have one");
        }

        var budget = new NodeBudget();
        return [.. files.Select(tree => TreeReader.Read(tree, width, budget))];
    }
}
