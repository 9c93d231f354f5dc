using System.Globalization;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Policies;
using Platform.Domain.Stock;

namespace Platform.Domain.Putaway;

/// <summary>
/// Directs goods: first to orders that wait for them, then to bins by the rules in force; what no bin takes becomes a task without a
/// bin and a case, never a default (PUT-03). Directions of one site are made one after the other, so that two never fill one bin.
/// </summary>
internal sealed class PutawayDesk(PlatformDb db, ExceptionDesk exceptions)
{
    public async Task<IReadOnlyList<WarehouseTask>> DirectAsync(GoodsToPut goods, decimal quantity, Envelope envelope, CancellationToken ct)
    {
        await db.LockDirectionsAsync(goods.Warehouse, ct);
        var policy = await RulesAsync(envelope.Now, ct);
        var shares = new List<DirectedShare>();
        var left = quantity;
        if (await UrgentAsync(goods, quantity, policy.Number, envelope, ct) is { } urgent)
        {
            shares.Add(urgent);
            left -= urgent.Quantity;
        }

        if (left > 0m)
        {
            shares.AddRange(await PlacesAsync(policy, goods, left, except: null, ct));
        }

        return await AddAsync(goods, shares, policy.Body.DueMinutes, envelope, ct);
    }

    /// <summary>Where the goods of a task may go now; the bin that it has is not among them.</summary>
    public async Task<IReadOnlyList<DirectedShare>> AnewAsync(WarehouseTask task, decimal quantity, Envelope envelope, CancellationToken ct)
    {
        await db.LockDirectionsAsync(task.WarehouseId, ct);
        return await PlacesAsync(await RulesAsync(envelope.Now, ct), task.Goods, quantity, task, ct);
    }

    public async Task<IReadOnlyList<WarehouseTask>> AddAsync(
        GoodsToPut goods, IReadOnlyList<DirectedShare> shares, int dueMinutes, Envelope envelope, CancellationToken ct)
    {
        var tasks = new List<WarehouseTask>(shares.Count);
        foreach (var share in shares)
        {
            var task = WarehouseTask.Of(
                new WarehouseTaskId(Guid.CreateVersion7(envelope.Now)), await db.NextTaskNumberAsync(ct), goods, share,
                envelope.Now.AddMinutes(dueMinutes), envelope.Now);
            db.Add(task);
            db.Raise(task.Moved(step: null, task.Status));
            tasks.Add(task);
            if (share.Bin is null)
            {
                await exceptions.SignalAsync(BlockedSignal(task, share.Explanation), envelope, ct);
            }
        }

        return tasks;
    }

    public async Task<(PutawayRules Body, int? Number)> RulesAsync(DateTimeOffset now, CancellationToken ct)
    {
        var policy = await db.FindPolicyInForceAsync<PutawayRules>(PolicyKind.Putaway, now, ct);
        return policy is null ? (PutawayRules.Usual, null) : (policy.Body, policy.Number);
    }

    public static Signal BlockedSignal(WarehouseTask task, PutawayExplanation explanation) => new()
    {
        Category = "PUTAWAY_BLOCKED",
        CorrelationKey = $"PUTAWAY_BLOCKED/{task.Id}",
        Title = string.Create(CultureInfo.InvariantCulture, $"No bin takes {task.Quantity:0.######} units of task {task.Number}"),
        Source = new Subject(nameof(WarehouseTask), task.Id.Value),
        SourceEvent = nameof(WarehouseTaskMoved),
        ServiceImpact = ServiceImpact.Delay,
        LegalEntity = task.LegalEntityId,
        Warehouse = task.WarehouseId,
        Item = task.ItemId,
        Facts =
        [
            new CaseFact("why", explanation.Why),
            .. explanation.Refused.Take(10).Select(one => new CaseFact(one.Bin, one.Why)),
        ],
    };

    private async Task<IReadOnlyList<DirectedShare>> PlacesAsync(
        (PutawayRules Body, int? Number) policy, GoodsToPut goods, decimal quantity, WarehouseTask? except, CancellationToken ct)
    {
        var fitting = await db.FindFittingGoodsAsync(goods, ct);
        var bins = await db.FindCandidateBinsAsync(goods.Warehouse, except?.Id, ct);
        return Direction.Direct(
            policy, fitting, goods.Warehouse, quantity, bins.FindAll(one => one.Bin.Id != goods.Bin && one.Bin.Id != except?.ToBinId));
    }

    /// <summary>What was promised and cannot be served from what is there waits for these goods.</summary>
    private async Task<DirectedShare?> UrgentAsync(GoodsToPut goods, decimal quantity, int? policy, Envelope envelope, CancellationToken ct)
    {
        if (goods.Condition is not (StockCondition.Usable or StockCondition.Receiving))
        {
            return null;
        }

        var wait = await db.FindUrgentDemandAsync(goods, DateOnly.FromDateTime(envelope.Now.UtcDateTime), ct);
        if (wait is not { Missing: > 0m } || await db.FindStagingBinAsync(goods.Warehouse, ct) is not { } staging)
        {
            return null;
        }

        var why = FormattableString.Invariant(
            $"{wait.Promised:0.######} are promised and {wait.Free:0.######} are there: straight to {staging.Code}, to be scanned there.");
        return new DirectedShare(
            WarehouseTaskKind.CrossDock, staging.Id, decimal.Min(quantity, wait.Missing), new PutawayExplanation(policy, "urgent demand", why, 1, []),
            wait.Oldest, SplitFrom: null);
    }
}

/// <summary>Promises that wait for goods.</summary>
internal sealed record UrgentDemand(decimal Promised, decimal Free, decimal Missing, ReservationId? Oldest);
