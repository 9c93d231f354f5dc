using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Xunit;

namespace Platform.Tests.Support;

/// <summary>
/// The database of one test class: <c>public sealed class PostingTests(TestDatabase database) : IClassFixture&lt;TestDatabase&gt;</c>.
/// A fixture for tests that bring commands or tables of their own derives from it.
/// </summary>
public class TestDatabase : IAsyncLifetime
{
    private TestCluster? _cluster;
    private ServiceProvider? _services;
    private NpgsqlDataSource? _application;
    private NpgsqlDataSource? _owner;

    /// <summary>The clock of every command run here.</summary>
    public TestClock Clock { get; } = new(new DateTimeOffset(2026, 3, 2, 8, 0, 0, TimeSpan.Zero));

    public string Name { get; private set; } = string.Empty;

    public string ConnectionString => _cluster!.ConnectionStringFor(Name);

    /// <summary>As the application works: the role that may append to the ledger and never change it.</summary>
    public NpgsqlDataSource Application => _application!;

    /// <summary>As the owner, for what a test must tamper with.</summary>
    public NpgsqlDataSource Owner => _owner!;

    public IServiceProvider Services => _services!;

    public CommandRunner Runner => Services.GetRequiredService<CommandRunner>();

    protected virtual IReadOnlyList<Assembly> HandlerAssemblies => [typeof(PlatformDb).Assembly];

    public async Task InitializeAsync()
    {
        _cluster = await ClusterAsync();
        Name = await _cluster.CloneAsync();
        _application = DatabaseAccess.AsApplication(ConnectionString);
        _owner = DatabaseAccess.AsOwner(ConnectionString);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(Clock);
        services.AddDomain(_application, HandlerAssemblies);
        services.AddSingleton(_ => DatabaseAccess.AsScoped(ConnectionString));
        Configure(services);
        _services = services.BuildServiceProvider(new ServiceProviderOptions { ValidateScopes = true, ValidateOnBuild = true });
        await PrepareAsync();
    }

    public async Task DisposeAsync()
    {
        await _services!.DisposeAsync();
        await _application!.DisposeAsync();
        await _owner!.DisposeAsync();
        await LeaveAsync();
    }

    /// <summary>Runs a command as somebody who holds every permission; no key unless one is given.</summary>
    public Task<Result<TEvent>> RunAsync<TEvent>(ICommand<TEvent> command)
        where TEvent : notnull => Runner.Async(command, Callers.Supervisor, CancellationToken.None);

    public Task<Result<TEvent>> RunAsync<TEvent>(ICommand<TEvent> command, Caller caller)
        where TEvent : notnull => Runner.Async(command, caller, CancellationToken.None);

    /// <summary>Looks at the stored state through the mapping, with a context of its own.</summary>
    public async Task<T> LookAsync<T>(Func<PlatformDb, Task<T>> look)
    {
        await using var scope = Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        db.ChangeTracker.QueryTrackingBehavior = QueryTrackingBehavior.NoTracking;
        return await look(db);
    }

    /// <summary>One value by SQL, read as the owner.</summary>
    public async Task<T> ScalarAsync<T>(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>A statement as the owner.</summary>
    public async Task<int> ExecuteAsync(string sql)
    {
        await using var command = Owner.CreateCommand(sql);
        return await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rules of the house, asked of this database; empty when all hold.</summary>
    public Task<IReadOnlyList<Violation>> BrokenInvariantsAsync() => InvariantCheck.RunAsync(Owner, CancellationToken.None);

    /// <summary>The server that is cloned on; a test that kills it brings its own.</summary>
    protected virtual Task<TestCluster> ClusterAsync() => TestCluster.SharedAsync();

    protected virtual Task LeaveAsync() => _cluster!.DropAsync(Name);

    /// <summary>More services, for a fixture that derives.</summary>
    protected virtual void Configure(IServiceCollection services)
    {
    }

    /// <summary>Tables and rows that a derived fixture's tests share.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;
}
