using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock.Importing;

/// <summary>
/// Brings in opening balances or another system's movements, up to 10 000 at a time. Lines that are right are posted; each
/// wrong one is named with its cause, so that it can be mended and sent again.
/// </summary>
[Needs("stock.import")]
[RefusesLike<PostMovements>]
public sealed record ImportMovements(PostingRequest Request) : ICommand<MovementsImported>;

public sealed record MovementsImported(
    StockPostingId Posting, LegalEntityId LegalEntity, string DocumentKind, string? DocumentNumber, int Posted, IReadOnlyList<RefusedLine> Refused)
    : ISoleEvent
{
    public Subject Subject => new("StockPosting", Posting.Value);
}

internal sealed class ImportMovementsHandler(PlatformDb db, StockPoster poster)
    : ICommandHandler<ImportMovements, MovementsImported>, IConstraintRefusals<ImportMovements>
{
    public async Task<Result<MovementsImported>> HandleAsync(ImportMovements command, Envelope envelope, CancellationToken ct)
    {
        var decided = await poster.ImportAsync(command.Request, envelope, ct);
        if (!decided.Succeeded(out var judged))
        {
            return decided.Error!;
        }

        var document = command.Request.Document;
        var imported = new MovementsImported(
            judged.Plan.Id, command.Request.LegalEntity, document.Kind, document.Number, judged.Plan.Movements.Count, judged.Refused);
        db.Raise(imported, judged.Plan.OccurredAt);
        return imported;
    }

    public DomainError? RefusalFor(ImportMovements command, string constraint) =>
        StockConstraints.RefusalFor(command.Request, constraint);
}
