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
    private const string Lock = "data.lock.json";
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
        Directory.CreateDirectory(beside);
        try
        {
            var files = VersionFiles.Of(fitted, ct);
            var hashes = new SortedDictionary<string, string>(StringComparer.Ordinal);
            foreach (var (name, content) in files)
            {
                ct.ThrowIfCancellationRequested();
                File.WriteAllBytes(Path.Combine(beside, name), content);
                hashes.Add(name, Convert.ToHexStringLower(SHA256.HashData(content)));
            }

            var lockJson = VersionFiles.LockJson(fitted, hashes);
            var content256 = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(lockJson)));
            File.WriteAllText(Path.Combine(beside, Lock), lockJson);
            File.WriteAllText(Path.Combine(beside, Descriptor), VersionFiles.Descriptor(fitted, content256));
            if (Directory.Exists(full))
            {
                Directory.Delete(full);
            }

            Directory.Move(beside, full);
            return content256;
        }
        catch
        {
            Directory.Delete(beside, recursive: true);
            throw;
        }
    }

    /// <summary>Loads a version folder, or a bare model file without calibration.</summary>
    public static Result<AnsweringModel> Load(string path)
    {
        if (Directory.Exists(path))
        {
            return LoadFolder(path);
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

    private static Result<AnsweringModel> LoadFolder(string folder)
    {
        var hashes = Hashes(folder);
        if (!hashes.Succeeded(out var expected))
        {
            return hashes.Error!;
        }

        foreach (var name in (string[])["model.json", "calibration.json"])
        {
            var file = Path.Combine(folder, name);
            if (!File.Exists(file) || !expected.TryGetValue(name, out var hash)
                || Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file))) != hash)
            {
                return new VersionDamaged(folder, $"{name} is not the file that was locked");
            }
        }

        var read = ModelReader.Read(File.ReadAllBytes(Path.Combine(folder, "model.json")));
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
        var file = Path.Combine(folder, Lock);
        if (!File.Exists(file))
        {
            return new VersionDamaged(folder, $"{Lock} is absent");
        }

        try
        {
            var json = JsonDocument.Parse(File.ReadAllText(file)).RootElement;
            return json.GetProperty("files").Deserialize<Dictionary<string, string>>() ?? [];
        }
        catch (Exception broken) when (broken is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return new VersionDamaged(folder, $"{Lock} is not readable");
        }
    }
}
