using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Adjusting;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock;

/// <summary>Carries goods from one bin to another of the same warehouse.</summary>
[Needs("stock.move"), WithinRows]
[Refuses<ScanRequired>]
[RefusesLike<PostMovements>]
public sealed record MoveStock(
    LegalEntityId LegalEntity, StockSpot From, BinId To, decimal Quantity, string? Unit, decimal? Weight, decimal? ExpectedOnHand)
    : ICommand<StockPosted>;

/// <summary>Goods go there only by a task that is confirmed by scan (RCV-11).</summary>
public sealed record ScanRequired(BinId From, BinId To, ItemId Item) : DomainError
{
    public override string Message =>
        $"Item {Item} goes from bin {From} to bin {To} only by a task that is confirmed by scan: the rules in force ask for it.";
}

/// <summary>Looks at a plain move before it is made; contributed by whoever has rules about the way.</summary>
internal interface IMoveWatch
{
    Task<ScanRequired?> BeforeAsync(MoveStock move, Envelope envelope, CancellationToken ct);
}

internal sealed class MoveStockHandler(StockPoster poster, IEnumerable<IMoveWatch> watches) : ICommandHandler<MoveStock, StockPosted>
{
    public async Task<Result<StockPosted>> HandleAsync(MoveStock command, Envelope envelope, CancellationToken ct)
    {
        foreach (var watch in watches)
        {
            if (await watch.BeforeAsync(command, envelope, ct) is { } refusal)
            {
                return refusal;
            }
        }

        return await poster.PostLastAsync(
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
}
