using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>How goods get from one of our sites to another, and what that costs.</summary>
public sealed class TransferLane
{
    private TransferLane()
    {
    }

    public TransferLaneId Id { get; private set; }

    public WarehouseId FromWarehouseId { get; private set; }

    public WarehouseId ToWarehouseId { get; private set; }

    public int Days { get; private set; }

    public decimal CostPerUnit { get; private set; }

    public decimal CostPerTransfer { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static TransferLane Of(TransferLaneId id, SetTransferLane set, DateTimeOffset at)
    {
        var lane = new TransferLane { Id = id, FromWarehouseId = set.FromWarehouse, ToWarehouseId = set.ToWarehouse, CreatedAt = at };
        lane.Apply(set, at);
        return lane;
    }

    internal void Apply(SetTransferLane set, DateTimeOffset at)
    {
        (Days, CostPerUnit, CostPerTransfer, CurrencyCode) = (set.Days, set.CostPerUnit, set.CostPerTransfer, set.Currency);
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>Says how long a transfer between two sites takes and what it costs.</summary>
/// <param name="FromWarehouse">Where the goods come from.</param>
/// <param name="ToWarehouse">Where they are wanted.</param>
/// <param name="Version">The version that was seen last; 0 when there is none.</param>
/// <param name="Days">How many days it takes.</param>
/// <param name="CostPerUnit">What each base unit costs on the way.</param>
/// <param name="CostPerTransfer">What each transfer costs, however large.</param>
/// <param name="Currency">The currency of both.</param>
[Needs("planning.lanes")]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>, Refuses<CurrencyUnknown>, Refuses<StaleVersion>]
public sealed record SetTransferLane(
    WarehouseId FromWarehouse, WarehouseId ToWarehouse, int Version, int Days, decimal CostPerUnit, decimal CostPerTransfer, string Currency)
    : ICommand<TransferLaneSet>;

public sealed record TransferLaneSet(
    TransferLaneId TransferLane, WarehouseId FromWarehouse, WarehouseId ToWarehouse, int Days, decimal CostPerUnit, decimal CostPerTransfer,
    string Currency, int Version) : IEvent
{
    public Subject Subject => new(nameof(Planning.TransferLane), TransferLane.Value);
}

internal sealed class SetTransferLaneHandler(PlatformDb db) : ICommandHandler<SetTransferLane, TransferLaneSet>, IConstraintRefusals<SetTransferLane>
{
    public async Task<Result<TransferLaneSet>> HandleAsync(SetTransferLane command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Whole("days", command.Days, least: 0, most: 365)
            ?? (command.CostPerUnit == 0m ? null : Field.Positive("costPerUnit", command.CostPerUnit, most: 1_000_000m, decimals: 6))
            ?? (command.CostPerTransfer == 0m ? null : Field.Positive("costPerTransfer", command.CostPerTransfer, most: 1_000_000m, decimals: 4))
            ?? (command.FromWarehouse == command.ToWarehouse ? Field.Invalid("toWarehouse", "must be another site", null) : null);
        if (invalid is not null)
        {
            return invalid;
        }

        foreach (var end in new[] { command.FromWarehouse, command.ToWarehouse })
        {
            if (await db.ShareWarehouseAsync(end, ct) is null)
            {
                return new WarehouseNotFound(end);
            }
        }

        if (await db.FindCurrencyAsync(command.Currency, ct) is not { Status: CurrencyStatus.Active })
        {
            return new CurrencyUnknown(command.Currency);
        }

        var lane = await db.LockLaneAsync(command.FromWarehouse, command.ToWarehouse, ct);
        if ((lane?.Version ?? 0) != command.Version)
        {
            return Stale(command, lane?.Version ?? 0);
        }

        if (lane is null)
        {
            lane = TransferLane.Of(new TransferLaneId(Guid.CreateVersion7(envelope.Now)), command, envelope.Now);
            db.Add(lane);
        }
        else
        {
            lane.Apply(command, envelope.Now);
        }

        var set = new TransferLaneSet(
            lane.Id, lane.FromWarehouseId, lane.ToWarehouseId, lane.Days, lane.CostPerUnit, lane.CostPerTransfer, lane.CurrencyCode, lane.Version);
        db.Raise(set);
        return set;
    }

    public DomainError? RefusalFor(SetTransferLane command, string constraint) =>
        constraint == "transfer_lane_once" ? Stale(command, current: 1) : null;

    private static StaleVersion Stale(SetTransferLane command, int current) =>
        new(nameof(TransferLane), command.FromWarehouse.Value, command.Version, current);
}
