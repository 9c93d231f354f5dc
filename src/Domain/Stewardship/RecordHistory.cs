using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

/// <summary>One line of a record's history: who, when, which fields, from what to what, and why.</summary>
public sealed record HistoryLine(
    MasterChangeId Change,
    FieldGroup Group,
    ChangeState State,
    string? Before,
    string After,
    Guid RequestedBy,
    DateTimeOffset RequestedAt,
    Guid? DecidedBy,
    DateTimeOffset? DecidedAt,
    string? Reason);

/// <summary>What happened to a master record, newest first, in pages.</summary>
public sealed class RecordHistory(PlatformDb db)
{
    public const int MostLines = 200;

    public Task<List<HistoryLine>> OfAsync(
        RecordKind kind, Guid record, MasterChangeId? olderThan, int lines, CancellationToken ct)
    {
        var before = olderThan?.Value;
        return db.Set<MasterChange>()
            .FromSql(
                $"""
                select * from master_change
                where record_id = {record}
                  and ({before}::uuid is null
                       or (requested_at, base_version, id) < (
                           select requested_at, base_version, id from master_change where id = {before}::uuid))
                """)
            .AsNoTracking()
            .Where(change => change.RecordKind == kind)
            .OrderByDescending(change => change.RequestedAt)
            .ThenByDescending(change => change.BaseVersion)
            .ThenByDescending(change => change.Id)
            .Take(Math.Clamp(lines, 1, MostLines))
            .Select(change => new HistoryLine(
                change.Id, change.FieldGroup, change.State, change.Before, change.After, change.RequestedBy,
                change.RequestedAt, change.DecidedBy, change.DecidedAt, change.Reason))
            .ToListAsync(ct);
    }

    /// <summary>The requests that wait for a role, oldest first.</summary>
    public Task<List<MasterChange>> AwaitingAsync(string ownerRole, int lines, CancellationToken ct) =>
        db.Set<MasterChange>()
            .AsNoTracking()
            .Where(change => change.State == ChangeState.AwaitingOwner)
            .Where(change => db.Set<FieldGroupOwner>().Any(owner =>
                owner.RecordKind == change.RecordKind
                && owner.FieldGroup == change.FieldGroup
                && owner.OwnerRole == ownerRole))
            .OrderBy(change => change.RequestedAt)
            .ThenBy(change => change.Id)
            .Take(Math.Clamp(lines, 1, MostLines))
            .ToListAsync(ct);
}
