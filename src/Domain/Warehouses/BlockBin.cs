using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>Stops goods from going into a bin, out of it, or both: a broken rack, a count, a spill.</summary>
[Needs("network.block_bins"), WithinRows]
[Refuses<InvalidField>, Refuses<BinNotFound>, Refuses<StaleVersion>, Refuses<BinIsRetired>]
public sealed record BlockBin(BinId Bin, int Version, bool GoodsIn, bool GoodsOut, string Reason)
    : ICommand<BinBlocked>, IReasoned;

public sealed record BinBlocked(BinId Bin, WarehouseId Warehouse, bool GoodsIn, bool GoodsOut, int Version, string Reason)
    : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Bin), Bin.Value);
}

/// <summary>Lets goods go in and out of a bin again.</summary>
[Needs("network.block_bins"), WithinRows]
[Refuses<BinNotFound>, Refuses<StaleVersion>, Refuses<BinIsRetired>, Refuses<BinNotBlocked>]
public sealed record UnblockBin(BinId Bin, int Version) : ICommand<BinUnblocked>;

public sealed record BinUnblocked(BinId Bin, WarehouseId Warehouse, int Version) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Bin), Bin.Value);
}

internal sealed class BlockBinHandler(PlatformDb db) : ICommandHandler<BlockBin, BinBlocked>
{
    public async Task<Result<BinBlocked>> HandleAsync(BlockBin command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Text("reason", command.Reason, most: 500)
            ?? (command.GoodsIn || command.GoodsOut
                ? null
                : Field.Invalid("goodsIn", "or goodsOut must be blocked", "neither"));
        if (invalid is not null)
        {
            return invalid;
        }

        var bin = await db.LockBinAsync(command.Bin, ct);
        if (bin is null)
        {
            return new BinNotFound(command.Bin);
        }

        if (BinSteps.Refuse(bin, command.Version) is { } refusal)
        {
            return refusal;
        }

        var before = new BlockWas(bin.IsBlockedIn, bin.IsBlockedOut);
        db.RegisterChange(
            new Changed(
                RecordKind.Bin, bin.Id.Value, FieldGroup.Status, bin.Version, before,
                new BlockWas(command.GoodsIn, command.GoodsOut), command.Reason),
            envelope);
        bin.Block(command.GoodsIn, command.GoodsOut, command.Reason, envelope.Now);
        var blocked = new BinBlocked(
            bin.Id, bin.WarehouseId, command.GoodsIn, command.GoodsOut, bin.Version, command.Reason);
        db.Raise(blocked);
        return blocked;
    }
}

internal sealed class UnblockBinHandler(PlatformDb db) : ICommandHandler<UnblockBin, BinUnblocked>
{
    public async Task<Result<BinUnblocked>> HandleAsync(UnblockBin command, Envelope envelope, CancellationToken ct)
    {
        var bin = await db.LockBinAsync(command.Bin, ct);
        if (bin is null)
        {
            return new BinNotFound(command.Bin);
        }

        if (BinSteps.Refuse(bin, command.Version) is { } refusal)
        {
            return refusal;
        }

        if (!bin.IsBlockedIn && !bin.IsBlockedOut)
        {
            return new BinNotBlocked(bin.Id);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Bin, bin.Id.Value, FieldGroup.Status, bin.Version,
                new BlockWas(bin.IsBlockedIn, bin.IsBlockedOut), new BlockWas(GoodsIn: false, GoodsOut: false),
                Reason: null),
            envelope);
        bin.Block(goodsIn: false, goodsOut: false, reason: null, envelope.Now);
        var unblocked = new BinUnblocked(bin.Id, bin.WarehouseId, bin.Version);
        db.Raise(unblocked);
        return unblocked;
    }
}

internal sealed record BlockWas(bool GoodsIn, bool GoodsOut);

/// <summary>What every step of a bin asks first: is it as you saw it, and still in use?</summary>
internal static class BinSteps
{
    public static DomainError? Refuse(Bin bin, int version)
    {
        if (bin.Version != version)
        {
            return new StaleVersion(nameof(Bin), bin.Id.Value, version, bin.Version);
        }

        return bin.Status == PlaceStatus.Retired ? new BinIsRetired(bin.Id) : null;
    }
}
