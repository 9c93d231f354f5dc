using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Recipes;
using Platform.Intelligence.Workbench.Registry;
using Platform.Intelligence.Workbench.Versions;

namespace Platform.Intelligence.Workbench.Judging;

/// <summary>
/// A version as it is judged: by the model that was measured, which has seen nothing after <see cref="SeenUntil"/>. The
/// model that serves was refitted on all rows and would be asked about what it knows.
/// </summary>
internal sealed record JudgedVersion(RegisteredVersion Registered, Recipe Recipe, AnsweringModel Measured, double SeenUntil)
{
    public string Name => Registered.Version;

    public static Result<JudgedVersion> Of(RegisteredVersion version)
    {
        var recipe = RecipeReader.Read(Path.Combine(version.Folder, RecipeReader.FileName));
        if (!recipe.Succeeded(out var asLearnt))
        {
            return recipe.Error!;
        }

        var measured = VersionFolder.LoadMeasured(version.Folder);
        if (!measured.Succeeded(out var model))
        {
            return measured.Error!;
        }

        try
        {
            using var json = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(version.Folder, VersionFolder.LockFile)));
            var blocks = json.RootElement.GetProperty("data").GetProperty("blocks");
            return new JudgedVersion(version, asLearnt, model, blocks[1].GetProperty("to").GetDouble());
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException or IndexOutOfRangeException)
        {
            return new VersionDamaged(version.Folder, $"{VersionFolder.LockFile} does not say what was seen");
        }
    }
}
