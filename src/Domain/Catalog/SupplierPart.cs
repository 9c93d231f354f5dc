using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>What a supplier calls our item.</summary>
public sealed class ItemSupplierPart
{
    private ItemSupplierPart()
    {
    }

    public Guid Id { get; private set; }

    public ItemId ItemId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public string PartNumber { get; private set; } = string.Empty;

    public DateTimeOffset CreatedAt { get; private set; }

    internal static ItemSupplierPart Create(SupplierPartAdded added, DateTimeOffset now) => new()
    {
        Id = Guid.CreateVersion7(now),
        ItemId = added.Item,
        SupplierId = added.Supplier,
        PartNumber = added.PartNumber,
        CreatedAt = now,
    };
}

/// <summary>Notes the number under which a supplier sells an item.</summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<ItemIsRetired>, Refuses<SupplierNotFound>, Refuses<SupplierPartTaken>]
public sealed record AddSupplierPart(ItemId Item, SupplierId Supplier, string PartNumber) : ICommand<SupplierPartAdded>;

public sealed record SupplierPartAdded(ItemId Item, SupplierId Supplier, string PartNumber) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

/// <summary>Strikes a supplier's number that was noted by mistake or is no longer sold.</summary>
[Needs("catalog.write")]
[Refuses<ItemNotFound>, Refuses<SupplierPartNotFound>]
public sealed record RemoveSupplierPart(ItemId Item, SupplierId Supplier, string PartNumber)
    : ICommand<SupplierPartRemoved>;

public sealed record SupplierPartRemoved(ItemId Item, SupplierId Supplier, string PartNumber) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

internal sealed class AddSupplierPartHandler(PlatformDb db) : ICommandHandler<AddSupplierPart, SupplierPartAdded>
{
    public async Task<Result<SupplierPartAdded>> HandleAsync(
        AddSupplierPart command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("partNumber", command.PartNumber, most: 60) is { } invalid)
        {
            return invalid;
        }

        var item = await db.LockItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        if (item.Status == MasterStatus.Retired)
        {
            return new ItemIsRetired(item.Id);
        }

        if (await db.FindSupplierAsync(command.Supplier, ct) is null)
        {
            return new SupplierNotFound(command.Supplier);
        }

        if (await db.FindSupplierPartAsync(command.Item, command.Supplier, command.PartNumber, ct) is not null)
        {
            return new SupplierPartTaken(command.Item, command.Supplier, command.PartNumber);
        }

        var added = new SupplierPartAdded(command.Item, command.Supplier, command.PartNumber);
        db.Add(ItemSupplierPart.Create(added, envelope.Now));
        db.RegisterChange(
            new Changed(
                RecordKind.Item, item.Id.Value, FieldGroup.Packs, item.Version, Before: null, added, Reason: null),
            envelope);
        db.Raise(added);
        return added;
    }
}

internal sealed class RemoveSupplierPartHandler(PlatformDb db)
    : ICommandHandler<RemoveSupplierPart, SupplierPartRemoved>
{
    public async Task<Result<SupplierPartRemoved>> HandleAsync(
        RemoveSupplierPart command, Envelope envelope, CancellationToken ct)
    {
        var item = await db.LockItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        var part = await db.FindSupplierPartAsync(command.Item, command.Supplier, command.PartNumber, ct);
        if (part is null)
        {
            return new SupplierPartNotFound(command.Item, command.Supplier, command.PartNumber);
        }

        db.Remove(part);
        var removed = new SupplierPartRemoved(command.Item, command.Supplier, command.PartNumber);
        db.RegisterChange(
            new Changed(
                RecordKind.Item, item.Id.Value, FieldGroup.Packs, item.Version, removed, removed, Reason: null),
            envelope);
        db.Raise(removed);
        return removed;
    }
}
