using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>Whose the goods are, and where they lie.</summary>
public enum OwnerKind
{
    /// <summary>Ours, with us.</summary>
    Own,

    /// <summary>A supplier's, with us until we use them.</summary>
    SupplierConsigned,

    /// <summary>A customer's, kept for them.</summary>
    CustomerOwned,

    /// <summary>Ours, with a customer until they use them.</summary>
    ConsignedAtCustomer,
}

public enum OwnerStatus
{
    Active,
    Retired,
}

/// <summary>One answer to "whose is this?": part of the key of every balance. Our own owner has its legal entity's id.</summary>
public sealed class Owner
{
    private Owner()
    {
    }

    public OwnerId Id { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public OwnerKind Kind { get; private set; }

    public PartnerId? PartnerId { get; private set; }

    public OwnerStatus Status { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    public static OwnerId OwnOf(LegalEntityId entity) => new(entity.Value);

    internal static Owner Own(LegalEntityId entity, DateTimeOffset now) =>
        Create(new OwnerCreated(OwnOf(entity), entity, OwnerKind.Own, Partner: null), now);

    internal static Owner Create(OwnerCreated created, DateTimeOffset now) => new()
    {
        Id = created.Owner,
        LegalEntityId = created.LegalEntity,
        Kind = created.Kind,
        PartnerId = created.Partner,
        Status = OwnerStatus.Active,
        Version = 1,
        CreatedAt = now,
        UpdatedAt = now,
    };

    internal void Retire(DateTimeOffset now)
    {
        Status = OwnerStatus.Retired;
        Version++;
        UpdatedAt = now;
    }
}

/// <summary>Allows goods of a supplier or customer to lie with us, or ours to lie with a customer.</summary>
[Needs("partners.owners")]
[Refuses<InvalidField>, Refuses<OwnOwnerIsFixed>, Refuses<LegalEntityNotFound>, Refuses<LegalEntityNotActive>]
[Refuses<PartnerNotFound>, Refuses<PartnerNotActive>, Refuses<OwnerNeedsRole>, Refuses<OwnerExists>]
public sealed record CreateOwner(LegalEntityId LegalEntity, OwnerKind Kind, PartnerId Partner) : ICommand<OwnerCreated>;

public sealed record OwnerCreated(OwnerId Owner, LegalEntityId LegalEntity, OwnerKind Kind, PartnerId? Partner) : IEvent
{
    public Subject Subject => new(nameof(Partners.Owner), Owner.Value);
}

internal sealed class CreateOwnerHandler(PlatformDb db) : ICommandHandler<CreateOwner, OwnerCreated>
{
    public async Task<Result<OwnerCreated>> HandleAsync(CreateOwner command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Known<OwnerKind>("kind", command.Kind) is { } invalid)
        {
            return invalid;
        }

        // The entity's lock lets one owner at a time come to it, so that an existing one is seen.
        var entity = await db.LockLegalEntityAsync(command.LegalEntity, ct);
        var partner = await db.LockPartnerAsync(command.Partner, ct);
        var supplier = await db.FindSupplierAsync(new SupplierId(command.Partner.Value), ct);
        var customer = await db.FindCustomerAsync(new CustomerId(command.Partner.Value), ct);
        var existing = await db.FindOwnerAsync(command.LegalEntity, command.Kind, command.Partner, ct);
        var hasRole = command.Kind == OwnerKind.SupplierConsigned ? supplier is not null : customer is not null;
        var id = new OwnerId(Guid.CreateVersion7(envelope.Now));
        var result = Decide(command, id, entity, partner, hasRole, existing);
        if (result.Succeeded(out var created))
        {
            db.Add(Owner.Create(created, envelope.Now));
            db.RegisterChange(
                new Changed(
                    RecordKind.Owner, id.Value, FieldGroup.Identity, BaseVersion: 0, Before: null, created,
                    Reason: null),
                envelope);
            db.Raise(created);
        }

        return result;
    }

    internal static Result<OwnerCreated> Decide(
        CreateOwner command, OwnerId id, LegalEntity? entity, Partner? partner, bool hasRole, Owner? existing)
    {
        if (command.Kind == OwnerKind.Own)
        {
            return new OwnOwnerIsFixed(command.LegalEntity);
        }

        if (entity is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (entity.RefuseNew() is { } closed)
        {
            return closed;
        }

        if (partner is null)
        {
            return new PartnerNotFound(command.Partner);
        }

        if (partner.RefuseNew() is { } notActive)
        {
            return notActive;
        }

        if (!hasRole)
        {
            return new OwnerNeedsRole(command.Partner, command.Kind);
        }

        return existing is null
            ? new OwnerCreated(id, command.LegalEntity, command.Kind, command.Partner)
            : new OwnerExists(existing.Id);
    }
}

/// <summary>Ends consignment with a partner, once none of its goods are left.</summary>
[Needs("partners.owners")]
[Refuses<InvalidField>, Refuses<OwnerNotFound>, Refuses<StaleVersion>, Refuses<OwnOwnerIsFixed>]
[Refuses<OwnerIsRetired>, Refuses<StillInUse>]
public sealed record RetireOwner(OwnerId Owner, int Version, string Reason) : ICommand<OwnerRetired>, IReasoned;

public sealed record OwnerRetired(OwnerId Owner, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Partners.Owner), Owner.Value);
}

internal sealed class RetireOwnerHandler(PlatformDb db, RecordUses uses) : ICommandHandler<RetireOwner, OwnerRetired>
{
    public async Task<Result<OwnerRetired>> HandleAsync(RetireOwner command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        await db.PausePostingAsync(ct);
        var owner = await db.LockOwnerAsync(command.Owner, ct);
        if (owner is null)
        {
            return new OwnerNotFound(command.Owner);
        }

        if (Decide(owner, command.Version) is { } refusal)
        {
            return refusal;
        }

        var needed = await uses.FindAsync(RecordKind.Owner, owner.Id.Value, ct);
        if (needed.Count > 0)
        {
            return new StillInUse(RecordKind.Owner, owner.Id.Value, needed);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Owner, owner.Id.Value, FieldGroup.Status, owner.Version, new StatusWas(MasterStatus.Active),
                new StatusWas(MasterStatus.Retired), command.Reason),
            envelope);
        owner.Retire(envelope.Now);
        var retired = new OwnerRetired(owner.Id, owner.Version, command.Reason);
        db.Raise(retired);
        return retired;
    }

    internal static DomainError? Decide(Owner owner, int version)
    {
        if (owner.Version != version)
        {
            return new StaleVersion(nameof(Owner), owner.Id.Value, version, owner.Version);
        }

        if (owner.Kind == OwnerKind.Own)
        {
            return new OwnOwnerIsFixed(owner.LegalEntityId);
        }

        return owner.Status == OwnerStatus.Retired ? new OwnerIsRetired(owner.Id) : null;
    }
}
