using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>Between which suppliers the demand of an item at a site is split, so that none is left without orders.</summary>
public sealed class SupplierShares
{
    private SupplierShares()
    {
    }

    public SupplierSharesId Id { get; private set; }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public string Reason { get; private set; } = string.Empty;

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static SupplierShares Of(SupplierSharesId id, SetSupplierShares set, DateTimeOffset at)
    {
        var shares = new SupplierShares { Id = id, ItemId = set.Item, WarehouseId = set.Warehouse, CreatedAt = at };
        shares.Apply(set, at);
        return shares;
    }

    internal void Apply(SetSupplierShares set, DateTimeOffset at)
    {
        Reason = set.Reason;
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>What one supplier is meant to get.</summary>
public sealed class SupplierShare
{
    private SupplierShare()
    {
    }

    public Guid Id { get; private set; }

    public SupplierSharesId SharesId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public decimal Percent { get; private set; }

    internal static SupplierShare Of(SupplierSharesId shares, ShareOfSupplier share, DateTimeOffset at) => new()
    {
        Id = Guid.CreateVersion7(at),
        SharesId = shares,
        SupplierId = share.Supplier,
        Percent = share.Percent,
    };
}

/// <param name="Supplier">Who is meant to get it.</param>
/// <param name="Percent">How much of a hundred.</param>
public sealed record ShareOfSupplier(SupplierId Supplier, decimal Percent);

/// <summary>
/// Says how the demand of an item at a site is split between suppliers. Of equally good ways the supplier is recommended that is
/// furthest behind its share; a large need can be split at once (SplitProposal). No shares at all ends the split.
/// </summary>
/// <param name="Item">The item.</param>
/// <param name="Warehouse">The site.</param>
/// <param name="Version">The version that was seen last; 0 when there is none.</param>
/// <param name="Shares">What each is meant to get; a hundred together.</param>
/// <param name="Reason">Why.</param>
[Needs("planning.policy")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<WarehouseNotFound>, Refuses<SupplierNotFound>, Refuses<StaleVersion>]
public sealed record SetSupplierShares(
    ItemId Item, WarehouseId Warehouse, int Version, IReadOnlyList<ShareOfSupplier> Shares, string Reason) : ICommand<SupplierSharesSet>, IReasoned;

public sealed record SupplierSharesSet(
    SupplierSharesId SupplierShares, ItemId Item, WarehouseId Warehouse, IReadOnlyList<ShareOfSupplier> Shares, int Version) : IEvent
{
    public Subject Subject => new(nameof(Planning.SupplierShares), SupplierShares.Value);
}

internal sealed class SetSupplierSharesHandler(PlatformDb db) : ICommandHandler<SetSupplierShares, SupplierSharesSet>
{
    private const int MostSuppliers = 20;

    public async Task<Result<SupplierSharesSet>> HandleAsync(SetSupplierShares command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
        {
            return invalid;
        }

        if (!await db.Set<Item>().AnyAsync(item => item.Id == command.Item, ct))
        {
            return new ItemNotFound(command.Item);
        }

        if (await db.ShareWarehouseAsync(command.Warehouse, ct) is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        foreach (var share in command.Shares)
        {
            if (await db.FindSupplierAsync(share.Supplier, ct) is null)
            {
                return new SupplierNotFound(share.Supplier);
            }
        }

        await db.LockSupplyAsync(command.Item, ct);
        var shares = await db.FindSharesAsync(command.Item, command.Warehouse, ct);
        if ((shares?.Version ?? 0) != command.Version)
        {
            return new StaleVersion(nameof(SupplierShares), shares?.Id.Value ?? command.Item.Value, command.Version, shares?.Version ?? 0);
        }

        if (shares is null)
        {
            shares = SupplierShares.Of(new SupplierSharesId(Guid.CreateVersion7(envelope.Now)), command, envelope.Now);
            db.Add(shares);
        }
        else
        {
            shares.Apply(command, envelope.Now);
            db.RemoveRange(await db.SharesOfAsync(shares.Id, ct));
        }

        db.AddRange(command.Shares.Select(share => SupplierShare.Of(shares.Id, share, envelope.Now)));
        var set = new SupplierSharesSet(shares.Id, command.Item, command.Warehouse, command.Shares, shares.Version);
        db.Raise(set);
        return set;
    }

    private static InvalidField? Check(SetSupplierShares command) =>
        Field.Text("reason", command.Reason, most: 500)
        ?? Field.Whole("shares", command.Shares.Count, least: 0, most: MostSuppliers)
        ?? command.Shares.Select((share, at) => Field.Positive($"shares.{at}.percent", share.Percent, most: 100m, decimals: 4))
            .FirstOrDefault(found => found is not null)
        ?? (command.Shares.Select(share => share.Supplier).Distinct().Count() < command.Shares.Count
            ? Field.Invalid("shares", "must name each supplier once", null)
            : null)
        ?? (command.Shares.Count > 0 && command.Shares.Sum(share => share.Percent) != 100m
            ? Field.Invalid("shares", "must be a hundred together", null)
            : null);
}
