using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Approvals;

/// <summary>How many requests of a kind, and of what value, pass in a day without a person; per company or site, or over all.</summary>
public sealed class AutomationLimit
{
    private AutomationLimit()
    {
    }

    public AutomationLimitId Id { get; private set; }

    public string Kind { get; private set; } = string.Empty;

    public LegalEntityId? LegalEntityId { get; private set; }

    public WarehouseId? WarehouseId { get; private set; }

    public int MostPerDay { get; private set; }

    public decimal MostValuePerDay { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    /// <summary>The kill switch: nothing passes by itself until somebody lets it again.</summary>
    public bool IsStopped { get; private set; }

    public string? StopReason { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static AutomationLimit Create(AutomationLimitId id, SetAutomationLimit command, DateTimeOffset at) => new()
    {
        Id = id,
        Kind = command.Kind,
        LegalEntityId = command.LegalEntity,
        WarehouseId = command.Warehouse,
        CreatedAt = at,
    };

    internal void Apply(int mostPerDay, decimal mostValuePerDay, string currency, DateTimeOffset at)
    {
        (MostPerDay, MostValuePerDay, CurrencyCode) = (mostPerDay, mostValuePerDay, currency);
        Touch(at);
    }

    internal void Stop(string? reason, DateTimeOffset at)
    {
        (IsStopped, StopReason) = (reason is not null, reason);
        Touch(at);
    }

    internal AutomationLimited Limited() => new(
        Id, Kind, LegalEntityId, WarehouseId, MostPerDay, MostValuePerDay, CurrencyCode, IsStopped, StopReason, Version);

    private void Touch(DateTimeOffset at)
    {
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>Says how much of a kind may pass in a day without a person; without a limit nothing does.</summary>
[Needs("approvals.govern")]
[Refuses<InvalidField>, Refuses<ApprovalKindUnknown>, Refuses<NeedsApproval>, Refuses<CurrencyUnknown>, Refuses<LegalEntityNotFound>]
[Refuses<WarehouseNotFound>]
public sealed record SetAutomationLimit(
    string Kind, LegalEntityId? LegalEntity, WarehouseId? Warehouse, int MostPerDay, decimal MostValuePerDay, string Currency)
    : ICommand<AutomationLimited>;

public sealed record AutomationLimited(
    AutomationLimitId Limit,
    string Kind,
    LegalEntityId? LegalEntity,
    WarehouseId? Warehouse,
    int MostPerDay,
    decimal MostValuePerDay,
    string Currency,
    bool IsStopped,
    string? StopReason,
    int Version) : IEvent
{
    public Subject Subject => new(nameof(AutomationLimit), Limit.Value);
}

/// <summary>Stops everything of a kind that passes by itself, at once and everywhere; people decide until it is let again.</summary>
[Needs("approvals.stop_automation")]
[Refuses<InvalidField>]
public sealed record StopAutomation(string? Kind, string Reason) : ICommand<AutomationStopped>, IReasoned;

/// <param name="Kind">The kind; null for all.</param>
/// <param name="Reason">Why.</param>
/// <param name="Limits">The limits that were stopped.</param>
public sealed record AutomationStopped(string? Kind, string Reason, IReadOnlyList<AutomationLimitId> Limits);

/// <summary>Lets requests under a limit pass by themselves again.</summary>
[Needs("approvals.govern")]
[Refuses<AutomationLimitNotFound>]
public sealed record ResumeAutomation(AutomationLimitId Limit) : ICommand<AutomationLimited>;

internal sealed class SetAutomationLimitHandler(PlatformDb db)
    : ICommandHandler<SetAutomationLimit, AutomationLimited>, IConstraintRefusals<SetAutomationLimit>
{
    public async Task<Result<AutomationLimited>> HandleAsync(SetAutomationLimit command, Envelope envelope, CancellationToken ct)
    {
        var invalid = ApproverRole.CheckKind("kind", command.Kind)
            ?? Field.Whole("mostPerDay", command.MostPerDay, least: 0, most: 100_000)
            ?? Field.Positive("mostValuePerDay", command.MostValuePerDay, most: 100_000_000_000m, decimals: 4);
        if (invalid is not null)
        {
            return invalid;
        }

        var kind = await db.LockApprovalKindAsync(command.Kind, ct);
        if (kind is null)
        {
            return new ApprovalKindUnknown(command.Kind);
        }

        if (kind.NeedsHuman)
        {
            return new NeedsApproval($"{command.Kind} without a person");
        }

        var limit = await db.LockAutomationLimitAsync(command.Kind, command.LegalEntity, command.Warehouse, ct);
        if (limit is null)
        {
            limit = AutomationLimit.Create(new AutomationLimitId(Guid.CreateVersion7(envelope.Now)), command, envelope.Now);
            db.Add(limit);
        }

        limit.Apply(command.MostPerDay, command.MostValuePerDay, command.Currency, envelope.Now);
        var limited = limit.Limited();
        db.Raise(limited);
        return limited;
    }

    public DomainError? RefusalFor(SetAutomationLimit command, string constraint) => constraint switch
    {
        "automation_limit_currency_code_fkey" => new CurrencyUnknown(command.Currency),
        "automation_limit_legal_entity_id_fkey" => new LegalEntityNotFound(command.LegalEntity!.Value),
        "automation_limit_warehouse_id_fkey" => new WarehouseNotFound(command.Warehouse!.Value),
        _ => null,
    };
}

internal sealed class StopAutomationHandler(PlatformDb db) : ICommandHandler<StopAutomation, AutomationStopped>
{
    public async Task<Result<AutomationStopped>> HandleAsync(StopAutomation command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Text("reason", command.Reason, most: 500)
            ?? (command.Kind is null ? null : ApproverRole.CheckKind("kind", command.Kind));
        if (invalid is not null)
        {
            return invalid;
        }

        var limits = await db.LockRunningLimitsAsync(command.Kind, ct);
        foreach (var limit in limits)
        {
            limit.Stop(command.Reason, envelope.Now);
            db.Raise(limit.Limited());
        }

        return new AutomationStopped(command.Kind, command.Reason, limits.ConvertAll(limit => limit.Id));
    }
}

internal sealed class ResumeAutomationHandler(PlatformDb db) : ICommandHandler<ResumeAutomation, AutomationLimited>
{
    public async Task<Result<AutomationLimited>> HandleAsync(ResumeAutomation command, Envelope envelope, CancellationToken ct)
    {
        var limit = await db.LockAutomationLimitAsync(command.Limit, ct);
        if (limit is null)
        {
            return new AutomationLimitNotFound(command.Limit);
        }

        limit.Stop(reason: null, envelope.Now);
        var limited = limit.Limited();
        db.Raise(limited);
        return limited;
    }
}
