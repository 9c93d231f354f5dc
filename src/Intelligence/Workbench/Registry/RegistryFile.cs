using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Versions;

namespace Platform.Intelligence.Workbench.Registry;

/// <summary>What happened to the aliases of a model: who asked, who agreed, and on which figures.</summary>
internal sealed record RegistryEvent
{
    public required DateTimeOffset At { get; init; }

    /// <summary>champion, challenger or rollback.</summary>
    public required string What { get; init; }

    public required string Version { get; init; }

    public string? InsteadOf { get; init; }

    public required string By { get; init; }

    /// <summary>The second person of a promotion that needs two.</summary>
    public string? AgreedBy { get; init; }

    public IReadOnlyList<string>? Gates { get; init; }
}

/// <summary>The aliases of one model. A version is pinned by the hash of its lock file, which holds those of all its files.</summary>
internal sealed record RegistryEntry
{
    public string? Champion { get; init; }

    public string? Challenger { get; init; }

    /// <summary>Content hash by version.</summary>
    public IReadOnlyDictionary<string, string> Pinned { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    public IReadOnlyList<RegistryEvent> History { get; init; } = [];
}

internal sealed record RegistryDamaged(string File, string Reason) : DomainError
{
    public override string Message => $"{File} is not a registry: {Reason}.";
}

internal sealed record RegistryBusy(string File) : DomainError
{
    public override string Message => $"{File} is being changed by somebody else; try again.";
}

/// <summary><c>models/registry.json</c>: written beside its place and renamed, one writer at a time.</summary>
internal static class RegistryFile
{
    private const int LargestFile = 16 * 1024 * 1024;

    public static Result<SortedDictionary<string, RegistryEntry>> Read(string file)
    {
        if (!File.Exists(file))
        {
            return new SortedDictionary<string, RegistryEntry>(StringComparer.Ordinal);
        }

        if (new FileInfo(file).Length > LargestFile)
        {
            return new RegistryDamaged(file, "it is larger than 16 MB");
        }

        try
        {
            var entries = JsonSerializer.Deserialize<SortedDictionary<string, RegistryEntry>>(File.ReadAllBytes(file), VersionJson.Options);
            return entries is null || entries.Values.Any(entry => entry is null)
                ? new RegistryDamaged(file, "it is empty")
                : new SortedDictionary<string, RegistryEntry>(entries, StringComparer.Ordinal);
        }
        catch (JsonException broken)
        {
            return new RegistryDamaged(file, broken.Message);
        }
    }

    /// <summary>Changes one entry under a lock that dies with the process.</summary>
    public static Result<RegistryEntry> Change(string file, string model, Func<RegistryEntry, Result<RegistryEntry>> change)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file))!);
        FileStream held;
        try
        {
            held = new FileStream($"{file}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, 1, FileOptions.DeleteOnClose);
        }
        catch (IOException)
        {
            return new RegistryBusy(file);
        }

        using (held)
        {
            var read = Read(file);
            if (!read.Succeeded(out var entries))
            {
                return read.Error!;
            }

            var changed = change(entries.GetValueOrDefault(model) ?? new RegistryEntry());
            if (!changed.Succeeded(out var entry))
            {
                return changed;
            }

            entries[model] = entry;
            var beside = $"{file}.unfinished-{Environment.ProcessId}";
            using (var stream = new FileStream(beside, FileMode.Create, FileAccess.Write))
            {
                stream.Write(JsonSerializer.SerializeToUtf8Bytes(entries, VersionJson.Options));
                stream.Write("\n"u8);
                stream.Flush(flushToDisk: true);
            }

            File.Move(beside, file, overwrite: true);
            return entry;
        }
    }
}
