using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>Stops new orders and receipts of an item; what exists may still be moved, counted and returned.</summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>]
public sealed record BlockItem(ItemId Item, int Version, string Reason) : ICommand<ItemBlocked>, IReasoned;

public sealed record ItemBlocked(ItemId Item, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

/// <summary>Lets a blocked item be ordered and received again.</summary>
[Needs("catalog.write")]
[Refuses<ItemNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>]
public sealed record UnblockItem(ItemId Item, int Version) : ICommand<ItemUnblocked>;

public sealed record ItemUnblocked(ItemId Item, int Version) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

/// <summary>Ends an item that nothing needs any more.</summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<StaleVersion>, Refuses<WrongStatus>, Refuses<StillInUse>]
public sealed record RetireItem(ItemId Item, int Version, string Reason) : ICommand<ItemRetired>, IReasoned;

public sealed record ItemRetired(ItemId Item, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

internal sealed class BlockItemHandler(PlatformDb db) : ICommandHandler<BlockItem, ItemBlocked>
{
    public async Task<Result<ItemBlocked>> HandleAsync(BlockItem command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var item = await db.LockItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        if (MasterSteps.Refuse(item, command.Version, MasterStep.Block) is { } refusal)
        {
            return refusal;
        }

        db.Step(item, MasterStep.Block, command.Reason, envelope);
        var blocked = new ItemBlocked(command.Item, item.Version, command.Reason);
        db.Raise(blocked);
        return blocked;
    }
}

internal sealed class UnblockItemHandler(PlatformDb db) : ICommandHandler<UnblockItem, ItemUnblocked>
{
    public async Task<Result<ItemUnblocked>> HandleAsync(UnblockItem command, Envelope envelope, CancellationToken ct)
    {
        var item = await db.LockItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        if (MasterSteps.Refuse(item, command.Version, MasterStep.Unblock) is { } refusal)
        {
            return refusal;
        }

        db.Step(item, MasterStep.Unblock, reason: null, envelope);
        var unblocked = new ItemUnblocked(command.Item, item.Version);
        db.Raise(unblocked);
        return unblocked;
    }
}

internal sealed class RetireItemHandler(PlatformDb db, RecordUses uses) : ICommandHandler<RetireItem, ItemRetired>
{
    public async Task<Result<ItemRetired>> HandleAsync(RetireItem command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        await db.PausePostingAsync(ct);
        var item = await db.LockItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        if (MasterSteps.Refuse(item, command.Version, MasterStep.Retire) is { } refusal)
        {
            return refusal;
        }

        var needed = await uses.FindAsync(RecordKind.Item, command.Item.Value, ct);
        if (needed.Count > 0)
        {
            return new StillInUse(RecordKind.Item, command.Item.Value, needed);
        }

        db.Step(item, MasterStep.Retire, command.Reason, envelope);
        var retired = new ItemRetired(command.Item, item.Version, command.Reason);
        db.Raise(retired);
        return retired;
    }
}
