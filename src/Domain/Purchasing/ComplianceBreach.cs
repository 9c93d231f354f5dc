using System.Globalization;
using Npgsql;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Schedules;

namespace Platform.Domain.Purchasing;

/// <summary>A supplier did not keep to a rule of delivery; the charge is as the rule said then. Never changed.</summary>
public sealed class ComplianceBreach
{
    private ComplianceBreach()
    {
    }

    public ComplianceBreachId Id { get; private set; }

    public SupplierRuleId RuleId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public PurchaseOrderId OrderId { get; private set; }

    public string Reference { get; private set; } = string.Empty;

    public string Words { get; private set; } = string.Empty;

    public decimal? Charge { get; private set; }

    public string? CurrencyCode { get; private set; }

    public Guid FoundBy { get; private set; }

    public DateTimeOffset FoundAt { get; private set; }

    internal static ComplianceBreach Of(
        SupplierRule rule, PurchaseOrder order, string reference, string words, Envelope envelope) => new()
    {
        Id = new ComplianceBreachId(Guid.CreateVersion7(envelope.Now)),
        RuleId = rule.Id,
        SupplierId = order.SupplierId,
        OrderId = order.Id,
        Reference = reference,
        Words = words,
        Charge = rule.Charge,
        CurrencyCode = rule.CurrencyCode,
        FoundBy = envelope.Actor.Id,
        FoundAt = envelope.Now,
    };
}

/// <summary>
/// Records that a supplier did not keep to a rule of delivery: it becomes a case with the charge of the rule, which finance may
/// claim by a credit that others agree to. The same delivery breaks a rule once.
/// </summary>
/// <param name="Rule">The rule.</param>
/// <param name="Order">The order that was delivered.</param>
/// <param name="Reference">The delivery or document in which it was found.</param>
/// <param name="Words">What was wrong.</param>
[Needs("purchasing.breach")]
[Refuses<InvalidField>, Refuses<SupplierRuleNotFound>, Refuses<PurchaseOrderNotFound>, Refuses<RuleOfAnother>, Refuses<BreachKnown>]
public sealed record RecordBreach(SupplierRuleId Rule, PurchaseOrderId Order, string Reference, string Words) : ICommand<BreachRecorded>;

public sealed record BreachRecorded(
    ComplianceBreachId ComplianceBreach, SupplierRuleId Rule, SupplierRuleKind Kind, SupplierId Supplier, PurchaseOrderId Order, string Reference,
    decimal? Charge, string? Currency) : IEvent
{
    public Subject Subject => new(nameof(Purchasing.ComplianceBreach), ComplianceBreach.Value);
}

/// <summary>The rule does not hold, or is for another supplier.</summary>
public sealed record RuleOfAnother(SupplierRuleId Rule, SupplierId Supplier) : DomainError
{
    public override string Message => $"Rule of delivery {Rule} does not hold for supplier {Supplier}.";
}

public sealed record BreachKnown(SupplierRuleId Rule, PurchaseOrderId Order, string Reference) : DomainError
{
    public override string Message => $"That {Reference} broke rule {Rule} is on record.";
}

internal sealed class RecordBreachHandler(PlatformDb db, Compliance compliance)
    : ICommandHandler<RecordBreach, BreachRecorded>, IConstraintRefusals<RecordBreach>
{
    public async Task<Result<BreachRecorded>> HandleAsync(RecordBreach command, Envelope envelope, CancellationToken ct)
    {
        if ((Field.Text("reference", command.Reference, most: 100) ?? Field.Text("words", command.Words, most: 500)) is { } invalid)
        {
            return invalid;
        }

        if (await db.LockRuleAsync(command.Rule, ct) is not { } rule)
        {
            return new SupplierRuleNotFound(command.Rule);
        }

        if (await db.LockOrderAsync(command.Order, ct) is not { } order)
        {
            return new PurchaseOrderNotFound(command.Order);
        }

        if (!rule.IsOn || (rule.SupplierId is { } only && only != order.SupplierId))
        {
            return new RuleOfAnother(rule.Id, order.SupplierId);
        }

        return await compliance.RecordAsync(rule, order, (command.Reference, command.Words), envelope, ct);
    }

    public DomainError? RefusalFor(RecordBreach command, string constraint) =>
        constraint == "compliance_breach_once" ? new BreachKnown(command.Rule, command.Order, command.Reference) : null;
}

/// <summary>Keeps breaches, and tells those who deal with suppliers.</summary>
internal sealed class Compliance(PlatformDb db, ExceptionDesk exceptions)
{
    private const int Most = 500;

    private const string LateAnnouncements =
        """
        select distinct u.id, o.id, coalesce(s.number, r.number),
            case when s.id is null then 'not announced' else 'announced ' || to_char(s.announced_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') || ', arrived '
                || to_char(r.arrived_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI') end
        from receipt r
        join receipt_line l on l.receipt_id = r.id
        join purchase_order o on o.id = l.order_id
        join supplier_rule u on u.kind = 'ANNOUNCEMENT' and u.is_on and (u.supplier_id is null or u.supplier_id = r.supplier_id)
        left join inbound_shipment s on s.id = r.shipment_id
        where r.status <> 'REVERSED' and r.recorded_at >= $1 and (s.id is null or s.announced_at > r.arrived_at - make_interval(hours => u.hours))
          and r.arrived_at >= u.created_at
          and not exists (
            select from compliance_breach b where b.rule_id = u.id and b.order_id = o.id and b.reference = coalesce(s.number, r.number))
        order by 1, 2, 3 limit $2
        """;

    public async Task<BreachRecorded> RecordAsync(
        SupplierRule rule, PurchaseOrder order, (string Reference, string Words) found, Envelope envelope, CancellationToken ct)
    {
        var breach = ComplianceBreach.Of(rule, order, found.Reference, found.Words, envelope);
        db.Add(breach);
        var recorded = new BreachRecorded(
            breach.Id, rule.Id, rule.Kind, order.SupplierId, order.Id, found.Reference, breach.Charge, breach.CurrencyCode);
        db.Raise(recorded);
        await exceptions.SignalAsync(
            new Signal
            {
                Category = "SUPPLIER_COMPLIANCE",
                CorrelationKey = $"SUPPLIER_COMPLIANCE/{rule.Id}/{order.Id}",
                Title = string.Create(CultureInfo.InvariantCulture, $"Order {order.Number}: {rule.Words}"),
                Source = new Subject(nameof(ComplianceBreach), breach.Id.Value),
                SourceEvent = nameof(BreachRecorded),
                ValueAtStake = breach.Charge,
                Currency = breach.CurrencyCode,
                LegalEntity = order.LegalEntityId,
                Warehouse = order.WarehouseId,
                Supplier = order.SupplierId,
                Facts = [new CaseFact("found in", found.Reference), new CaseFact("found", found.Words)],
            },
            envelope,
            ct);
        return recorded;
    }

    /// <summary>Deliveries of the last days that were announced too late or not at all, and are not on record.</summary>
    public async Task<int> FindLateAnnouncementsAsync(Envelope envelope, CancellationToken ct)
    {
        var late = new List<(SupplierRuleId Rule, PurchaseOrderId Order, string Reference, string Words)>();
        await using (var ask = db.Statement(LateAnnouncements))
        {
            ask.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = envelope.Now.AddDays(-7) });
            ask.Parameters.Add(new NpgsqlParameter<int> { TypedValue = Most });
            await using var rows = await ask.ExecuteReaderAsync(ct);
            while (await rows.ReadAsync(ct))
            {
                late.Add((new SupplierRuleId(rows.GetGuid(0)), new PurchaseOrderId(rows.GetGuid(1)), rows.GetString(2), rows.GetString(3)));
            }
        }

        foreach (var (rule, order, reference, words) in late)
        {
            await RecordAsync((await db.LockRuleAsync(rule, ct))!, (await db.LockOrderAsync(order, ct))!, (reference, words), envelope, ct);
        }

        return late.Count;
    }
}

internal sealed class ScheduledBreaches(Compliance compliance) : IScheduledWork
{
    public string Code => "FIND_BREACHES";

    public async Task<Result<string>> RunAsync(Envelope envelope, CancellationToken ct)
    {
        var found = await compliance.FindLateAnnouncementsAsync(envelope, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{found} deliveries announced late or not at all");
    }
}
