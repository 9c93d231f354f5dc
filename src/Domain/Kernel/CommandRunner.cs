using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Domain.Kernel.Audit;
using Platform.Domain.Kernel.Events;
using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Kernel;

/// <summary>
/// The only way to change anything: authorise, claim the idempotency key, begin, handle, save with audit and event
/// rows, commit, and only then wake the readers. Nothing else opens a transaction, saves or commits.
/// </summary>
public sealed partial class CommandRunner(
    OperationCatalog catalog, IServiceScopeFactory scopes, TimeProvider clock, EventDoorbell doorbell)
{
    private const int Retries = 3;

    public Task<Result<TEvent>> Async<TEvent>(ICommand<TEvent> command, Caller caller, CancellationToken ct)
        where TEvent : notnull =>
        catalog.Find(command).RunAsync(this, command, caller, ct);

    /// <summary>In a transaction of its own.</summary>
    internal async Task<Result<TEvent>> AloneAsync<TEvent>(
        Operation<TEvent> operation, ICommand<TEvent> command, Caller caller, CancellationToken ct)
        where TEvent : notnull
    {
        var attempt = Attempt.Of(operation, command, caller, clock.GetUtcNow());
        if (Authorise(operation, caller) is { } denied)
        {
            await RecordAsync(attempt, denied, ct);
            return denied;
        }

        if (!IdempotencyKeys.IsWellFormed(caller.IdempotencyKey))
        {
            return new IdempotencyKeyInvalid(caller.IdempotencyKey!.Length);
        }

        for (var retry = 0; ; retry++)
        {
            try
            {
                return await AttemptAsync(operation, command, attempt, ct);
            }
            catch (Exception fault) when (retry < Retries && IsTransient(fault))
            {
                // Jitter, so that two who met do not meet again.
                await Task.Delay(TimeSpan.FromMilliseconds(Random.Shared.Next(1, 20 << retry)), clock, ct);
            }
        }
    }

    private static RunnerRefusal? Authorise(Operation operation, Caller caller)
    {
        if (operation.Permission is not { } needed || !caller.Permissions.Contains(needed))
        {
            return new NotPermitted(operation.Name, operation.Permission);
        }

        if (caller.Actor.Kind is ActorKind.Model && !operation.IsOpenToModels)
        {
            return new ModelMayNotAct(operation.Name);
        }

        return caller.Rows.IsEverything || operation.IsWithinRows ? null : new BeyondYourRows(operation.Name);
    }

    private async Task<Result<TEvent>> AttemptAsync<TEvent>(
        Operation<TEvent> operation, ICommand<TEvent> command, Attempt attempt, CancellationToken ct)
        where TEvent : notnull
    {
        DomainError refusal;
        await using (var scope = scopes.CreateAsyncScope())
        {
            if (!attempt.Rows.IsEverything)
            {
                scope.ServiceProvider.GetRequiredService<UnitOwner>().Limit();
            }

            var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
            await using var transaction = await db.BeginAsync(ct);
            if (!attempt.Rows.IsEverything)
            {
                await RowSettings.ApplyAsync(db, attempt.Rows, ct);
            }

            if (attempt.Key is not null
                && await IdempotencyKeys.ClaimAsync(db, attempt, ct) is { } earlier)
            {
                return Answer<TEvent>(earlier);
            }

            var result = await CompleteAsync(operation, scope.ServiceProvider, command, attempt, PlatformDb.CommitAsync, ct);
            if (result.Error is null)
            {
                doorbell.Ring();
                return result;
            }

            refusal = result.Error!;
        }

        // The handler's work is rolled back as a whole; the refusal is recorded in a transaction of its own.
        return await RefuseAsync<TEvent>(attempt, refusal, ct);
    }

    /// <summary>Handles, saves and ends; a constraint that the handler knows is its refusal, any other violation flies on.</summary>
    private static async Task<Result<TEvent>> CompleteAsync<TEvent>(
        Operation<TEvent> operation,
        IServiceProvider services,
        ICommand<TEvent> command,
        Attempt attempt,
        Func<NpgsqlBatch, Task> end,
        CancellationToken ct)
        where TEvent : notnull
    {
        try
        {
            var result = await operation.HandleAsync(services, command, attempt.Envelope, ct);
            if (result.Succeeded(out var value))
            {
                var db = services.GetRequiredService<PlatformDb>();
                attempt.Changes = AuditBody.ChangesOf(db);
                await db.SaveChangesAsync(ct);
                await CommandJournal.EndAsync(db, attempt, AuditBody.Of(attempt, db.Raised), value, end);
            }

            return result;
        }
        catch (Exception fault) when (Violated(fault) is { ConstraintName: { } constraint }
            && operation.RefusalFor(services, command, constraint) is not null)
        {
            return operation.RefusalFor(services, command, Violated(fault)!.ConstraintName!)!;
        }
        catch (Exception fault) when (!attempt.Rows.IsEverything
            && Database(fault) is { SqlState: PostgresErrorCodes.InsufficientPrivilege })
        {
            // A row that is not theirs was to be written: the last wall held.
            return new BeyondYourRows(operation.Name);
        }
    }

    private async Task<Result<TEvent>> RefuseAsync<TEvent>(Attempt attempt, DomainError refusal, CancellationToken ct)
        where TEvent : notnull
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        await using var transaction = await db.BeginAsync(ct);
        var isKept = attempt.Key is not null && refusal is not InvalidInput;
        if (isKept && await IdempotencyKeys.ClaimAsync(db, attempt, ct) is { } earlier)
        {
            // A duplicate that ran meanwhile was answered first; one key has one answer.
            return Answer<TEvent>(earlier);
        }

        await CommandJournal.CommitRefusalAsync(db, attempt, refusal, isKept);
        return refusal;
    }

    /// <summary>The attempt of somebody who may not: audited, never kept under the key.</summary>
    private async Task RecordAsync(Attempt attempt, DomainError refusal, CancellationToken ct)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        await using var transaction = await db.BeginAsync(ct);
        await CommandJournal.CommitRefusalAsync(db, attempt, refusal, isKept: false);
    }

    private Result<TEvent> Answer<TEvent>(KeyFound earlier)
        where TEvent : notnull => earlier switch
    {
        { Refused: { } refused } => refused,
        { RefusalType: { } type } => Result.Refused<TEvent>(StoredAnswer.Refusal(catalog.Refusal(type), earlier.Answer!)).AsReplay(),
        _ => Result.Of(StoredAnswer.Value<TEvent>(earlier.Answer!)).AsReplay(),
    };

    private static bool IsTransient(Exception fault) =>
        Database(fault) is { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected };

    private static PostgresException? Violated(Exception fault) =>
        Database(fault) is { ConstraintName: not null } violation
        && violation.SqlState.StartsWith("23", StringComparison.Ordinal)
            ? violation
            : null;

    private static PostgresException? Database(Exception fault) =>
        fault as PostgresException ?? (fault as DbUpdateException)?.InnerException as PostgresException;
}
