using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>Gives up a bin that holds no stock, or a group that holds no bins (NET-01).</summary>
[Needs("network.layout"), WithinRows]
[Refuses<InvalidField>, Refuses<BinNotFound>, Refuses<StaleVersion>, Refuses<BinIsRetired>, Refuses<StillInUse>]
public sealed record RetireBin(BinId Bin, int Version, string Reason) : ICommand<BinRetired>, IReasoned;

public sealed record BinRetired(BinId Bin, WarehouseId Warehouse, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Warehouses.Bin), Bin.Value);
}

internal sealed class RetireBinHandler(PlatformDb db, RecordUses uses) : ICommandHandler<RetireBin, BinRetired>
{
    public async Task<Result<BinRetired>> HandleAsync(RetireBin command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        await db.PausePostingAsync(ct);
        var bin = await db.LockBinAsync(command.Bin, ct);
        if (bin is null)
        {
            return new BinNotFound(command.Bin);
        }

        if (BinSteps.Refuse(bin, command.Version) is { } refusal)
        {
            return refusal;
        }

        var needed = await uses.FindAsync(RecordKind.Bin, bin.Id.Value, ct);
        if (needed.Count > 0)
        {
            return new StillInUse(RecordKind.Bin, bin.Id.Value, needed);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Bin, bin.Id.Value, FieldGroup.Status, bin.Version, new StatusWas(MasterStatus.Active),
                new StatusWas(MasterStatus.Retired), command.Reason),
            envelope);
        bin.Retire(envelope.Now);
        var retired = new BinRetired(bin.Id, bin.WarehouseId, bin.Version, command.Reason);
        db.Raise(retired);
        return retired;
    }
}
