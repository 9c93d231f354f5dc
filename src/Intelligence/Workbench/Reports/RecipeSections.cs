using System.Globalization;
using System.Text;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Recipes;

namespace Platform.Intelligence.Workbench.Reports;

/// <summary>What a card says of the recipe: the decision, the label, every input with its clock, slices, the way back.</summary>
internal static class RecipeSections
{
    /// <summary>How a model is called: by its recipe, else by its label.</summary>
    public static string Title(FittedModel fitted) => fitted.Request.Recipe?.Recipe.Name ?? fitted.Request.Label;

    public static void Decision(StringBuilder card, RecipeOrigin origin)
    {
        var recipe = origin.Recipe;
        card.Append(CultureInfo.InvariantCulture, $"**Decides:** {recipe.Decides} Owner: {recipe.Owner}.\n\n");
        card.Append(CultureInfo.InvariantCulture, $"**Data:** {origin.Data}.\n\n");
        card.Append(CultureInfo.InvariantCulture, $"**Label:** `{recipe.Label.Column}` ({recipe.Label.Unit}), known at {recipe.Label.KnownAt}: {recipe.Label.Definition}\n\n");
        card.Append(CultureInfo.InvariantCulture, $"**Scored at:** {recipe.ScoredAt}. Moments in their order: ")
            .AppendJoin("; ", recipe.Moments.Select(moment => $"{moment.Name} ({moment.Meaning})")).Append(".\n\n");
    }

    public static void Inputs(StringBuilder card, Recipe recipe)
    {
        card.Append("## Inputs\n\n| feature | known at | unit | what it is |\n| --- | --- | --- | --- |\n");
        foreach (var feature in recipe.Present)
        {
            card.Append(CultureInfo.InvariantCulture, $"| {feature.Name} | {feature.KnownAt} | {feature.Unit} | {feature.Description} |\n");
        }

        card.Append('\n');
        var awaited = recipe.Features.Where(feature => feature.Awaiting is not null).ToArray();
        if (awaited.Length > 0)
        {
            card.Append("Declared and not learnt, because their source does not exist yet: ")
                .AppendJoin("; ", awaited.Select(feature => $"{feature.Name} (awaits {feature.Awaiting})")).Append(".\n\n");
        }
    }

    public static void Slices(StringBuilder card, FittedModel fitted)
    {
        if (fitted.Slices.Count == 0)
        {
            return;
        }

        var names = fitted.Slices[0].Figures.Select(figure => figure.Name).Where(name => !name.StartsWith("recall", StringComparison.Ordinal)).Take(6).ToArray();
        card.Append("## Slices\nOf the last block, values with at least 30 rows.\n\n| slice | rows | ").AppendJoin(" | ", names).Append(" |\n| --- | ---: |")
            .Append(string.Concat(names.Select(_ => " ---: |"))).Append('\n');
        foreach (var slice in fitted.Slices)
        {
            card.Append(CultureInfo.InvariantCulture, $"| {slice.Column} {slice.Value} | {slice.Rows} | ").AppendJoin(" | ", names.Select(name =>
                slice.Figures.Single(figure => figure.Name == name).Estimate.Value.ToString("G4", CultureInfo.InvariantCulture))).Append(" |\n");
        }

        card.Append('\n');
    }

    public static void Serving(StringBuilder card, Recipe recipe)
    {
        var gates = recipe.Gates;
        card.Append(CultureInfo.InvariantCulture,
            $"## Serving\nGates: better than the champion by {gates.Figure} (paired resamples, 95 %); no slice of 50 rows worse by more than {gates.MostSliceLoss:P0}");
        if (gates.MostCalibrationError is { } most)
        {
            card.Append(CultureInfo.InvariantCulture, $"; calibration error at most {most}");
        }

        card.Append(gates.NeedsTwoPeople ? "; two people.\n" : ".\n");
        card.Append(CultureInfo.InvariantCulture, $"Back to the version before: `./platform ml rollback {recipe.Name} --by NAME`\n\n");
    }
}
