using System.Globalization;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>Goods of a transfer in a bin of one of the two sites.</summary>
/// <param name="Bin">The bin.</param>
/// <param name="Quantity">How many base units.</param>
/// <param name="Lot">Their lot, where the item has lots.</param>
/// <param name="Serial">Their serial number, where the item has some.</param>
public sealed record TransferredGoods(BinId Bin, decimal Quantity, LotId? Lot, SerialId? Serial);

/// <summary>
/// Sends off what was decided to come from another site: the goods leave their bins and lie in a transit bin of the site that gets
/// them until they are received there. What is left of the need is found by the next run.
/// </summary>
/// <param name="ReorderProposal">The proposal that was decided as a transfer.</param>
/// <param name="Version">As it was seen.</param>
/// <param name="TransitBin">A bin for goods on the road, of the site that gets them.</param>
/// <param name="Goods">From which bins.</param>
[Needs("stock.move")]
[Refuses<InvalidField>, Refuses<ReorderProposalNotFound>, Refuses<StaleVersion>, Refuses<WrongProposalStatus>, Refuses<NoTransfer>]
[Refuses<BeyondTheTransfer>, Refuses<BinOfAnotherSite>]
[RefusesLike<PostMovements>]
public sealed record ShipTransfer(ReorderProposalId ReorderProposal, int Version, BinId TransitBin, IReadOnlyList<TransferredGoods> Goods)
    : ICommand<ProposalMoved>;

/// <summary>Takes in what came of a transfer; when all of it is here, the need is met.</summary>
/// <param name="ReorderProposal">The proposal.</param>
/// <param name="Version">As it was seen.</param>
/// <param name="Goods">Into which bins.</param>
[Needs("stock.move")]
[Refuses<InvalidField>, Refuses<ReorderProposalNotFound>, Refuses<StaleVersion>, Refuses<WrongProposalStatus>]
[Refuses<BeyondTheTransfer>, Refuses<BinOfAnotherSite>]
[RefusesLike<PostMovements>]
public sealed record ReceiveTransfer(ReorderProposalId ReorderProposal, int Version, IReadOnlyList<TransferredGoods> Goods) : ICommand<ProposalMoved>;

/// <summary>
/// Says that no more of a transfer comes. What is missing still lies in the transit bin, and a case asks where it is.
/// </summary>
[Needs("planning.decide")]
[Refuses<InvalidField>, Refuses<ReorderProposalNotFound>, Refuses<StaleVersion>, Refuses<WrongProposalStatus>]
public sealed record FinishProposal(ReorderProposalId ReorderProposal, int Version, string Reason) : ICommand<ProposalMoved>, IReasoned;

public sealed record NoTransfer(ReorderProposalId Proposal, SourceKind? Source) : DomainError
{
    public override string Message => $"Reorder proposal {Proposal} was decided as {Source}: nothing is sent from another site.";
}

/// <summary>More than was decided, or than is on the road.</summary>
public sealed record BeyondTheTransfer(ReorderProposalId Proposal, decimal Most, decimal Asked) : DomainError
{
    public override string Message => $"{Asked} are more than the {Most} of reorder proposal {Proposal}.";
}

public sealed record BinOfAnotherSite(BinId Bin, WarehouseId Warehouse) : DomainError
{
    public override string Message => $"Bin {Bin} is no bin of warehouse {Warehouse}.";
}

internal sealed class ShipTransferHandler(PlatformDb db, StockPoster poster) : ICommandHandler<ShipTransfer, ProposalMoved>
{
    public async Task<Result<ProposalMoved>> HandleAsync(ShipTransfer command, Envelope envelope, CancellationToken ct)
    {
        if (Transfers.Check(command.Goods) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockProposalAsync(command.ReorderProposal, ct) is not { } proposal)
        {
            return new ReorderProposalNotFound(command.ReorderProposal);
        }

        if (proposal.Refuse(command.Version, ProposalStep.Ship) is { } refusal)
        {
            return refusal;
        }

        if (proposal.FromWarehouseId is not { } from)
        {
            return new NoTransfer(proposal.Id, proposal.Source);
        }

        var quantity = command.Goods.Sum(goods => goods.Quantity);
        if (quantity > proposal.DecidedQuantity)
        {
            return new BeyondTheTransfer(proposal.Id, proposal.DecidedQuantity!.Value, quantity);
        }

        if (await db.RefuseBinsAsync(from, command.Goods.Select(goods => goods.Bin), ct) is { } elsewhere
            || (elsewhere = await db.RefuseBinsAsync(proposal.WarehouseId, [command.TransitBin], ct)) is not null)
        {
            return elsewhere;
        }

        var posted = await poster.PostAsync(
            await db.TransferPostingAsync(proposal, MovementType.TransferShip, command.Goods, goods => (goods.Bin, command.TransitBin), ct), envelope, ct);
        if (posted.Error is { } unposted)
        {
            return unposted;
        }

        proposal.Ship(quantity, command.TransitBin, envelope.Now);
        var moved = proposal.Moved(ProposalStep.Ship, ProposalStatus.Decided, reason: null);
        db.Raise(moved);
        return moved;
    }
}

internal sealed class ReceiveTransferHandler(PlatformDb db, StockPoster poster) : ICommandHandler<ReceiveTransfer, ProposalMoved>
{
    public async Task<Result<ProposalMoved>> HandleAsync(ReceiveTransfer command, Envelope envelope, CancellationToken ct)
    {
        if (Transfers.Check(command.Goods) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockProposalAsync(command.ReorderProposal, ct) is not { } proposal)
        {
            return new ReorderProposalNotFound(command.ReorderProposal);
        }

        if (proposal.Refuse(command.Version, ProposalStep.Receive) is { } refusal)
        {
            return refusal;
        }

        var quantity = command.Goods.Sum(goods => goods.Quantity);
        if (quantity > proposal.Shipped - proposal.Arrived)
        {
            return new BeyondTheTransfer(proposal.Id, proposal.Shipped - proposal.Arrived, quantity);
        }

        if (await db.RefuseBinsAsync(proposal.WarehouseId, command.Goods.Select(goods => goods.Bin), ct) is { } elsewhere)
        {
            return elsewhere;
        }

        var transit = proposal.TransitBinId!.Value;
        var posted = await poster.PostAsync(
            await db.TransferPostingAsync(proposal, MovementType.TransferReceive, command.Goods, goods => (transit, goods.Bin), ct), envelope, ct);
        if (posted.Error is { } unposted)
        {
            return unposted;
        }

        var step = proposal.Receive(quantity, envelope.Now);
        var moved = proposal.Moved(step, ProposalStatus.InTransit, reason: null);
        db.Raise(moved);
        return moved;
    }
}

internal sealed class FinishProposalHandler(PlatformDb db, ExceptionDesk exceptions) : ICommandHandler<FinishProposal, ProposalMoved>
{
    public async Task<Result<ProposalMoved>> HandleAsync(FinishProposal command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockProposalAsync(command.ReorderProposal, ct) is not { } proposal)
        {
            return new ReorderProposalNotFound(command.ReorderProposal);
        }

        if (proposal.Refuse(command.Version, ProposalStep.Finish) is { } refusal)
        {
            return refusal;
        }

        proposal.Finish(envelope.Now);
        await exceptions.SignalAsync(
            new Signal
            {
                Category = "TRANSFER_SHORT",
                CorrelationKey = $"TRANSFER_SHORT/{proposal.Id}",
                Title = $"Less came of transfer {proposal.Number} than was sent",
                Source = new Subject(nameof(ReorderProposal), proposal.Id.Value),
                SourceEvent = nameof(ProposalMoved),
                Warehouse = proposal.WarehouseId,
                Item = proposal.ItemId,
                Facts =
                [
                    new CaseFact("sent", proposal.Shipped.ToString("0.######", CultureInfo.InvariantCulture)),
                    new CaseFact("came", proposal.Arrived.ToString("0.######", CultureInfo.InvariantCulture)),
                    new CaseFact("reason", command.Reason),
                ],
            },
            envelope,
            ct);
        var moved = proposal.Moved(ProposalStep.Finish, ProposalStatus.InTransit, command.Reason);
        db.Raise(moved);
        return moved;
    }
}

/// <summary>The movements of a transfer, as the ledger wants them.</summary>
internal static class Transfers
{
    private const int MostBins = 200;

    public static InvalidField? Check(IReadOnlyList<TransferredGoods> goods) =>
        Field.Whole("goods", goods.Count, least: 1, most: MostBins)
        ?? goods.Select((one, at) => Field.Positive($"goods.{at}.quantity", one.Quantity, most: 1_000_000_000m, decimals: 6))
            .FirstOrDefault(found => found is not null);

    public static async Task<PostingRequest> TransferPostingAsync(
        this PlatformDb db,
        ReorderProposal proposal,
        MovementType type,
        IReadOnlyList<TransferredGoods> goods,
        Func<TransferredGoods, (BinId From, BinId To)> way,
        CancellationToken ct) => new()
    {
        LegalEntity = (await db.ShareWarehouseAsync(proposal.WarehouseId, ct))!.LegalEntityId,
        Document = new StockDocument("Transfer", Number: null, Id: proposal.Id.Value),
        Lines =
        [
            .. goods.Select(one => new MovementLine
            {
                Type = type,
                Item = proposal.ItemId,
                From = Place.In(way(one).From, StockCondition.Usable),
                To = Place.In(way(one).To, StockCondition.Usable),
                Quantity = one.Quantity,
                Lot = one.Lot,
                Serial = one.Serial,
            }),
        ],
    };
}
