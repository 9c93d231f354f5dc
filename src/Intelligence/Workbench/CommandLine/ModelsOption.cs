using System.CommandLine;
using Platform.Domain.Kernel;
using Platform.Intelligence.Workbench.Registry;

namespace Platform.Intelligence.Workbench.CommandLine;

internal sealed record NotAReference(string Text) : DomainError
{
    public override string Message => $"{Text} names no version: model@champion, model@challenger or model@v1-3f2a9c1 is expected.";
}

/// <summary>The folder of models, and versions named in it.</summary>
internal static class ModelsOption
{
    public static Option<string> Folder { get; } = new("--models")
    {
        Description = "The folder of models (default: Platform__Models__Folder, else the nearest folder models above).",
        DefaultValueFactory = _ => ModelsFolder.Default(),
    };

    public static Argument<string> Model { get; } = new("model") { Description = "The model's name, a folder of models." };

    public static Argument<string> Version { get; } = new("version") { Description = "model@champion, model@challenger or model@v1-3f2a9c1." };

    public static ModelRegistry Registry(ParseResult call) => new(call.GetRequiredValue(Folder));

    /// <summary>Of <c>lead-time-drift@champion</c> the version.</summary>
    public static Result<RegisteredVersion> Find(ModelRegistry registry, string reference)
    {
        var at = reference.IndexOf('@', StringComparison.Ordinal);
        return at > 0 && at < reference.Length - 1
            ? registry.Find(reference[..at], reference[(at + 1)..])
            : new NotAReference(reference);
    }

    /// <summary>A version folder or model file as it is named, or the folder of <c>model@alias</c>.</summary>
    public static Result<string> PathOf(ParseResult call, string model)
    {
        if (File.Exists(model) || Directory.Exists(model) || !model.Contains('@', StringComparison.Ordinal))
        {
            return model;
        }

        var found = Find(Registry(call), model);
        return found.Succeeded(out var version) ? version.Folder : found.Error!;
    }
}
