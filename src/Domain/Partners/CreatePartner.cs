using Platform.Domain.Kernel;

namespace Platform.Domain.Partners;

/// <summary>Notes another company, before it becomes supplier or customer.</summary>
[Needs("partners.write")]
[Refuses<InvalidField>, Refuses<PartnerCodeTaken>]
public sealed record CreatePartner(string Code, PartnerIdentity Identity) : ICommand<PartnerCreated>;

public sealed record PartnerCreated(PartnerId Partner, string Code, PartnerIdentity Identity, DateTimeOffset At) : IEvent
{
    public Subject Subject => new(nameof(Partners.Partner), Partner.Value);
}

internal sealed class CreatePartnerHandler(PlatformDb db)
    : ICommandHandler<CreatePartner, PartnerCreated>, IConstraintRefusals<CreatePartner>
{
    public async Task<Result<PartnerCreated>> HandleAsync(CreatePartner command, Envelope envelope, CancellationToken ct)
    {
        var taken = await db.PartnerCodesTakenAsync([command.Code], ct);
        var id = new PartnerId(Guid.CreateVersion7(envelope.Now));
        var result = Decide(command, id, taken.Contains(command.Code), envelope.Now);
        if (result.Succeeded(out var created))
        {
            db.AddPartner(created, envelope);
        }

        return result;
    }

    public DomainError? RefusalFor(CreatePartner command, string constraint) =>
        constraint == "partner_code_key" ? new PartnerCodeTaken(command.Code) : null;

    internal static Result<PartnerCreated> Decide(
        CreatePartner command, PartnerId id, bool codeIsTaken, DateTimeOffset now)
    {
        if ((Field.Code("code", command.Code) ?? command.Identity.Check()) is { } invalid)
        {
            return invalid;
        }

        return codeIsTaken
            ? new PartnerCodeTaken(command.Code)
            : new PartnerCreated(id, command.Code, command.Identity, now);
    }
}
