using System.CommandLine;
using Platform.Api.Hosting.Postgres;
using Platform.Domain.Kernel.Storage;
using Platform.Intelligence.Workbench.CommandLine;

namespace Platform.Api.Hosting.CommandLine;

/// <summary>The workbench of data teams, on the same database that <c>run</c> would use.</summary>
internal sealed class MlVerb : IVerb
{
    public Command Build() => MlCommands.Create(new HostDatabase());

    private sealed class HostDatabase : IWorkbenchDatabase
    {
        public IReadOnlyList<Option> Options { get; } = [SharedOptions.Data];

        public async Task<OpenDatabase> OpenAsync(ParseResult call, CancellationToken ct)
        {
            var database = await PlatformDatabase.AttachAsync(SharedOptions.Database(call, isEphemeral: false), ct);
            return new OpenDatabase(DatabaseAccess.AsOwner(database.ConnectionString), database);
        }
    }
}
