using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock.Adjusting;

/// <summary>Takes goods that are worth nothing any more out of stock, with a reason (INV-13). Expired lots leave this way.</summary>
[Needs("stock.write-off"), WithinRows]
[Refuses<ReasonRequired>, Refuses<EvidenceRequired>, Refuses<ApprovalRequired>]
[RefusesLike<PostMovements>]
public sealed record WriteOff(
    LegalEntityId LegalEntity,
    StockSpot Spot,
    decimal Quantity,
    decimal? Weight,
    decimal? ExpectedOnHand,
    string? DocumentNumber,
    PostingReason Reason) : ICommand<StockPosted>, IReasoned
{
    string? IReasoned.Reason => Reason.Text ?? Reason.Code;
}

internal sealed class WriteOffHandler(StockPoster poster, AdjustmentPolicies policies)
    : ICommandHandler<WriteOff, StockPosted>, IConstraintRefusals<WriteOff>
{
    public Task<Result<StockPosted>> HandleAsync(WriteOff command, Envelope envelope, CancellationToken ct) =>
        policies.PostAsync(poster, Request(command), envelope, ct);

    public DomainError? RefusalFor(WriteOff command, string constraint) =>
        StockConstraints.RefusalFor(Request(command), constraint);

    internal static PostingRequest Request(WriteOff command) => new()
    {
        LegalEntity = command.LegalEntity,
        Document = new StockDocument("WriteOff", command.DocumentNumber, Id: null),
        Reason = command.Reason,
        Lines =
        [
            new MovementLine
            {
                Type = MovementType.Adjust,
                Item = command.Spot.Item,
                From = Place.In(command.Spot.Bin, command.Spot.Condition),
                To = Place.Scrap,
                Quantity = command.Quantity,
                Weight = command.Weight,
                Lot = command.Spot.Lot,
                Serial = command.Spot.Serial,
                HandlingUnit = command.Spot.HandlingUnit,
                Owner = command.Spot.Owner,
                ExpectedOnHand = command.ExpectedOnHand,
            },
        ],
    };
}
