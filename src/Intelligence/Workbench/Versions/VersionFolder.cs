using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Intelligence.Learning.Calibrating;
using Platform.Intelligence.Learning.XgboostFormat;
using Platform.Intelligence.Workbench.Fitting;

namespace Platform.Intelligence.Workbench.Versions;

internal sealed record VersionExists(string Folder) : DomainError
{
    public override string Message => $"{Folder} exists: a version is immutable. Choose another folder or remove it.";
}

internal sealed record VersionDamaged(string Folder, string Reason) : DomainError
{
    public override string Message => $"{Folder} is not a version that can be trusted: {Reason}.";
}

/// <summary>
/// A model version on disk. It is written beside its place and renamed into it, so that an interruption leaves either
/// nothing or all of it; its lock file holds the hash of every other file, and a changed file is refused.
/// </summary>
internal static class VersionFolder
{
    public const string LockFile = "data.lock.json";
    private const string Descriptor = "MLmodel";

    public static DomainError? CheckFree(string folder) =>
        File.Exists(folder) || (Directory.Exists(folder) && Directory.EnumerateFileSystemEntries(folder).Any())
            ? new VersionExists(folder)
            : null;

    /// <summary>Writes the files and answers the content hash: the same data, settings and seed give the same one.</summary>
    public static Result<string> Write(string folder, FittedModel fitted, CancellationToken ct)
    {
        if (CheckFree(folder) is { } taken)
        {
            return taken;
        }

        var full = Path.GetFullPath(folder);
        var beside = $"{full.TrimEnd(Path.DirectorySeparatorChar)}.unfinished-{Environment.ProcessId}";
        return Publish(beside, fitted, _ => full, ct).Hash;
    }

    /// <summary>
    /// Writes the next version of a model, named after its ordinal and content. Answers its name; content that is
    /// there already is not written twice.
    /// </summary>
    public static string WriteNext(string modelFolder, Func<string, int> ordinal, FittedModel fitted, CancellationToken ct)
    {
        var beside = Path.Combine(Path.GetFullPath(modelFolder), $".unfinished-{Environment.ProcessId}");
        return Path.GetFileName(Publish(beside, fitted, Named, ct).Folder);

        string Named(string hash)
        {
            string[] names = [.. Directory.GetDirectories(modelFolder).Select(path => Path.GetFileName(path)).Where(name => ordinal(name) > 0)];
            var same = Array.Find(names, name => name.EndsWith($"-{hash[..7]}", StringComparison.Ordinal));
            return Path.Combine(
                Path.GetFullPath(modelFolder),
                same ?? string.Create(CultureInfo.InvariantCulture, $"v{names.Select(ordinal).DefaultIfEmpty(0).Max() + 1}-{hash[..7]}"));
        }
    }

    private static (string Folder, string Hash) Publish(string beside, FittedModel fitted, Func<string, string> place, CancellationToken ct)
    {
        Directory.CreateDirectory(beside);
        try
        {
            var hash = Fill(beside, fitted, ct);
            var full = place(hash);
            if (Directory.Exists(full) && Directory.EnumerateFileSystemEntries(full).Any())
            {
                Directory.Delete(beside, recursive: true);
                return (full, hash);
            }

            if (Directory.Exists(full))
            {
                Directory.Delete(full);
            }

            Directory.Move(beside, full);
            return (full, hash);
        }
        catch
        {
            Directory.Delete(beside, recursive: true);
            throw;
        }
    }

    private static string Fill(string beside, FittedModel fitted, CancellationToken ct)
    {
        var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var (name, content) in VersionFiles.Of(fitted, ct))
        {
            ct.ThrowIfCancellationRequested();
            File.WriteAllBytes(Path.Combine(beside, name), content);
            hashes.Add(name, Convert.ToHexStringLower(SHA256.HashData(content)));
        }

        var lockJson = VersionFiles.LockJson(fitted, hashes);
        var content256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lockJson)));
        File.WriteAllText(Path.Combine(beside, LockFile), lockJson);
        File.WriteAllText(Path.Combine(beside, Descriptor), VersionFiles.Descriptor(fitted, content256));
        return content256;
    }

    /// <summary>Loads a version folder, or a bare model file without calibration.</summary>
    public static Result<AnsweringModel> Load(string path)
    {
        if (Directory.Exists(path))
        {
            return LoadFolder(path, "model.json");
        }

        if (!File.Exists(path))
        {
            return new VersionDamaged(path, "there is no such folder or file");
        }

        var read = ModelReader.Read(File.ReadAllBytes(path));
        return read.Succeeded(out var model)
            ? new AnsweringModel(model, NoCalibration.Instance, Band: null, Positive: null, Negative: null)
            : read.Error!;
    }

    /// <summary>Checks that every file is the one that was locked, and answers the content hash.</summary>
    public static Result<string> Verify(string folder)
    {
        var hashes = Hashes(folder);
        if (!hashes.Succeeded(out var expected))
        {
            return hashes.Error!;
        }

        foreach (var needed in (string[])["model.json", "calibration.json"])
        {
            if (!expected.ContainsKey(needed))
            {
                return new VersionDamaged(folder, $"{needed} is not locked");
            }
        }

        foreach (var (name, hash) in expected)
        {
            var file = Path.Combine(folder, name);
            if (Path.GetFileName(name) != name || !File.Exists(file) || Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) != hash)
            {
                return new VersionDamaged(folder, $"{name} is not the file that was locked");
            }
        }

        return Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(Path.Combine(folder, LockFile))));
    }

    /// <summary>Of a version of a recipe, the model that has not seen the block it was measured on.</summary>
    public static Result<AnsweringModel> LoadMeasured(string folder) => LoadFolder(folder, VersionFiles.MeasuredModel);

    private static Result<AnsweringModel> LoadFolder(string folder, string modelFile)
    {
        var verified = Verify(folder);
        if (!verified.Succeeded(out _))
        {
            return verified.Error!;
        }

        if (!File.Exists(Path.Combine(folder, modelFile)))
        {
            return new VersionDamaged(folder, $"{modelFile} is absent: it was not made from a recipe");
        }

        var read = ModelReader.Read(File.ReadAllBytes(Path.Combine(folder, modelFile)));
        if (!read.Succeeded(out var model))
        {
            return read.Error!;
        }

        try
        {
            var file = JsonSerializer.Deserialize<CalibrationFile>(File.ReadAllText(Path.Combine(folder, "calibration.json")), VersionJson.Options);
            return file?.ToCalibration() is { } calibration
                ? new AnsweringModel(model, calibration, file.ToBand(), file.Positive, file.Negative)
                : new VersionDamaged(folder, "calibration.json describes no calibration");
        }
        catch (JsonException)
        {
            return new VersionDamaged(folder, "calibration.json is not readable");
        }
    }

    private static Result<Dictionary<string, string>> Hashes(string folder)
    {
        var file = Path.Combine(folder, LockFile);
        if (!File.Exists(file))
        {
            return new VersionDamaged(folder, $"{LockFile} is absent");
        }

        try
        {
            var json = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
            return json.GetProperty("files").Deserialize<Dictionary<string, string>>() ?? [];
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new VersionDamaged(folder, $"{LockFile} is not readable");
        }
    }
}
