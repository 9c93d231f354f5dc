using System.Globalization;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Fitting;
using Platform.Intelligence.Workbench.Recipes;
using Platform.Intelligence.Workbench.Versions;

namespace Platform.Intelligence.Workbench.Registry;

/// <summary>A version that was verified file by file, ready to answer.</summary>
internal sealed record RegisteredVersion(string Model, string Version, string Folder, string ContentHash, AnsweringModel Answering);

internal sealed record UnknownModel(string Name, string Folder) : DomainError
{
    public override string Message => $"{Folder} has no model {Name}.";
}

internal sealed record UnknownVersion(string Model, string Version, IReadOnlyList<string> Known) : DomainError
{
    public override string Message => Known.Count == 0
        ? $"{Model} has no {Version}; no version was trained yet."
        : $"{Model} has no {Version}; there are {string.Join(", ", Known)}.";
}

/// <summary>
/// The folder <c>models</c>: a folder per model with its recipe and its immutable versions, and the registry that says
/// which version serves. Every read goes to the files: what one process promotes, another sees.
/// </summary>
internal sealed class ModelRegistry(string folder)
{
    public const string ChampionAlias = "champion";
    public const string ChallengerAlias = "challenger";

    public string Folder { get; } = folder;

    public string File => Path.Combine(Folder, "registry.json");

    public string FolderOf(string model) => Path.Combine(Folder, model);

    /// <summary>Models that have a recipe.</summary>
    public IReadOnlyList<string> Models => !Directory.Exists(Folder) ? [] :
    [
        .. Directory.GetDirectories(Folder).Where(path => System.IO.File.Exists(Path.Combine(path, RecipeReader.FileName)))
            .Select(path => Path.GetFileName(path)).Order(StringComparer.Ordinal),
    ];

    public Result<Recipe> Recipe(string model) => Directory.Exists(FolderOf(model))
        ? RecipeReader.Read(Path.Combine(FolderOf(model), RecipeReader.FileName))
        : new UnknownModel(model, Folder);

    public Result<RegistryEntry> Entry(string model)
    {
        var read = RegistryFile.Read(File);
        return read.Succeeded(out var entries) ? entries.GetValueOrDefault(model) ?? new RegistryEntry() : read.Error!;
    }

    /// <summary>Versions on disk, oldest first.</summary>
    public IReadOnlyList<string> Versions(string model) => !Directory.Exists(FolderOf(model)) ? [] :
    [
        .. Directory.GetDirectories(FolderOf(model)).Select(path => Path.GetFileName(path))
            .Where(name => Ordinal(name) > 0).OrderBy(Ordinal).ThenBy(name => name, StringComparer.Ordinal),
    ];

    /// <summary>The version that serves.</summary>
    public Result<RegisteredVersion> Champion(string model) => Find(model, ChampionAlias);

    /// <summary>A version by its name or alias, verified: its files are those that were locked, its lock the one that was pinned.</summary>
    public Result<RegisteredVersion> Find(string model, string versionOrAlias)
    {
        var read = Entry(model);
        if (!read.Succeeded(out var entry))
        {
            return read.Error!;
        }

        var version = versionOrAlias switch
        {
            ChampionAlias => entry.Champion,
            ChallengerAlias => entry.Challenger,
            _ => versionOrAlias,
        };
        if (version is null || !Versions(model).Contains(version, StringComparer.Ordinal))
        {
            return new UnknownVersion(model, version ?? versionOrAlias, Versions(model));
        }

        var path = Path.Combine(FolderOf(model), version);
        var verified = VersionFolder.Verify(path);
        if (!verified.Succeeded(out var hash))
        {
            return verified.Error!;
        }

        if (!version.EndsWith($"-{hash[..7]}", StringComparison.Ordinal)
            || (entry.Pinned.TryGetValue(version, out var pinned) && pinned != hash))
        {
            return new VersionDamaged(path, "its lock file is not the one it is named after");
        }

        var loaded = VersionFolder.Load(path);
        return loaded.Succeeded(out var answering) ? new RegisteredVersion(model, version, path, hash, answering) : loaded.Error!;
    }

    /// <summary>Makes a verified version the champion. The gates are asked before; their answers are kept.</summary>
    public Result<RegistryEntry> Promote(
        RegisteredVersion version, string by, string? agreedBy, IReadOnlyList<string> gates, DateTimeOffset at) =>
        RegistryFile.Change(File, version.Model, entry => entry with
        {
            Champion = version.Version,
            Challenger = entry.Challenger == version.Version ? null : entry.Challenger,
            Pinned = Pin(entry, version),
            History =
            [
                .. entry.History,
                new RegistryEvent
                {
                    At = at, What = ChampionAlias, Version = version.Version, InsteadOf = entry.Champion, By = by, AgreedBy = agreedBy, Gates = gates,
                },
            ],
        });

    /// <summary>Lets a version score beside the champion without filing.</summary>
    public Result<RegistryEntry> Challenge(RegisteredVersion version, string by, DateTimeOffset at) =>
        RegistryFile.Change(File, version.Model, entry => entry with
        {
            Challenger = version.Version,
            Pinned = Pin(entry, version),
            History =
            [
                .. entry.History,
                new RegistryEvent { At = at, What = ChallengerAlias, Version = version.Version, InsteadOf = entry.Challenger, By = by },
            ],
        });

    /// <summary>Goes back to the champion before the present one. No gate: going back must always be possible.</summary>
    public Result<RegistryEntry> RollBack(string model, string by, DateTimeOffset at) => RegistryFile.Change(File, model, entry =>
    {
        var before = Previous(entry);
        return before is null
            ? new NothingToRollBackTo(model)
            : Result.Of(entry with
            {
                Champion = before,
                History =
                [
                    .. entry.History,
                    new RegistryEvent { At = at, What = "rollback", Version = before, InsteadOf = entry.Champion, By = by },
                ],
            });
    });

    // Steps back through promotions only, so that rolling back twice goes further back and not to and fro.
    private static string? Previous(RegistryEntry entry)
    {
        var at = entry.Champion;
        for (var i = entry.History.Count - 1; i >= 0; i--)
        {
            if (entry.History[i] is { What: ChampionAlias, InsteadOf: { } before } promoted && promoted.Version == at)
            {
                return before;
            }
        }

        return null;
    }

    private static Dictionary<string, string> Pin(RegistryEntry entry, RegisteredVersion version) =>
        new(entry.Pinned, StringComparer.Ordinal) { [version.Version] = version.ContentHash };

    /// <summary>Of <c>v12-3f2a9c1</c> the 12; 0 of anything else.</summary>
    public static int Ordinal(string version)
    {
        var hyphen = version.IndexOf('-', StringComparison.Ordinal);
        return hyphen > 1 && version[0] == 'v' && version.Length == hyphen + 8
            && int.TryParse(version.AsSpan(1, hyphen - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var ordinal)
            ? ordinal
            : 0;
    }
}

internal sealed record NothingToRollBackTo(string Model) : DomainError
{
    public override string Message => $"{Model} had no champion before the present one.";
}
