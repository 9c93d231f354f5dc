using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel.Events;
using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Kernel;

public sealed partial class CommandRunner
{
    /// <summary>One transaction for commands of any kind, each seeing what those before it did. Without a commit none of it was.</summary>
    public async Task<Session> OpenSessionAsync(CancellationToken ct)
    {
        var scope = scopes.CreateAsyncScope();
        try
        {
            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            return new Session(this, new Setting(catalog, clock, doorbell), scope, db, await db.BeginAsync(ct));
        }
        catch
        {
            await scope.DisposeAsync();
            throw;
        }
    }

    internal sealed record Setting(OperationCatalog Catalog, TimeProvider Clock, EventDoorbell Doorbell);

    /// <summary>
    /// Commands that land together or not at all, or that are only tried. One that is refused has written nothing and does not
    /// hinder the next; what to do about it is the owner's decision.
    /// </summary>
    public sealed class Session : IAsyncDisposable
    {
        private const string Before = "before_command";

        private readonly CommandRunner _runner;
        private readonly Setting _setting;
        private readonly AsyncServiceScope _scope;
        private readonly PlatformDb _db;
        private readonly IDbContextTransaction _transaction;

        internal Session(CommandRunner runner, Setting setting, AsyncServiceScope scope, PlatformDb db, IDbContextTransaction transaction)
        {
            _runner = runner;
            _setting = setting;
            _scope = scope;
            _db = db;
            _transaction = transaction;
        }

        public async Task<Result<TEvent>> RunAsync<TEvent>(ICommand<TEvent> command, Caller caller, CancellationToken ct)
            where TEvent : notnull
        {
            var operation = _setting.Catalog.Find(command);
            var attempt = Attempt.Of(operation, command, caller, _setting.Clock.GetUtcNow());
            if (Authorise(operation, caller) is { } denied)
            {
                await _runner.RecordAsync(attempt, denied, ct);
                return denied;
            }

            await _transaction.CreateSavepointAsync(Before, ct);
            try
            {
                if (!attempt.Rows.IsEverything)
                {
                    await RowSettings.ApplyAsync(_db, attempt.Rows, ct);
                }

                if (attempt.Key is not null && await IdempotencyKeys.ClaimAsync(_db, attempt, ct) is { } earlier)
                {
                    return _runner.Answer<TEvent>(earlier);
                }

                var result = await CompleteAsync(
                    operation, _scope.ServiceProvider, command, attempt, batch => batch.ExecuteNonQueryAsync(ct), ct);
                if (result.Error is not null)
                {
                    await _transaction.RollbackToSavepointAsync(Before, ct);
                }

                return result;
            }
            finally
            {
                _db.ForgetCommand();
            }
        }

        public async Task CommitAsync()
        {
            await _transaction.CommitAsync(CancellationToken.None);
            _setting.Doorbell.Ring();
        }

        public async ValueTask DisposeAsync()
        {
            await _transaction.DisposeAsync();
            await _scope.DisposeAsync();
        }
    }
}
