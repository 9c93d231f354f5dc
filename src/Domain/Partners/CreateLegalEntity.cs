using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>Founds a company of ours, together with the owner under which its own goods are kept.</summary>
[Needs("network.entities")]
[Refuses<InvalidField>, Refuses<LegalEntityCodeTaken>, Refuses<CurrencyUnknown>]
public sealed record CreateLegalEntity(string Code, string Name, string Currency, string Country)
    : ICommand<LegalEntityCreated>;

public sealed record LegalEntityCreated(
    LegalEntityId LegalEntity, string Code, string Name, string Currency, string Country, DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(Partners.LegalEntity), LegalEntity.Value);
}

internal sealed class CreateLegalEntityHandler(PlatformDb db)
    : ICommandHandler<CreateLegalEntity, LegalEntityCreated>, IConstraintRefusals<CreateLegalEntity>
{
    public async Task<Result<LegalEntityCreated>> HandleAsync(
        CreateLegalEntity command, Envelope envelope, CancellationToken ct)
    {
        var id = new LegalEntityId(Guid.CreateVersion7(envelope.Now));
        var currency = await db.FindCurrencyAsync(command.Currency, ct);
        var isTaken = await db.IsLegalEntityCodeTakenAsync(command.Code, ct);
        var result = Decide(command, id, currency, isTaken, envelope.Now);
        if (result.Succeeded(out var created))
        {
            db.Add(LegalEntity.Create(created));
            db.Add(Owner.Own(id, envelope.Now));
            db.RegisterChange(
                new Changed(
                    RecordKind.LegalEntity, id.Value, FieldGroup.Identity, BaseVersion: 0, Before: null, created,
                    Reason: null),
                envelope);
            db.Raise(created);
        }

        return result;
    }

    public DomainError? RefusalFor(CreateLegalEntity command, string constraint) =>
        constraint == "legal_entity_code_key" ? new LegalEntityCodeTaken(command.Code) : null;

    internal static Result<LegalEntityCreated> Decide(
        CreateLegalEntity command, LegalEntityId id, KnownCurrency? currency, bool codeIsTaken, DateTimeOffset now)
    {
        var invalid = Field.Code("code", command.Code)
            ?? Field.Text("name", command.Name, most: 200)
            ?? CurrencyRule.Check("currency", command.Currency)
            ?? Field.Country("country", command.Country);
        if (invalid is not null)
        {
            return invalid;
        }

        if (codeIsTaken)
        {
            return new LegalEntityCodeTaken(command.Code);
        }

        return currency is { Status: CurrencyStatus.Active }
            ? new LegalEntityCreated(id, command.Code, command.Name, command.Currency, command.Country, now)
            : new CurrencyUnknown(command.Currency);
    }
}

/// <summary>Gives a company another name.</summary>
[Needs("network.entities")]
[Refuses<InvalidField>, Refuses<LegalEntityNotFound>, Refuses<StaleVersion>]
public sealed record RenameLegalEntity(LegalEntityId LegalEntity, int Version, string Name) : ICommand<LegalEntityRenamed>;

public sealed record LegalEntityRenamed(LegalEntityId LegalEntity, string Name, int Version) : IEvent
{
    public Subject Subject => new(nameof(Partners.LegalEntity), LegalEntity.Value);
}

internal sealed class RenameLegalEntityHandler(PlatformDb db) : ICommandHandler<RenameLegalEntity, LegalEntityRenamed>
{
    public async Task<Result<LegalEntityRenamed>> HandleAsync(
        RenameLegalEntity command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("name", command.Name, most: 200) is { } invalid)
        {
            return invalid;
        }

        var entity = await db.LockLegalEntityAsync(command.LegalEntity, ct);
        if (entity is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        if (entity.Version != command.Version)
        {
            return new StaleVersion(nameof(LegalEntity), entity.Id.Value, command.Version, entity.Version);
        }

        var renamed = new LegalEntityRenamed(entity.Id, command.Name, entity.Version + 1);
        db.RegisterChange(
            new Changed(
                RecordKind.LegalEntity, entity.Id.Value, FieldGroup.Identity, entity.Version, new NameWas(entity.Name),
                new NameWas(command.Name), Reason: null),
            envelope);
        entity.Apply(renamed, envelope.Now);
        db.Raise(renamed);
        return renamed;
    }

    private sealed record NameWas(string Name);
}
