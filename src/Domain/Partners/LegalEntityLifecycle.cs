using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>Stops anything new at a company of ours; what runs is brought to its end.</summary>
[Needs("network.entities")]
[Refuses<InvalidField>, Refuses<LegalEntityNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>]
public sealed record BlockLegalEntity(LegalEntityId LegalEntity, int Version, string Reason) : ICommand<LegalEntityBlocked>, IReasoned;

public sealed record LegalEntityBlocked(LegalEntityId LegalEntity, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Partners.LegalEntity), LegalEntity.Value);
}

/// <summary>Lets a blocked company trade again.</summary>
[Needs("network.entities")]
[Refuses<LegalEntityNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>]
public sealed record UnblockLegalEntity(LegalEntityId LegalEntity, int Version) : ICommand<LegalEntityUnblocked>;

public sealed record LegalEntityUnblocked(LegalEntityId LegalEntity, int Version) : IEvent
{
    public Subject Subject => new(nameof(Partners.LegalEntity), LegalEntity.Value);
}

/// <summary>Closes a company of ours that nothing needs any more.</summary>
[Needs("network.entities")]
[Refuses<InvalidField>, Refuses<LegalEntityNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>, Refuses<StillInUse>]
public sealed record RetireLegalEntity(LegalEntityId LegalEntity, int Version, string Reason) : ICommand<LegalEntityRetired>, IReasoned;

public sealed record LegalEntityRetired(LegalEntityId LegalEntity, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Partners.LegalEntity), LegalEntity.Value);
}

internal sealed class BlockLegalEntityHandler(PlatformDb db) : ICommandHandler<BlockLegalEntity, LegalEntityBlocked>
{
    public async Task<Result<LegalEntityBlocked>> HandleAsync(BlockLegalEntity command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var legalEntity = await db.LockLegalEntityAsync(command.LegalEntity, ct);
        if (legalEntity is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (MasterSteps.Refuse(legalEntity, command.Version, MasterStep.Block) is { } refusal)
        {
            return refusal;
        }

        db.Step(legalEntity, MasterStep.Block, command.Reason, envelope);
        var blocked = new LegalEntityBlocked(command.LegalEntity, legalEntity.Version, command.Reason);
        db.Raise(blocked);
        return blocked;
    }
}

internal sealed class UnblockLegalEntityHandler(PlatformDb db) : ICommandHandler<UnblockLegalEntity, LegalEntityUnblocked>
{
    public async Task<Result<LegalEntityUnblocked>> HandleAsync(UnblockLegalEntity command, Envelope envelope, CancellationToken ct)
    {
        var legalEntity = await db.LockLegalEntityAsync(command.LegalEntity, ct);
        if (legalEntity is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (MasterSteps.Refuse(legalEntity, command.Version, MasterStep.Unblock) is { } refusal)
        {
            return refusal;
        }

        db.Step(legalEntity, MasterStep.Unblock, reason: null, envelope);
        var unblocked = new LegalEntityUnblocked(command.LegalEntity, legalEntity.Version);
        db.Raise(unblocked);
        return unblocked;
    }
}

internal sealed class RetireLegalEntityHandler(PlatformDb db, RecordUses uses) : ICommandHandler<RetireLegalEntity, LegalEntityRetired>
{
    public async Task<Result<LegalEntityRetired>> HandleAsync(RetireLegalEntity command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var legalEntity = await db.LockLegalEntityAsync(command.LegalEntity, ct);
        if (legalEntity is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (MasterSteps.Refuse(legalEntity, command.Version, MasterStep.Retire) is { } refusal)
        {
            return refusal;
        }

        var needed = await uses.FindAsync(RecordKind.LegalEntity, command.LegalEntity.Value, ct);
        if (needed.Count > 0)
        {
            return new StillInUse(RecordKind.LegalEntity, command.LegalEntity.Value, needed);
        }

        db.Step(legalEntity, MasterStep.Retire, command.Reason, envelope);
        var retired = new LegalEntityRetired(command.LegalEntity, legalEntity.Version, command.Reason);
        db.Raise(retired);
        return retired;
    }
}
