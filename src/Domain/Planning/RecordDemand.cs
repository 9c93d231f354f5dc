using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>How much is wanted on a day, in base units.</summary>
public sealed record DemandDay(DateOnly Day, decimal Quantity);

/// <summary>
/// Takes down what is wanted of an item at a site: orders, forecasts, promotions, projects. The same source, channel and document
/// restates what it said before. A document that another channel brought already counts only once somebody decided that it is
/// another (SCN-19).
/// </summary>
[Needs("planning.demand")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<WarehouseNotFound>, Refuses<ChannelNotFound>]
public sealed record RecordDemand(
    ItemId Item, WarehouseId Warehouse, DemandSource Source, FulfillmentChannelId? Channel, string? Reference, IReadOnlyList<DemandDay> Days)
    : ICommand<DemandRecorded>;

/// <param name="ItemDemand">Its first day.</param>
/// <param name="Item">The item.</param>
/// <param name="Warehouse">The site.</param>
/// <param name="Source">Where it is known from.</param>
/// <param name="Reference">The document.</param>
/// <param name="Quantity">All days together.</param>
/// <param name="Status">Suspect when another channel brought the same document.</param>
public sealed record DemandRecorded(
    ItemDemandId ItemDemand, ItemId Item, WarehouseId Warehouse, DemandSource Source, string? Reference, decimal Quantity, DemandStatus Status) : IEvent
{
    public Subject Subject => new(nameof(Planning.ItemDemand), ItemDemand.Value);
}

/// <summary>Says whether a demand that came twice is wanted twice.</summary>
[Needs("planning.decide")]
[Refuses<InvalidField>, Refuses<DemandNotFound>, Refuses<StaleVersion>, Refuses<DemandNotSuspect>]
public sealed record DecideDemand(ItemDemandId ItemDemand, int Version, DemandVerdict Verdict, string Reason) : ICommand<DemandDecided>, IReasoned;

public sealed record DemandDecided(
    ItemDemandId ItemDemand, ItemId Item, WarehouseId Warehouse, string? Reference, decimal Quantity, DemandStatus Status) : IEvent
{
    public Subject Subject => new(nameof(Planning.ItemDemand), ItemDemand.Value);
}

internal sealed class RecordDemandHandler(PlatformDb db, ExceptionDesk exceptions) : ICommandHandler<RecordDemand, DemandRecorded>
{
    private const int MostDays = 400;

    public async Task<Result<DemandRecorded>> HandleAsync(RecordDemand command, Envelope envelope, CancellationToken ct)
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

        if (command.Channel is { } channel && !await db.Set<FulfillmentChannel>().AnyAsync(one => one.Id == channel, ct))
        {
            return new ChannelNotFound(channel);
        }

        // Of two channels that bring one document at once, the second finds the first.
        await db.LockDemandAsync(command.Item, command.Reference, ct);
        var known = await db.FindDemandRowsAsync(command, ct);
        var twin = command.Source == DemandSource.SalesOrder ? await db.FindTwinDemandAsync(command, ct) : null;
        var status = twin is null ? DemandStatus.Counted : DemandStatus.Suspect;
        foreach (var day in command.Days)
        {
            if (known.TryGetValue(day.Day, out var row))
            {
                row.Restate(day.Quantity, envelope.Now);
            }
            else
            {
                known.Add(day.Day, ItemDemand.Of(command, day, status, envelope.Now));
                db.Add(known[day.Day]);
            }
        }

        var first = known[command.Days[0].Day].Id;

        if (twin is not null)
        {
            await exceptions.SignalAsync(TwinSignal(command, first, twin), envelope, ct);
        }

        var recorded = new DemandRecorded(
            first, command.Item, command.Warehouse, command.Source, command.Reference, command.Days.Sum(day => day.Quantity), status);
        db.Raise(recorded);
        return recorded;
    }

    private static InvalidField? Check(RecordDemand command) =>
        Field.Known<DemandSource>("source", command.Source)
        ?? (command.Source == DemandSource.Ledger ? Field.Invalid("source", "is what the ledger itself shows", null) : null)
        ?? (command.Source is DemandSource.SalesOrder or DemandSource.Project
            ? Field.Text("reference", command.Reference, most: 100)
            : Field.OptionalText("reference", command.Reference, most: 100))
        ?? Field.Whole("days", command.Days.Count, least: 1, most: MostDays)
        ?? (command.Days.Select(day => day.Day).Distinct().Count() < command.Days.Count
            ? Field.Invalid("days", "must name each day once", null)
            : null)
        ?? command.Days.Select((day, at) => day.Quantity == 0m
            ? null
            : Field.Positive($"days.{at}.quantity", day.Quantity, most: 1_000_000_000m, decimals: 6)).FirstOrDefault(found => found is not null);

    private static Signal TwinSignal(RecordDemand command, ItemDemandId first, ItemDemand twin) => new()
    {
        Category = "DUPLICATE_DEMAND",
        CorrelationKey = $"DUPLICATE_DEMAND/{command.Item}/{command.Warehouse}/{command.Reference}",
        Title = $"Document {command.Reference} came by two channels",
        Source = new Subject(nameof(ItemDemand), first.Value),
        SourceEvent = nameof(DemandRecorded),
        Warehouse = command.Warehouse,
        Item = command.Item,
        Facts =
        [
            new CaseFact("counted", string.Create(CultureInfo.InvariantCulture, $"{twin.Quantity} on {twin.Day:O}")),
            new CaseFact("came again", string.Create(CultureInfo.InvariantCulture, $"{command.Days.Sum(day => day.Quantity)}")),
        ],
    };
}

internal sealed class DecideDemandHandler(PlatformDb db) : ICommandHandler<DecideDemand, DemandDecided>
{
    public async Task<Result<DemandDecided>> HandleAsync(DecideDemand command, Envelope envelope, CancellationToken ct)
    {
        if ((Field.Known<DemandVerdict>("verdict", command.Verdict) ?? Field.Text("reason", command.Reason, most: 500)) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockDemandAsync(command.ItemDemand, ct) is not { } demand)
        {
            return new DemandNotFound(command.ItemDemand);
        }

        if (demand.Version != command.Version)
        {
            return new StaleVersion(nameof(ItemDemand), demand.Id.Value, command.Version, demand.Version);
        }

        if (demand.Status != DemandStatus.Suspect)
        {
            return new DemandNotSuspect(demand.Id, demand.Status);
        }

        demand.Decide(command.Verdict, command.Reason);
        var decided = new DemandDecided(
            demand.Id, demand.ItemId, demand.WarehouseId, demand.Reference, demand.Quantity, demand.Status);
        db.Raise(decided);
        return decided;
    }
}
