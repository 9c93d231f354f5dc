using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock;

/// <summary>Carries goods from one bin to another of the same warehouse.</summary>
[Needs("stock.move"), WithinRows]
[RefusesLike<PostMovements>]
public sealed record MoveStock(
    LegalEntityId LegalEntity, StockSpot From, BinId To, decimal Quantity, string? Unit, decimal? Weight, decimal? ExpectedOnHand)
    : ICommand<StockPosted>;

internal sealed class MoveStockHandler(StockPoster poster) : ICommandHandler<MoveStock, StockPosted>
{
    public Task<Result<StockPosted>> HandleAsync(MoveStock command, Envelope envelope, CancellationToken ct) =>
        poster.PostLastAsync(
            new PostingRequest
            {
                LegalEntity = command.LegalEntity,
                Document = new StockDocument("Move", Number: null, Id: null),
                Lines =
                [
                    new MovementLine
                    {
                        Type = MovementType.Move,
                        Item = command.From.Item,
                        From = Place.In(command.From.Bin, command.From.Condition),
                        To = Place.In(command.To, command.From.Condition),
                        Quantity = command.Quantity,
                        Unit = command.Unit,
                        Weight = command.Weight,
                        Lot = command.From.Lot,
                        Serial = command.From.Serial,
                        HandlingUnit = command.From.HandlingUnit,
                        Owner = command.From.Owner,
                        ExpectedOnHand = command.ExpectedOnHand,
                    },
                ],
            },
            envelope,
            ct);
}
