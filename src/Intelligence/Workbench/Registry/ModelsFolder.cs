namespace Platform.Intelligence.Workbench.Registry;

/// <summary>Where the models are: as configured, else the folder <c>models</c> nearest above the work or the program.</summary>
internal static class ModelsFolder
{
    public const string Setting = "Platform__Models__Folder";

    public static string Default() =>
        Environment.GetEnvironmentVariable(Setting) is { Length: > 0 } configured ? configured
        : Above(Directory.GetCurrentDirectory()) ?? Above(AppContext.BaseDirectory) ?? "models";

    private static string? Above(string start)
    {
        for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
        {
            var models = Path.Combine(folder.FullName, "models");
            if (File.Exists(Path.Combine(models, "registry.json")))
            {
                return models;
            }
        }

        return null;
    }
}
