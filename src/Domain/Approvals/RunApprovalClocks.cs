using Npgsql;
using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

/// <summary>
/// Ends requests that nobody decided in time, escalates those that wait too long, wakes those that slept long enough or whose
/// event happened, and names those whose action is due; run by a service, again and again.
/// </summary>
[Needs("approvals.execute")]
public sealed record RunApprovalClocks(int Most) : ICommand<ApprovalClocksRun>;

/// <param name="Expired">Ended.</param>
/// <param name="Escalated">Now open to the escalation role.</param>
/// <param name="Woken">Back in the queue.</param>
/// <param name="Due">To be carried out, each by <see cref="ExecuteApproved"/>.</param>
public sealed record ApprovalClocksRun(
    IReadOnlyList<ApprovalRequestId> Expired,
    IReadOnlyList<ApprovalRequestId> Escalated,
    IReadOnlyList<ApprovalRequestId> Woken,
    IReadOnlyList<ApprovalRequestId> Due);

internal sealed class RunApprovalClocksHandler(PlatformDb db, RequestEnds ends) : ICommandHandler<RunApprovalClocks, ApprovalClocksRun>
{
    private const int MostAtOnce = 500;

    public async Task<Result<ApprovalClocksRun>> HandleAsync(RunApprovalClocks command, Envelope envelope, CancellationToken ct)
    {
        var most = Math.Clamp(command.Most, 1, MostAtOnce);
        var late = await db.LockLateRequestsAsync(envelope.Now, most, ct);
        var expired = late.Where(request => request.ExpiresAt <= envelope.Now).ToList();
        var escalated = late.Except(expired).ToList();
        foreach (var request in expired)
        {
            await ends.CloseAsync(request, (ApprovalMove.Expire, null, "Nobody decided in time."), envelope, ct);
        }

        foreach (var request in escalated)
        {
            request.Escalate(envelope.Now);
            db.Raise(request.Desk());
        }

        var woken = (await db.LockSleptRequestsAsync(envelope.Now, most, ct)).Where(request => request.SnoozedAt is not null).ToList();
        foreach (var request in woken)
        {
            request.Wake(envelope.Now);
            db.Raise(request.Desk());
        }

        var due = await db.FindDueRequestsAsync(envelope.Now, most, ct);
        return new ApprovalClocksRun(Ids(expired), Ids(escalated), Ids(woken), due);
    }

    private static List<ApprovalRequestId> Ids(List<ApprovalRequest> requests) => requests.ConvertAll(request => request.Id);
}

/// <summary>Asks cheaply whether the clocks have anything to do, so that a quiet night writes no audit rows.</summary>
public static class ApprovalClocks
{
    private const string Due =
        """
        select exists (
            select from approval_request r
            where (status = 'APPROVED' and executes_at <= $1)
               or (status = 'PENDING' and (expires_at <= $1 or (escalates_at <= $1 and escalated_at is null) or snoozed_until <= $1
                   or (snoozed_until_event_of is not null and exists (
                       select from event e where e.aggregate_id = r.snoozed_until_event_of and e.recorded_at > r.snoozed_at)))))
        """;

    public static async Task<bool> AreDueAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var ask = source.CreateCommand(Due);
        ask.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return await ask.ExecuteScalarAsync(ct) is true;
    }
}
