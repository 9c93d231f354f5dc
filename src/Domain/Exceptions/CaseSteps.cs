using System.Collections.Frozen;
using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

/// <summary>The life of a case, as its whole table (DOMAIN 4.8).</summary>
internal static class CaseSteps
{
    public static FrozenDictionary<(CaseStatus From, CaseStep Step), CaseStatus> Table { get; } =
        new Dictionary<(CaseStatus From, CaseStep Step), CaseStatus>
        {
            [(CaseStatus.New, CaseStep.Triage)] = CaseStatus.Triaged,
            [(CaseStatus.New, CaseStep.Assign)] = CaseStatus.Assigned,
            // Who inherits a case that nobody looked at has not looked at it either.
            [(CaseStatus.New, CaseStep.Escalate)] = CaseStatus.New,
            [(CaseStatus.New, CaseStep.Resolve)] = CaseStatus.Resolved,
            [(CaseStatus.Triaged, CaseStep.Triage)] = CaseStatus.Triaged,
            [(CaseStatus.Triaged, CaseStep.Assign)] = CaseStatus.Assigned,
            [(CaseStatus.Triaged, CaseStep.Escalate)] = CaseStatus.Triaged,
            [(CaseStatus.Triaged, CaseStep.Resolve)] = CaseStatus.Resolved,
            [(CaseStatus.Assigned, CaseStep.Triage)] = CaseStatus.Triaged,
            [(CaseStatus.Assigned, CaseStep.Assign)] = CaseStatus.Assigned,
            [(CaseStatus.Assigned, CaseStep.Start)] = CaseStatus.InProgress,
            [(CaseStatus.Assigned, CaseStep.Escalate)] = CaseStatus.Triaged,
            [(CaseStatus.Assigned, CaseStep.Resolve)] = CaseStatus.Resolved,
            [(CaseStatus.InProgress, CaseStep.Triage)] = CaseStatus.Triaged,
            [(CaseStatus.InProgress, CaseStep.Assign)] = CaseStatus.Assigned,
            [(CaseStatus.InProgress, CaseStep.Wait)] = CaseStatus.Waiting,
            [(CaseStatus.InProgress, CaseStep.Escalate)] = CaseStatus.Triaged,
            [(CaseStatus.InProgress, CaseStep.Resolve)] = CaseStatus.Resolved,
            [(CaseStatus.Waiting, CaseStep.Resume)] = CaseStatus.InProgress,
            [(CaseStatus.Waiting, CaseStep.Resolve)] = CaseStatus.Resolved,
            [(CaseStatus.Resolved, CaseStep.Reopen)] = CaseStatus.Triaged,
        }.ToFrozenDictionary();

    public static CaseStatus After(CaseStatus status, CaseStep step) => Table[(status, step)];

    /// <summary>Null when the case is as the caller saw it and the step leads on from there.</summary>
    public static DomainError? Refuse(ExceptionCase found, int version, CaseStep step)
    {
        if (found.Version != version)
        {
            return new StaleVersion(nameof(ExceptionCase), found.Id.Value, version, found.Version);
        }

        return Table.ContainsKey((found.Status, step)) ? null : new WrongCaseStatus(found.Id, found.Status, step);
    }

    /// <summary>Locks a case and takes one step with it; the change is made by what is particular about the step.</summary>
    public static async Task<Result<CaseMoved>> MoveCaseAsync(
        this PlatformDb db, (ExceptionCaseId Case, int Version, CaseStep Step, string? Note) move, Action<ExceptionCase> change,
        CancellationToken ct)
    {
        var found = await db.LockCaseAsync(move.Case, ct);
        if (found is null)
        {
            return new ExceptionCaseNotFound(move.Case);
        }

        if (Refuse(found, move.Version, move.Step) is { } refusal)
        {
            return refusal;
        }

        var from = found.Status;
        change(found);
        var moved = found.Moved(move.Step, from, move.Note);
        db.Raise(moved);
        return moved;
    }
}
