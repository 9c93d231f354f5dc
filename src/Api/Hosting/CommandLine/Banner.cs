using Platform.Api.Hosting.Postgres;

namespace Platform.Api.Hosting.CommandLine;

/// <summary>A line that a capability adds to what <c>run</c> prints: demo logins, a query to try.</summary>
public interface IBannerLines
{
    IEnumerable<string> Lines(string url, bool isDevelopment);
}

/// <summary>What a person wants to know right after the start.</summary>
internal static class Banner
{
    public static async Task WriteAsync(PlatformHost host, PlatformDatabase database, string environment, TimeSpan took)
    {
        var isDevelopment = environment == Environments.Development;
        string[] lines =
        [
            $"  GraphQL    {host.Url}/graphql",
            $"  health     {host.Url}/health/ready",
            $"  database   {database.Description}",
            $"  started in {took.TotalSeconds:0.0} s as {environment}; Ctrl-C stops it",
            .. Parts.Of<IBannerLines>().SelectMany(part => part.Lines(host.Url, isDevelopment)),
        ];
        foreach (var line in lines)
        {
            await Console.Out.WriteLineAsync(line);
        }

        await Console.Out.FlushAsync();
    }
}
