using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

/// <summary>The owner of the fields declines a change that another role asked for, and says why.</summary>
[Needs("stewardship.decide")]
[Refuses<InvalidField>, Refuses<MasterChangeNotFound>, Refuses<ChangeAlreadyDecided>]
[Refuses<FieldGroupOwnedByAnother>, Refuses<OwnChangeRequest>]
public sealed record RejectMasterChange(MasterChangeId Change, string Reason)
    : ICommand<MasterChangeRejected>, IReasoned;

public sealed record MasterChangeRejected(
    MasterChangeId Change, RecordKind Record, Guid RecordId, FieldGroup Group, string Reason) : IEvent
{
    public Subject Subject => new(nameof(MasterChange), Change.Value);
}

internal sealed class RejectMasterChangeHandler(PlatformDb db)
    : ICommandHandler<RejectMasterChange, MasterChangeRejected>
{
    public async Task<Result<MasterChangeRejected>> HandleAsync(
        RejectMasterChange command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var change = await db.LockMasterChangeAsync(command.Change, ct);
        if (change is null)
        {
            return new MasterChangeNotFound(command.Change);
        }

        var owner = await db.FindFieldGroupOwnerAsync(change.RecordKind, change.FieldGroup, ct);
        if (ChangeDecision.Refuse(change, owner, envelope) is { } refusal)
        {
            return refusal;
        }

        change.Apply(ChangeState.Rejected, envelope, command.Reason);
        var rejected = new MasterChangeRejected(
            change.Id, change.RecordKind, change.RecordId, change.FieldGroup, command.Reason);
        db.Raise(rejected);
        return rejected;
    }
}

/// <summary>Who may decide about a change request: somebody of the owner role who did not ask for it, and once.</summary>
internal static class ChangeDecision
{
    public static DomainError? Refuse(MasterChange change, FieldGroupOwner? owner, Envelope envelope)
    {
        if (!change.IsAwaiting)
        {
            return new ChangeAlreadyDecided(change.Id, change.State);
        }

        if (!FieldGroupOwner.Decides(owner, envelope.Permissions))
        {
            return new FieldGroupOwnedByAnother(change.RecordKind, change.FieldGroup, owner!.OwnerRole);
        }

        return change.RequestedByPerson == envelope.Actor.Person
            ? new OwnChangeRequest(change.Id, envelope.Actor.Person)
            : null;
    }
}
