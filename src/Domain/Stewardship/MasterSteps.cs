using System.Collections.Frozen;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

/// <summary>A master record with a governed life.</summary>
internal interface IGoverned
{
    RecordKind Kind { get; }

    Guid RecordId { get; }

    int Version { get; }

    MasterStatus Status { get; }

    void Apply(MasterStep step, string? reason, DateTimeOffset at);
}

/// <summary>The state machine of every governed master record, as its whole table (CAT-01).</summary>
internal static class MasterSteps
{
    public static FrozenDictionary<(MasterStatus From, MasterStep Step), MasterStatus> Table { get; } =
        new Dictionary<(MasterStatus From, MasterStep Step), MasterStatus>
        {
            [(MasterStatus.Draft, MasterStep.Activate)] = MasterStatus.Active,
            [(MasterStatus.Draft, MasterStep.Retire)] = MasterStatus.Retired,
            [(MasterStatus.Active, MasterStep.Block)] = MasterStatus.Blocked,
            [(MasterStatus.Active, MasterStep.Retire)] = MasterStatus.Retired,
            [(MasterStatus.Blocked, MasterStep.Unblock)] = MasterStatus.Active,
            [(MasterStatus.Blocked, MasterStep.Retire)] = MasterStatus.Retired,
        }.ToFrozenDictionary();

    /// <summary>Null when the record is as the caller saw it and the step leads on from there.</summary>
    public static DomainError? Refuse(IGoverned record, int version, MasterStep step)
    {
        if (record.Version != version)
        {
            return new StaleVersion(record.Kind.ToString(), record.RecordId, version, record.Version);
        }

        return Table.ContainsKey((record.Status, step))
            ? null
            : new WrongStatus(record.Kind, record.RecordId, record.Status, step);
    }

    public static MasterStatus After(MasterStatus status, MasterStep step) => Table[(status, step)];

    /// <summary>Takes a step that was found to lead on, and registers it.</summary>
    public static void Step(
        this PlatformDb db, IGoverned record, MasterStep step, string? reason, Envelope envelope)
    {
        var (before, version) = (record.Status, record.Version);
        record.Apply(step, reason, envelope.Now);
        db.RegisterChange(
            new Changed(
                record.Kind, record.RecordId, FieldGroup.Status, version, new StatusWas(before),
                new StatusWas(record.Status), reason),
            envelope);
    }
}

/// <summary>The status of a record as the register of changes keeps it.</summary>
internal sealed record StatusWas(MasterStatus Status);
