using System.Globalization;
using Npgsql;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;

namespace Platform.Domain.Planning;

/// <summary>
/// Plans anew whatever waits for supply that became later or less (PRC-13); where it no longer covers the need, there is a case.
/// Run by a service.
/// </summary>
[Needs("planning.watch")]
public sealed record ReplanSupply(int Most) : ICommand<SupplyReplanned>;

public sealed record SupplyReplanned(int Changes, int Gaps);

internal sealed class ReplanSupplyHandler(PlatformDb db, ReorderPlanning planning, ExceptionDesk exceptions)
    : ICommandHandler<ReplanSupply, SupplyReplanned>
{
    public async Task<Result<SupplyReplanned>> HandleAsync(ReplanSupply command, Envelope envelope, CancellationToken ct)
    {
        var changes = await db.TakeSupplyChangesAsync(Math.Clamp(command.Most, 1, 500), ct);
        if (changes.Count == 0)
        {
            return new SupplyReplanned(0, 0);
        }

        await planning.RunAsync(warehouse: null, [.. changes.Select(change => change.ItemId).Distinct()], envelope, ct);
        var gaps = 0;
        foreach (var change in changes.DistinctBy(change => (change.ItemId, change.WarehouseId)))
        {
            if (await db.FindPositionAsync(change.ItemId, change.WarehouseId, ct) is { Gap: > 0m } position)
            {
                gaps++;
                await exceptions.SignalAsync(GapSignal(change, position), envelope, ct);
            }
        }

        return new SupplyReplanned(changes.Count, gaps);
    }

    private static Signal GapSignal(SupplyChange change, ReplenishmentPosition position) => new()
    {
        Category = "SUPPLY_GAP",
        CorrelationKey = $"SUPPLY_GAP/{change.ItemId}/{change.WarehouseId}",
        Title = "What is on order comes too late or is too little",
        Source = new Subject(nameof(PurchaseOrder), change.OrderId.Value),
        SourceEvent = nameof(OrderMoved),
        ServiceImpact = ServiceImpact.Delay,
        Warehouse = change.WarehouseId,
        Item = change.ItemId,
        Facts =
        [
            new CaseFact("missing", position.Gap.ToString("0.######", CultureInfo.InvariantCulture)),
            new CaseFact("used up on", position.RunsOutOn?.ToString("O") ?? "unknown"),
            new CaseFact("on order", position.OnOrder.ToString("0.######", CultureInfo.InvariantCulture)),
            new CaseFact("demand a day", position.DemandPerDay.ToString("0.######", CultureInfo.InvariantCulture)),
        ],
    };
}

/// <summary>Notes what became later or less, so that it is planned anew.</summary>
internal sealed class AcknowledgedSupply(PlatformDb db) : IOrderFollower
{
    public void Acknowledged(IReadOnlyList<OrderLineTerms> worse, Envelope envelope)
    {
        foreach (var line in worse)
        {
            db.Add(SupplyChange.Of(line, envelope.Now));
        }
    }
}

/// <summary>Asks cheaply whether something is to be planned anew, so that a quiet night writes no audit rows.</summary>
public static class SupplyClocks
{
    public static async Task<bool> AreDueAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var ask = source.CreateCommand("select exists (select from supply_change)");
        return await ask.ExecuteScalarAsync(ct) is true;
    }
}
