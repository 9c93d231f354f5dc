using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Registry;

namespace Platform.Intelligence.Workbench.Judging;

/// <summary>What a person asks of <c>ml promote</c>.</summary>
internal sealed record PromotionRequest(string Model, string Version, string Csv, string By, string? AgreedBy);

internal sealed record Promoted(RegisteredVersion Version, string? InsteadOf, IReadOnlyList<GateAnswer> Answers);

/// <summary>Asks the gates and, when all are open, makes a version the champion.</summary>
internal sealed class Promotion(ModelRegistry registry, TimeProvider clock)
{
    public Result<Promoted> Run(PromotionRequest request, CancellationToken ct)
    {
        var compared = Compare(request, ct);
        if (!compared.Succeeded(out var pair))
        {
            return compared.Error!;
        }

        // The recipe of today has the say, not the one the version brought along.
        var recipe = registry.Recipe(request.Model);
        if (!recipe.Succeeded(out var today))
        {
            return recipe.Error!;
        }

        var answers = Gates.Ask(today, pair.Comparison, request.By, request.AgreedBy);
        if (answers.Any(answer => !answer.IsPassed))
        {
            return new GatesClosed($"{request.Model} {pair.After.Name}", answers);
        }

        var entry = registry.Promote(
            pair.After.Registered, request.By, request.AgreedBy, [.. answers.Select(answer => answer.ToString())], clock.GetUtcNow());
        return entry.Succeeded(out _) ? new Promoted(pair.After.Registered, pair.Before?.Name, answers) : entry.Error!;
    }

    private Result<(JudgedVersion? Before, JudgedVersion After, Comparison Comparison)> Compare(PromotionRequest request, CancellationToken ct)
    {
        var found = registry.Find(request.Model, request.Version);
        if (!found.Succeeded(out var version))
        {
            return found.Error!;
        }

        var judged = JudgedVersion.Of(version);
        if (!judged.Succeeded(out var after))
        {
            return judged.Error!;
        }

        var serving = Champion(request.Model, version.Version);
        if (serving is { Error: { } fault })
        {
            return fault;
        }

        var table = OutcomeTable.Read(request.Csv, after.Recipe, after.Measured, ct);
        if (!table.Succeeded(out var rows))
        {
            return table.Error!;
        }

        var comparison = Comparison.Of(serving?.Value, after, rows);
        return comparison.Succeeded(out var figures) ? (serving?.Value, after, figures) : comparison.Error!;
    }

    /// <summary>The version to beat, or null when none serves or it is the one that is asked for.</summary>
    private Result<JudgedVersion>? Champion(string model, string asked)
    {
        var entry = registry.Entry(model);
        if (!entry.Succeeded(out var aliases))
        {
            return entry.Error!;
        }

        if (aliases.Champion is null || aliases.Champion == asked)
        {
            return null;
        }

        var champion = registry.Champion(model);
        return champion.Succeeded(out var version) ? JudgedVersion.Of(version) : champion.Error!;
    }
}
