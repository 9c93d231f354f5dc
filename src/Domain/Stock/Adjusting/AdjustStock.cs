using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Adjusting;

/// <summary>Where the goods are that are adjusted or written off, and as what.</summary>
public sealed record StockSpot(
    BinId Bin,
    ItemId Item,
    StockCondition Condition,
    LotId? Lot,
    SerialId? Serial,
    HandlingUnitId? HandlingUnit,
    OwnerId? Owner);

/// <summary>
/// Corrects what the books say lies in a bin, found or missing, with a reason (INV-12). Above the value that policy lets
/// pass, it runs only when others have agreed: see <see cref="AskToAdjust"/>.
/// </summary>
[Needs("stock.adjust"), WithinRows]
[Refuses<ReasonRequired>, Refuses<EvidenceRequired>, Refuses<ApprovalRequired>]
[RefusesLike<PostMovements>]
public sealed record AdjustStock(
    LegalEntityId LegalEntity,
    StockSpot Spot,
    decimal Change,
    decimal? WeightChange,
    decimal? UnitCost,
    decimal? ExpectedOnHand,
    string? DocumentNumber,
    PostingReason Reason) : ICommand<StockPosted>, IReasoned
{
    string? IReasoned.Reason => Reason.Text ?? Reason.Code;
}

internal sealed class AdjustStockHandler(StockPoster poster, AdjustmentPolicies policies)
    : ICommandHandler<AdjustStock, StockPosted>, IConstraintRefusals<AdjustStock>
{
    public Task<Result<StockPosted>> HandleAsync(AdjustStock command, Envelope envelope, CancellationToken ct) =>
        policies.PostAsync(poster, Request(command), envelope, ct);

    public DomainError? RefusalFor(AdjustStock command, string constraint) =>
        StockConstraints.RefusalFor(Request(command), constraint);

    internal static PostingRequest Request(AdjustStock command)
    {
        var spot = command.Spot;
        var bin = Place.In(spot.Bin, spot.Condition);
        var isFound = command.Change > 0m || (command.Change == 0m && command.WeightChange > 0m);
        return new PostingRequest
        {
            LegalEntity = command.LegalEntity,
            Document = new StockDocument("Adjustment", command.DocumentNumber, Id: null),
            Reason = command.Reason,
            Lines =
            [
                new MovementLine
                {
                    Type = command is { Change: 0m, WeightChange: not null } ? MovementType.WeightAdjust : MovementType.Adjust,
                    Item = spot.Item,
                    From = isFound ? Place.Adjustment : bin,
                    To = isFound ? bin : Place.Adjustment,
                    Quantity = decimal.Abs(command.Change),
                    Weight = command.WeightChange is { } weight ? decimal.Abs(weight) : null,
                    Lot = spot.Lot,
                    Serial = spot.Serial,
                    HandlingUnit = spot.HandlingUnit,
                    Owner = spot.Owner,
                    UnitCost = isFound ? command.UnitCost : null,
                    ExpectedOnHand = isFound ? null : command.ExpectedOnHand,
                },
            ],
        };
    }
}
