using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock;

/// <summary>
/// Takes a movement back by its exact mirror, goods and money at their own cost. The first one stays in the ledger: nothing
/// is ever removed from it.
/// </summary>
[Needs("stock.reverse"), WithinRows]
[RefusesLike<PostMovements>]
public sealed record ReverseMovement(LegalEntityId LegalEntity, long Movement, string Reason) : ICommand<StockPosted>, IReasoned;

internal sealed class ReverseMovementHandler(StockPoster poster) : ICommandHandler<ReverseMovement, StockPosted>
{
    public Task<Result<StockPosted>> HandleAsync(ReverseMovement command, Envelope envelope, CancellationToken ct) =>
        poster.PostLastAsync(
            new PostingRequest
            {
                LegalEntity = command.LegalEntity,
                Document = new StockDocument("Reversal", Number: null, Id: null),
                Reason = new PostingReason("REVERSAL", command.Reason, Evidence: null),
                Lines = [MovementLine.Reversing(command.Movement)],
            },
            envelope,
            ct);
}
