using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock;

/// <summary>
/// Says that goods are in another state than before, where they lie: quarantined, found damaged, to be inspected (INV-06). What was
/// held back becomes usable only by whoever decides that: an inspection, the release of a hold, an approved disposition.
/// </summary>
[Needs("stock.condition"), WithinRows]
[RefusesLike<PostMovements>]
public sealed record ChangeCondition(
    LegalEntityId LegalEntity, StockSpot Spot, StockCondition To, decimal Quantity, decimal? Weight, string Reason)
    : ICommand<StockPosted>, IReasoned;

internal sealed class ChangeConditionHandler(StockPoster poster) : ICommandHandler<ChangeCondition, StockPosted>
{
    public Task<Result<StockPosted>> HandleAsync(ChangeCondition command, Envelope envelope, CancellationToken ct) =>
        poster.PostLastAsync(
            new PostingRequest
            {
                LegalEntity = command.LegalEntity,
                Document = new StockDocument("Condition", Number: null, Id: null),
                Reason = new PostingReason("CONDITION", command.Reason, Evidence: null),
                Lines =
                [
                    new MovementLine
                    {
                        Type = MovementType.Condition,
                        Item = command.Spot.Item,
                        From = Place.In(command.Spot.Bin, command.Spot.Condition),
                        To = Place.In(command.Spot.Bin, command.To),
                        Quantity = command.Quantity,
                        Weight = command.Weight,
                        Lot = command.Spot.Lot,
                        Serial = command.Spot.Serial,
                        HandlingUnit = command.Spot.HandlingUnit,
                        Owner = command.Spot.Owner,
                    },
                ],
            },
            envelope,
            ct);
}
