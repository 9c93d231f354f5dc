namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>The servers from npm. Without Node.js ours is measured alone.</summary>
internal static class Rivals
{
    public static async Task<IReadOnlyList<string>> InstallAsync() =>
        await NodePackages.InstallAsync("GraphQL/rivals") is { } folder
            ? [Path.Combine(folder, "mercurius.mjs"), Path.Combine(folder, "yoga.mjs")]
            : [];
}
