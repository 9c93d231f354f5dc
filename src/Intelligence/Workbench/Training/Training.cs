using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.CommandLine;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Recipes;
using Platform.Intelligence.Workbench.Registry;
using Platform.Intelligence.Workbench.Versions;

namespace Platform.Intelligence.Workbench.Training;

/// <summary>What a person asks of <c>ml train</c>: a model by name, its rows, and a sentence on where they came from.</summary>
internal sealed record TrainRequest(string Model, string Csv, string Data, ulong? Seed, int Threads);

/// <summary>A version that was written, and what it showed.</summary>
internal sealed record TrainedVersion(string Model, string Version, string Folder, FittedModel Fitted);

/// <summary>Follows a recipe: searches on the middle block, measures once on the last, writes the next immutable version.</summary>
internal sealed class RecipeTraining(ModelRegistry registry, WorkLog log)
{
    public Result<TrainedVersion> Run(TrainRequest request, CancellationToken ct)
    {
        var read = registry.Recipe(request.Model);
        if (!read.Succeeded(out var recipe))
        {
            return read.Error!;
        }

        foreach (var feature in recipe.Features.Where(feature => feature.Awaiting is not null))
        {
            log.Say($"Awaiting {feature.Awaiting}: {feature.Name} is not learnt yet");
        }

        var folder = registry.FolderOf(request.Model);
        var content = File.ReadAllBytes(Path.Combine(folder, RecipeReader.FileName));
        var fit = FitOf(recipe, request) with { Recipe = new RecipeOrigin(recipe, content, request.Data) };
        var run = new ModelFitting(fit, log).Run(ct);
        if (!run.Succeeded(out var fitted))
        {
            return run.Error!;
        }

        var version = VersionFolder.WriteNext(folder, ModelRegistry.Ordinal, fitted, ct);
        return new TrainedVersion(request.Model, version, Path.Combine(folder, version), fitted);
    }

    /// <summary>The recipe as a fit. Features that await their source are left out by not being asked for.</summary>
    public static FitRequest FitOf(Recipe recipe, TrainRequest request)
    {
        var settings = recipe.Settings;
        return new FitRequest
        {
            Csv = request.Csv,
            Label = recipe.Label.Column,
            Objective = recipe.Label.Objective,
            Quantile = recipe.Label.Quantile ?? 0.5,
            Distribution = recipe.Label.Distribution ?? "normal",
            Scale = recipe.Label.Scale ?? 1,
            Observed = recipe.Label.Observed,
            Positive = recipe.Label.Positive,
            Time = recipe.Columns.Time,
            Unit = recipe.Columns.Unit,
            Weight = recipe.Columns.Weight,
            Source = recipe.Columns.Group,
            MostInfluence = settings.MostInfluence,
            Features = [.. recipe.Present.Select(feature => feature.Name)],
            Categorical = [.. recipe.Present.Where(feature => feature.IsCategory).Select(feature => feature.Name)],
            Monotone = recipe.Present.Where(feature => feature.Direction != 0)
                .ToDictionary(feature => feature.Name, feature => feature.Direction, StringComparer.Ordinal),
            Slices = recipe.Slices,
            Shares = (recipe.Split.Train, recipe.Split.Calibrate, recipe.Split.Test),
            Search =
            [
                .. from depth in settings.Depth
                   from eta in settings.Eta
                   from weight in settings.MinChildWeight
                   from lambda in settings.Lambda
                   select new SearchedSettings(depth, eta, weight, lambda),
            ],
            Trees = settings.Trees,
            EarlyStopping = settings.Patience,
            Subsample = settings.Subsample,
            ColumnSample = settings.ColumnSample,
            Seed = request.Seed ?? recipe.Seed,
            Threads = request.Threads,
            Out = "",
        };
    }
}
