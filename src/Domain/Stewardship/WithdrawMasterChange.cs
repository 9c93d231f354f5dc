using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

/// <summary>The one who asked for a change takes the request back before the owner has decided.</summary>
[Needs("stewardship.request")]
[Refuses<MasterChangeNotFound>, Refuses<ChangeAlreadyDecided>, Refuses<NotTheRequester>]
public sealed record WithdrawMasterChange(MasterChangeId Change) : ICommand<MasterChangeWithdrawn>;

public sealed record MasterChangeWithdrawn(
    MasterChangeId Change, RecordKind Record, Guid RecordId, FieldGroup Group) : IEvent
{
    public Subject Subject => new(nameof(MasterChange), Change.Value);
}

internal sealed class WithdrawMasterChangeHandler(PlatformDb db)
    : ICommandHandler<WithdrawMasterChange, MasterChangeWithdrawn>
{
    public async Task<Result<MasterChangeWithdrawn>> HandleAsync(
        WithdrawMasterChange command, Envelope envelope, CancellationToken ct)
    {
        var change = await db.LockMasterChangeAsync(command.Change, ct);
        if (change is null)
        {
            return new MasterChangeNotFound(command.Change);
        }

        if (!change.IsAwaiting)
        {
            return new ChangeAlreadyDecided(change.Id, change.State);
        }

        if (change.RequestedByPerson != envelope.Actor.Person)
        {
            return new NotTheRequester(change.Id, change.RequestedBy);
        }

        change.Apply(ChangeState.Withdrawn, envelope, reason: null);
        var withdrawn = new MasterChangeWithdrawn(change.Id, change.RecordKind, change.RecordId, change.FieldGroup);
        db.Raise(withdrawn);
        return withdrawn;
    }
}
