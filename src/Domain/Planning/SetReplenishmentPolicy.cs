using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>
/// Says from which day on and how an item is replenished at a site (PRC-02). What held before stays on record; a version with a
/// last day holds for a season (PRC-22).
/// </summary>
/// <param name="Item">The item.</param>
/// <param name="Warehouse">The site.</param>
/// <param name="Number">The version that was seen last; 0 when there is none.</param>
/// <param name="EffectiveFrom">Its first day, today at the earliest.</param>
/// <param name="EffectiveUntil">Its last day, for a season.</param>
/// <param name="Terms">How it is replenished.</param>
/// <param name="Reason">Why.</param>
[Needs("planning.policy")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<WarehouseNotFound>, Refuses<SupplierNotFound>, Refuses<StaleVersion>]
public sealed record SetReplenishmentPolicy(
    ItemId Item, WarehouseId Warehouse, int Number, DateOnly EffectiveFrom, DateOnly? EffectiveUntil, PolicyTerms Terms, string Reason)
    : ICommand<ReplenishmentPolicySet>, IReasoned;

public sealed record ReplenishmentPolicySet(
    ReplenishmentPolicyId ReplenishmentPolicy,
    ItemId Item,
    WarehouseId Warehouse,
    int Number,
    DateOnly EffectiveFrom,
    DateOnly? EffectiveUntil,
    ReplenishmentMethod Method,
    decimal? ReorderPoint,
    decimal? ServiceTarget,
    decimal? LeadTimeDays,
    string Reason) : IEvent
{
    public Subject Subject => new(nameof(Planning.ReplenishmentPolicy), ReplenishmentPolicy.Value);
}

/// <summary>Asks others to agree to a change of how an item is replenished; their agreement makes it.</summary>
[Needs("planning.request")]
[Refuses<InvalidField>, Refuses<StaleVersion>, Refuses<ReplenishmentPolicyNotFound>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record RequestPolicyChange(SetReplenishmentPolicy Change) : ICommand<PolicyChangeRequested>;

public sealed record PolicyChangeRequested(ApprovalRequestId Request, ApprovalStatus Status);

internal sealed class SetReplenishmentPolicyHandler(PlatformDb db) : ICommandHandler<SetReplenishmentPolicy, ReplenishmentPolicySet>
{
    public async Task<Result<ReplenishmentPolicySet>> HandleAsync(SetReplenishmentPolicy asked, Envelope envelope, CancellationToken ct)
    {
        // What others agreed to later than it was asked for holds from the day of their agreement.
        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var command = envelope.Mandate is not null && asked.EffectiveFrom < today ? asked with { EffectiveFrom = today } : asked;
        if (Check(command, today) is { } invalid)
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

        if (command.Terms.Supplier is { } supplier && await db.FindSupplierAsync(supplier, ct) is null)
        {
            return new SupplierNotFound(supplier);
        }

        await db.LockSupplyAsync(command.Item, ct);
        var newest = await db.FindNewestPolicyAsync(command.Item, command.Warehouse, ct);
        if ((newest?.Number ?? 0) != command.Number)
        {
            return new StaleVersion(
                nameof(ReplenishmentPolicy), newest?.Id.Value ?? command.Item.Value, command.Number, newest?.Number ?? 0);
        }

        var policy = ReplenishmentPolicy.Of(new ReplenishmentPolicyId(Guid.CreateVersion7(envelope.Now)), command, envelope);
        db.Add(policy);
        var set = new ReplenishmentPolicySet(
            policy.Id, policy.ItemId, policy.WarehouseId, policy.Number, policy.EffectiveFrom, policy.EffectiveUntil, policy.Method,
            policy.ReorderPoint, policy.ServiceTarget, policy.LeadTimeDays, policy.Reason);
        db.Raise(set);
        return set;
    }

    internal static InvalidField? Check(SetReplenishmentPolicy command, DateOnly today) =>
        command.Terms.Check()
        ?? Field.Text("reason", command.Reason, most: 500)
        ?? (command.EffectiveFrom < today ? Field.Invalid("effectiveFrom", "must not lie in the past", command.EffectiveFrom.ToString("O")) : null)
        ?? (command.EffectiveUntil < command.EffectiveFrom
            ? Field.Invalid("effectiveUntil", "must not lie before the first day", command.EffectiveUntil?.ToString("O"))
            : null);
}

internal sealed class RequestPolicyChangeHandler(PlatformDb db, ApprovalDesk approvals)
    : ICommandHandler<RequestPolicyChange, PolicyChangeRequested>
{
    public async Task<Result<PolicyChangeRequested>> HandleAsync(RequestPolicyChange command, Envelope envelope, CancellationToken ct)
    {
        var change = command.Change;
        if (SetReplenishmentPolicyHandler.Check(change, DateOnly.FromDateTime(envelope.Now.UtcDateTime)) is { } invalid)
        {
            return invalid;
        }

        if (await db.FindNewestPolicyAsync(change.Item, change.Warehouse, ct) is not { } now)
        {
            return new ReplenishmentPolicyNotFound(change.Item, change.Warehouse);
        }

        if (now.Number != change.Number)
        {
            return new StaleVersion(nameof(ReplenishmentPolicy), now.Id.Value, change.Number, now.Number);
        }

        var filed = await approvals.FileAsync(change, Sheet(now, change), envelope, ct);
        return filed.Succeeded(out var request) ? new PolicyChangeRequested(request.Request, request.Status) : filed.Error!;
    }

    private static ApprovalSheet Sheet(ReplenishmentPolicy now, SetReplenishmentPolicy change) => new()
    {
        Kind = "REPLENISHMENT_POLICY",
        Subject = new Subject(nameof(ReplenishmentPolicy), now.Id.Value),
        Title = $"Replenishment of item {change.Item} at warehouse {change.Warehouse} from {change.EffectiveFrom:O} on",
        Note = change.Reason,
        Effects =
        [
            new ShownEffect("method", now.Method.ToString(), change.Terms.Method.ToString()),
            new ShownEffect("reorderPoint", Show(now.ReorderPoint), Show(change.Terms.ReorderPoint)),
            new ShownEffect("orderUpTo", Show(now.OrderUpTo), Show(change.Terms.OrderUpTo)),
            new ShownEffect("safetyStock", Show(now.SafetyStock), Show(change.Terms.SafetyStock)),
            new ShownEffect("serviceTarget", Show(now.ServiceTarget), Show(change.Terms.ServiceTarget)),
            new ShownEffect("leadTimeDays", Show(now.LeadTimeDays), Show(change.Terms.LeadTimeDays)),
            new ShownEffect("leadTimeSpreadDays", Show(now.LeadTimeSpreadDays), Show(change.Terms.LeadTimeSpreadDays)),
        ],
        Preconditions = [new Subject(nameof(ReplenishmentPolicy), now.Id.Value)],
        Warehouse = change.Warehouse,
        Supplier = change.Terms.Supplier,
    };

    private static string? Show(decimal? value) => value?.ToString("0.######", CultureInfo.InvariantCulture);
}

/// <summary>What an approver relies on: that the version shown is still the newest.</summary>
internal sealed class PolicyFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(ReplenishmentPolicy);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct)
    {
        var shown = await db.Set<ReplenishmentPolicy>().AsNoTracking().SingleOrDefaultAsync(one => one.Id == new ReplenishmentPolicyId(id), ct);
        if (shown is null)
        {
            return null;
        }

        await db.LockSupplyAsync(shown.ItemId, ct);
        var newest = await db.FindNewestPolicyAsync(shown.ItemId, shown.WarehouseId, ct);
        return new { Newest = newest!.Number };
    }
}
