using Platform.Domain.Kernel;

namespace Platform.Domain.Partners;

/// <summary>Notes many companies at once, with one outcome per line: a line is refused as the company would be.</summary>
[Needs("partners.import")]
[Refuses<InvalidField>, Refuses<ImportRejected>, Refuses<ImportCollided>, RefusesLike<CreatePartner>]
public sealed record ImportPartners(IReadOnlyList<CreatePartner> Lines, ImportPolicy Policy) : ICommand<Imported>;

internal sealed class ImportPartnersHandler(PlatformDb db)
    : ICommandHandler<ImportPartners, Imported>, IConstraintRefusals<ImportPartners>
{
    public async Task<Result<Imported>> HandleAsync(ImportPartners command, Envelope envelope, CancellationToken ct)
    {
        if (ImportLines.Check(command.Lines.Count, command.Policy) is { } invalid)
        {
            return invalid;
        }

        // One import at a time: codes that two imports share are then seen by the second.
        await db.LockPartnerImportAsync(ct);
        var codes = command.Lines.Select(line => line.Code).Distinct(StringComparer.Ordinal).ToArray();
        var taken = await db.PartnerCodesTakenAsync(codes, ct);

        var outcomes = new List<LineOutcome>(command.Lines.Count);
        var created = new List<PartnerCreated>(command.Lines.Count);
        for (var i = 0; i < command.Lines.Count; i++)
        {
            var id = new PartnerId(Guid.CreateVersion7(envelope.Now));
            var (result, problems) = ImportLines.Decide(
                command.Lines[i],
                command.Policy,
                line => CreatePartnerHandler.Decide(line, id, taken.Contains(line.Code), envelope.Now),
                Without);
            if (result.Succeeded(out var partner))
            {
                created.Add(partner);
                taken.Add(partner.Code);
            }

            outcomes.Add(new LineOutcome(i, partner?.Partner.Value, problems));
        }

        if (command.Policy == ImportPolicy.RejectEverything && outcomes.Exists(line => line.Id is null))
        {
            return new ImportRejected(outcomes.FindAll(line => line.Id is null));
        }

        created.ForEach(partner => db.AddPartner(partner, envelope));
        return Imported.Of(outcomes);
    }

    public DomainError? RefusalFor(ImportPartners command, string constraint) =>
        constraint == "partner_code_key" ? new ImportCollided(constraint) : null;

    /// <summary>The line without an optional field that was wrong.</summary>
    internal static CreatePartner? Without(CreatePartner line, string field) => field switch
    {
        "legalName" => line with { Identity = line.Identity with { LegalName = null } },
        "taxNumber" => line with { Identity = line.Identity with { TaxNumber = null } },
        "email" => line with { Identity = line.Identity with { Email = null } },
        "phone" => line with { Identity = line.Identity with { Phone = null } },
        _ => null,
    };
}
