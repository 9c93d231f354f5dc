using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>Stops new business with a partner, in every role; what runs is brought to its end.</summary>
[Needs("partners.write")]
[Refuses<InvalidField>, Refuses<PartnerNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>]
public sealed record BlockPartner(PartnerId Partner, int Version, string Reason) : ICommand<PartnerBlocked>, IReasoned;

public sealed record PartnerBlocked(PartnerId Partner, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Partners.Partner), Partner.Value);
}

/// <summary>Lets business with a blocked partner go on.</summary>
[Needs("partners.write")]
[Refuses<PartnerNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>]
public sealed record UnblockPartner(PartnerId Partner, int Version) : ICommand<PartnerUnblocked>;

public sealed record PartnerUnblocked(PartnerId Partner, int Version) : IEvent
{
    public Subject Subject => new(nameof(Partners.Partner), Partner.Value);
}

/// <summary>Ends the relation with a partner that nothing needs any more.</summary>
[Needs("partners.write")]
[Refuses<InvalidField>, Refuses<PartnerNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>, Refuses<StillInUse>]
public sealed record RetirePartner(PartnerId Partner, int Version, string Reason) : ICommand<PartnerRetired>, IReasoned;

public sealed record PartnerRetired(PartnerId Partner, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Partners.Partner), Partner.Value);
}

internal sealed class BlockPartnerHandler(PlatformDb db) : ICommandHandler<BlockPartner, PartnerBlocked>
{
    public async Task<Result<PartnerBlocked>> HandleAsync(BlockPartner command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var partner = await db.LockPartnerAsync(command.Partner, ct);
        if (partner is null)
        {
            return new PartnerNotFound(command.Partner);
        }

        if (MasterSteps.Refuse(partner, command.Version, MasterStep.Block) is { } refusal)
        {
            return refusal;
        }

        db.Step(partner, MasterStep.Block, command.Reason, envelope);
        var blocked = new PartnerBlocked(command.Partner, partner.Version, command.Reason);
        db.Raise(blocked);
        return blocked;
    }
}

internal sealed class UnblockPartnerHandler(PlatformDb db) : ICommandHandler<UnblockPartner, PartnerUnblocked>
{
    public async Task<Result<PartnerUnblocked>> HandleAsync(UnblockPartner command, Envelope envelope, CancellationToken ct)
    {
        var partner = await db.LockPartnerAsync(command.Partner, ct);
        if (partner is null)
        {
            return new PartnerNotFound(command.Partner);
        }

        if (MasterSteps.Refuse(partner, command.Version, MasterStep.Unblock) is { } refusal)
        {
            return refusal;
        }

        db.Step(partner, MasterStep.Unblock, reason: null, envelope);
        var unblocked = new PartnerUnblocked(command.Partner, partner.Version);
        db.Raise(unblocked);
        return unblocked;
    }
}

internal sealed class RetirePartnerHandler(PlatformDb db, RecordUses uses) : ICommandHandler<RetirePartner, PartnerRetired>
{
    public async Task<Result<PartnerRetired>> HandleAsync(RetirePartner command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var partner = await db.LockPartnerAsync(command.Partner, ct);
        if (partner is null)
        {
            return new PartnerNotFound(command.Partner);
        }

        if (MasterSteps.Refuse(partner, command.Version, MasterStep.Retire) is { } refusal)
        {
            return refusal;
        }

        var needed = await uses.FindAsync(RecordKind.Partner, command.Partner.Value, ct);
        if (needed.Count > 0)
        {
            return new StillInUse(RecordKind.Partner, command.Partner.Value, needed);
        }

        db.Step(partner, MasterStep.Retire, command.Reason, envelope);
        var retired = new PartnerRetired(command.Partner, partner.Version, command.Reason);
        db.Raise(retired);
        return retired;
    }
}
