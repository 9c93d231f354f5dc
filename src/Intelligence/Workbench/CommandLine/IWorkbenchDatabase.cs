using System.CommandLine;
using Npgsql;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary>An open way into the business's database; disposing it stops what was started for it.</summary>
public sealed record OpenDatabase(NpgsqlDataSource Source, IAsyncDisposable Owner) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        await Source.DisposeAsync();
        await Owner.DisposeAsync();
    }
}

/// <summary>The business's database, found as the host's other verbs find it.</summary>
public interface IWorkbenchDatabase
{
    /// <summary>What a verb that may need the database offers in addition.</summary>
    IReadOnlyList<Option> Options { get; }

    Task<OpenDatabase> OpenAsync(ParseResult call, CancellationToken ct);
}
