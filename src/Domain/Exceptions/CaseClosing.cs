using Microsoft.Extensions.DependencyInjection;
using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

/// <summary>
/// Told, in the same transaction, that a case is closed: what waited for it goes on. Contributed by whoever stands downstream.
/// </summary>
public interface ICaseFollower
{
    Task ResolvedAsync(ExceptionCase found, Envelope envelope, CancellationToken ct);
}

/// <summary>
/// The end of a case, however it comes about: whoever waits for it is told. Followers close cases themselves, so they are looked up
/// when there is something to tell, not when this is made.
/// </summary>
public sealed class CaseClosing(PlatformDb db, IServiceProvider services)
{
    /// <summary>Closes a case whose trouble is over, in the transaction that ended it; one that is closed already stays as it is.</summary>
    public async Task SettleAsync(ExceptionCaseId id, CaseOutcome outcome, string? note, Envelope envelope, CancellationToken ct)
    {
        if (await db.LockCaseAsync(id, ct) is not { } found || found.Status == CaseStatus.Resolved)
        {
            return;
        }

        var from = found.Status;
        found.Resolve(outcome, rootCause: null, envelope.Actor.Id, envelope.Now);
        db.Raise(found.Moved(CaseStep.Resolve, from, note));
        await TellAsync(found, envelope, ct);
    }

    /// <summary>Closes the case that is open about what a signal of this key told, if there is one.</summary>
    public async Task SettleAsync(string correlationKey, CaseOutcome outcome, string? note, Envelope envelope, CancellationToken ct)
    {
        if (await db.FindOpenCaseAsync(correlationKey, ct) is { } open)
        {
            await SettleAsync(open.Id, outcome, note, envelope, ct);
        }
    }

    internal async Task TellAsync(ExceptionCase resolved, Envelope envelope, CancellationToken ct)
    {
        foreach (var follower in services.GetServices<ICaseFollower>())
        {
            await follower.ResolvedAsync(resolved, envelope, ct);
        }
    }
}
