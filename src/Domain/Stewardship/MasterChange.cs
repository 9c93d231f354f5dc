using System.Text.Json;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

/// <summary>Where a change of master data stands: applied at once, waiting for the owner of the fields, or decided.</summary>
public enum ChangeState
{
    /// <summary>Made by the owner of the fields, at once.</summary>
    Applied,

    /// <summary>Asked for by another role; nothing has changed yet.</summary>
    AwaitingOwner,

    Accepted,
    Rejected,
    Withdrawn,
}

/// <summary>One change of one field group of one record: what it was, what it became or is to become, by whom and why.</summary>
public sealed class MasterChange
{
    private MasterChange()
    {
    }

    public MasterChangeId Id { get; private set; }

    public RecordKind RecordKind { get; private set; }

    public Guid RecordId { get; private set; }

    public FieldGroup FieldGroup { get; private set; }

    public ChangeState State { get; private set; }

    public int BaseVersion { get; private set; }

    /// <summary>JSON; null when the record was created by this change.</summary>
    public string? Before { get; private set; }

    public string After { get; private set; } = "{}";

    public Guid RequestedBy { get; private set; }

    public Guid RequestedByPerson { get; private set; }

    public DateTimeOffset RequestedAt { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public string? Reason { get; private set; }

    public int Version { get; private set; }

    public bool IsAwaiting => State == ChangeState.AwaitingOwner;

    internal static MasterChange Record(Changed changed, ChangeState state, Envelope envelope) => new()
    {
        Id = new MasterChangeId(Guid.CreateVersion7(envelope.Now)),
        RecordKind = changed.Kind,
        RecordId = changed.Record,
        FieldGroup = changed.Group,
        State = state,
        BaseVersion = changed.BaseVersion,
        Before = changed.Before is null ? null : Write(changed.Before),
        After = Write(changed.After),
        RequestedBy = envelope.Actor.Id,
        RequestedByPerson = envelope.Actor.Person,
        RequestedAt = envelope.Now,
        Reason = changed.Reason,
        Version = 1,
    };

    internal void Apply(ChangeState decision, Envelope envelope, string? reason)
    {
        State = decision;
        DecidedBy = envelope.Actor.Id;
        DecidedAt = envelope.Now;
        Reason = reason ?? Reason;
        Version++;
    }

    private static string Write(object group) => JsonSerializer.Serialize(group, group.GetType(), KernelJson.Options);
}

/// <summary>What a handler tells the register of changes.</summary>
/// <param name="Kind">The kind of record.</param>
/// <param name="Record">The record's id.</param>
/// <param name="Group">The fields that changed together.</param>
/// <param name="BaseVersion">The version the change was decided against; 0 for a new record.</param>
/// <param name="Before">The group as it was; null for a new record.</param>
/// <param name="After">The group as it becomes.</param>
/// <param name="Reason">The person's words, if they gave any.</param>
internal sealed record Changed(
    RecordKind Kind, Guid Record, FieldGroup Group, int BaseVersion, object? Before, object After, string? Reason);
