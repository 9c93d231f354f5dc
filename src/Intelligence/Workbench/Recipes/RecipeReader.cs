using System.Security.Cryptography;
using System.Text;
using Platform.Domain.Kernel;
using YamlDotNet.Core;
using YamlDotNet.Core.Events;
using YamlDotNet.RepresentationModel;

namespace Platform.Intelligence.Workbench.Recipes;

/// <summary>Reads <c>recipe.yaml</c> strictly: an unknown key or a bad value is named with its line, all at once.</summary>
internal static class RecipeReader
{
    public const string FileName = "recipe.yaml";

    private const int LargestFile = 256 * 1024;
    private const int Deepest = 12;

    public static Result<Recipe> Read(string file)
    {
        if (!File.Exists(file))
        {
            return new RecipeRefused(file, [new RecipeFault(1, "there is no such file")]);
        }

        if (new FileInfo(file).Length > LargestFile)
        {
            return new RecipeRefused(file, [new RecipeFault(1, "it is larger than 256 kB")]);
        }

        return Parse(file, File.ReadAllBytes(file));
    }

    public static Result<Recipe> Parse(string file, byte[] content)
    {
        var faults = new List<RecipeFault>();
        var text = Encoding.UTF8.GetString(content);
        try
        {
            if (Harm(text) is { } harm)
            {
                return new RecipeRefused(file, [harm]);
            }

            var stream = new YamlStream();
            stream.Load(new StringReader(text));
            if (stream.Documents is not [{ RootNode: YamlMappingNode root }])
            {
                return new RecipeRefused(file, [new RecipeFault(1, "one document with fields is expected")]);
            }

            var recipe = Recipe(new YamlFields(root, "", 1, faults), Convert.ToHexStringLower(SHA256.HashData(content)));
            return faults.Count == 0 ? recipe : new RecipeRefused(file, [.. faults.OrderBy(fault => fault.Line)]);
        }
        catch (YamlException broken)
        {
            return new RecipeRefused(file, [new RecipeFault((int)broken.Start.Line, broken.Message)]);
        }
    }

    // Events come without recursion: what would build a bottomless tree is refused before a tree is built.
    private static RecipeFault? Harm(string text)
    {
        var parser = new Parser(new StringReader(text));
        var depth = 0;
        while (parser.MoveNext())
        {
            var line = (int)parser.Current!.Start.Line;
            depth += parser.Current.NestingIncrease;
            if (depth > Deepest)
            {
                return new RecipeFault(line, "it is nested too deeply");
            }

            if (parser.Current is AnchorAlias or NodeEvent { Anchor.IsEmpty: false })
            {
                return new RecipeFault(line, "anchors and aliases are not allowed");
            }
        }

        return null;
    }

    private static Recipe Recipe(YamlFields fields, string sha256)
    {
        var moments = Moments(fields);
        var label = Label(fields.Inner("label"));
        var recipe = new Recipe
        {
            Name = fields.Text("name"),
            Decides = fields.Text("decides"),
            Owner = fields.Text("owner"),
            Moments = moments,
            ScoredAt = fields.Text("scored_at"),
            Label = label,
            Columns = Columns(fields.Inner("columns")),
            Features = [.. fields.Many("features").Select(Feature)],
            Split = Split(fields.Inner("split")),
            Settings = Settings(fields.Inner("settings")),
            Gates = Gates(fields.Inner("gates"), label),
            Seed = (ulong)fields.Number("seed", 0, 1e15),
            Slices = fields.Texts("slices"),
            Limits = fields.Texts("limits"),
            Sha256 = sha256,
        };
        if (recipe.Name.Length > 0 && !IsName(recipe.Name))
        {
            fields.Fault("name", $"name is {recipe.Name}; small letters, digits and hyphens are expected");
        }

        CheckClocks(recipe, fields);
        fields.RefuseOthers();
        return recipe;
    }

    private static List<Moment> Moments(YamlFields fields)
    {
        var inner = fields.Inner("moments");
        List<Moment> moments = [.. inner.Names.ToArray().Select(name => new Moment(name, inner.Text(name)))];
        inner.RefuseOthers();
        return moments;
    }

    private static RecipeLabel Label(YamlFields fields)
    {
        var objective = fields.Choice("objective", "logistic", "squared", "pinball", "poisson", "aft");
        var label = new RecipeLabel(
            fields.Text("column"), objective, fields.Text("known_at"), fields.Text("unit"), fields.Text("definition"),
            fields.Optional("observed"), fields.Optional("positive"), fields.OptionalNumber("quantile", 0.001, 0.999),
            fields.Optional("distribution") is null ? null : fields.Choice("distribution", "normal", "logistic", "extreme"),
            fields.OptionalNumber("scale", 0.01, 100), fields.Optional("awaiting"));
        if (label.Observed is not null && objective != "aft")
        {
            fields.Fault("observed", $"label.observed belongs to aft, not to {objective}");
        }

        fields.RefuseOthers();
        return label;
    }

    private static RecipeColumns Columns(YamlFields fields)
    {
        var columns = new RecipeColumns(fields.Text("time"), fields.Optional("unit"), fields.Optional("group"), fields.Optional("weight"));
        fields.RefuseOthers();
        return columns;
    }

    private static RecipeFeature Feature(YamlFields fields)
    {
        var kind = fields.Optional("kind") is null ? "number" : fields.Choice("kind", "number", "category");
        var direction = (int)(fields.OptionalNumber("direction", -1, 1) ?? 0);
        var feature = new RecipeFeature(
            fields.Text("name"), fields.Text("known_at"), fields.Text("unit"), fields.Text("description"), kind == "category", direction,
            fields.Optional("awaiting"));
        if (feature.IsCategory && direction != 0)
        {
            fields.Fault("direction", $"{feature.Name} is a category; it has no direction");
        }

        fields.RefuseOthers();
        return feature;
    }

    private static RecipeSplit Split(YamlFields fields)
    {
        var split = new RecipeSplit(
            fields.Number("train", 0.1, 0.9), fields.Number("calibrate", 0.05, 0.5), fields.Number("test", 0.05, 0.5));
        fields.RefuseOthers();
        if (Math.Abs(split.Train + split.Calibrate + split.Test - 1) > 1e-9)
        {
            fields.Fault("train", "split: the three shares must sum to 1");
        }

        return split;
    }

    private static RecipeSettings Settings(YamlFields fields)
    {
        var plain = new RecipeSettings();
        var settings = new RecipeSettings
        {
            Depth = [.. (fields.Numbers("depth", 1, 12) ?? [2]).Select(depth => (int)depth)],
            Eta = fields.Numbers("eta", 1e-4, 1) ?? plain.Eta,
            MinChildWeight = fields.Numbers("min_child_weight", 0, 1e6) ?? plain.MinChildWeight,
            Lambda = fields.Numbers("lambda", 0, 1e6) ?? plain.Lambda,
            Subsample = fields.OptionalNumber("subsample", 0.01, 1) ?? plain.Subsample,
            ColumnSample = fields.OptionalNumber("colsample", 0.01, 1) ?? plain.ColumnSample,
            Trees = (int)(fields.OptionalNumber("trees", 1, 10_000) ?? plain.Trees),
            Patience = (int)(fields.OptionalNumber("early_stopping", 0, 1_000) ?? plain.Patience),
            MostInfluence = fields.OptionalNumber("most_influence", 0.001, 1) ?? plain.MostInfluence,
        };
        if (settings.Depth.Count * settings.Eta.Count * settings.MinChildWeight.Count * settings.Lambda.Count > 64)
        {
            fields.Fault("depth", "settings: more than 64 combinations would be searched");
        }

        fields.RefuseOthers();
        return settings;
    }

    private static RecipeGates Gates(YamlFields fields, RecipeLabel label)
    {
        var figure = fields.Choice("figure", "log_loss", "absolute_error", "pinball");
        var gates = new RecipeGates(
            figure switch { "log_loss" => GateFigure.LogLoss, "pinball" => GateFigure.Pinball, _ => GateFigure.AbsoluteError },
            fields.Number("most_slice_loss", 0, 1), fields.OptionalNumber("most_ece", 0, 1), fields.Flag("two_people"));
        if ((gates.Figure == GateFigure.LogLoss) != (label.Objective == "logistic"))
        {
            fields.Fault("figure", $"gates.figure {figure} does not suit {label.Objective}");
        }

        fields.RefuseOthers();
        return gates;
    }

    /// <summary>A feature that becomes known after the moment of scoring, or with the outcome, is leakage.</summary>
    private static void CheckClocks(Recipe recipe, YamlFields fields)
    {
        string[] order = [.. recipe.Moments.Select(moment => moment.Name)];
        int At(string moment) => Array.IndexOf(order, moment);
        void Known(string field, string what, string moment)
        {
            if (moment.Length > 0 && At(moment) < 0)
            {
                fields.Fault(field, $"{what} is known at {moment}, which is not among moments");
            }
        }

        Known("scored_at", "scored_at", recipe.ScoredAt);
        Known("label", "the label", recipe.Label.KnownAt);
        if (At(recipe.Label.KnownAt) >= 0 && At(recipe.Label.KnownAt) <= At(recipe.ScoredAt))
        {
            fields.Fault("label", $"the label is known at {recipe.Label.KnownAt}, before or when the row is scored: nothing is left to predict");
        }

        var seen = new HashSet<string>(StringComparer.Ordinal) { recipe.Label.Column };
        foreach (var feature in recipe.Features)
        {
            Known("features", feature.Name, feature.KnownAt);
            if (At(feature.KnownAt) > At(recipe.ScoredAt))
            {
                fields.Fault("features", $"{feature.Name} is known at {feature.KnownAt}, after {recipe.ScoredAt}: it would tell the outcome");
            }

            if (!seen.Add(feature.Name))
            {
                fields.Fault("features", $"{feature.Name} is there twice, or is the label");
            }
        }
    }

    // It becomes the name of a folder.
    private static bool IsName(string name) =>
        name.Length is >= 2 and <= 60 && char.IsAsciiLetterLower(name[0])
        && name.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-');
}
