using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>Holds a lot: nothing of it is picked or shipped until it is released.</summary>
[Needs("catalog.lots")]
[Refuses<InvalidField>, Refuses<LotNotFound>, Refuses<StaleVersion>, Refuses<LotAlreadyBlocked>]
public sealed record BlockLot(LotId Lot, int Version, string Reason) : ICommand<LotBlocked>, IReasoned;

public sealed record LotBlocked(LotId Lot, ItemId Item, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Lot), Lot.Value);
}

/// <summary>Releases a lot that was held.</summary>
[Needs("catalog.lots")]
[Refuses<InvalidField>, Refuses<LotNotFound>, Refuses<StaleVersion>, Refuses<LotNotBlocked>]
public sealed record UnblockLot(LotId Lot, int Version, string Reason) : ICommand<LotUnblocked>, IReasoned;

public sealed record LotUnblocked(LotId Lot, ItemId Item, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Lot), Lot.Value);
}

internal sealed class BlockLotHandler(PlatformDb db) : ICommandHandler<BlockLot, LotBlocked>
{
    public async Task<Result<LotBlocked>> HandleAsync(BlockLot command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var lot = await db.LockLotAsync(command.Lot, ct);
        if (lot is null)
        {
            return new LotNotFound(command.Lot);
        }

        if (lot.Version != command.Version)
        {
            return new StaleVersion(nameof(Lot), lot.Id.Value, command.Version, lot.Version);
        }

        if (lot.Status == LotStatus.Blocked)
        {
            return new LotAlreadyBlocked(lot.Id, lot.BlockReason!);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Lot, lot.Id.Value, FieldGroup.Status, lot.Version, new LotStatusWas(LotStatus.Open),
                new LotStatusWas(LotStatus.Blocked), command.Reason),
            envelope);
        lot.Block(command.Reason, envelope.Now);
        var blocked = new LotBlocked(lot.Id, lot.ItemId, lot.Version, command.Reason);
        db.Raise(blocked);
        return blocked;
    }
}

internal sealed class UnblockLotHandler(PlatformDb db) : ICommandHandler<UnblockLot, LotUnblocked>
{
    public async Task<Result<LotUnblocked>> HandleAsync(UnblockLot command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var lot = await db.LockLotAsync(command.Lot, ct);
        if (lot is null)
        {
            return new LotNotFound(command.Lot);
        }

        if (lot.Version != command.Version)
        {
            return new StaleVersion(nameof(Lot), lot.Id.Value, command.Version, lot.Version);
        }

        if (lot.Status == LotStatus.Open)
        {
            return new LotNotBlocked(lot.Id);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Lot, lot.Id.Value, FieldGroup.Status, lot.Version, new LotStatusWas(LotStatus.Blocked),
                new LotStatusWas(LotStatus.Open), command.Reason),
            envelope);
        lot.Unblock(envelope.Now);
        var unblocked = new LotUnblocked(lot.Id, lot.ItemId, lot.Version, command.Reason);
        db.Raise(unblocked);
        return unblocked;
    }
}

/// <summary>The status of a lot or serial as the register of changes keeps it.</summary>
internal sealed record LotStatusWas(LotStatus Status);
