using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Purchasing;

/// <summary>The rows that hold orders within what was agreed and budgeted; they are locked after the order.</summary>
internal static class AgreementTables
{
    private const string BudgetUses =
        """
        select b.id, o.id = $1, o.currency_code,
            sum(case when o.status = 'CLOSED' or l.status = 'CLOSED' then l.amount * least(1, l.received / l.base_quantity) else l.amount end)
        from budget b
        join purchase_order_line l on l.expected_on >= b.period and l.expected_on < b.period + interval '1 month'
        join purchase_order o on o.id = l.order_id and o.legal_entity_id = b.legal_entity_id
            and (o.id = $1 or o.status not in ('DRAFT', 'CANCELLED'))
        join item i on i.id = l.item_id
        where b.id = any($2) and (b.category = i.category or (b.category is null and not exists (
            select from budget own
            where own.legal_entity_id = b.legal_entity_id and own.period = b.period and own.category = i.category)))
        group by 1, 2, 3
        """;

    private const string Scorecards =
        """
        with due as materialized (
            select o.supplier_id, date_trunc('month', l.expected_on)::date as period, l.id, l.base_quantity, l.received, l.returned, l.amount,
                l.received >= l.base_quantity * (1 - l.under_percent / 100) as is_full, o.created_at, o.released_at, said.said_at, done.received_at,
                terms.lead_time_days as agreed_days, asn.announced, asn.came,
                done.received_at::date <= coalesce(said.promised_on, l.expected_on) as is_on_time, terms.unit_price * l.base_quantity as agreed
            from purchase_order_line l
            join purchase_order o on o.id = l.order_id
            left join lateral (
                select c.said_at, c.promised_on from supplier_confirmation c where c.line_id = l.id order by c.said_at, c.id limit 1) said on true
            left join lateral (
                select s.received_at from lead_time_observation s where s.line_id = l.id and s.is_complete order by s.recorded_at, s.id limit 1) done on true
            left join lateral (
                select t.unit_price, t.lead_time_days from supplier_item_terms t
                where t.supplier_id = o.supplier_id and t.item_id = l.item_id and t.currency_code = o.currency_code and t.valid_from <= o.created_at::date
                order by t.valid_from desc, t.number desc limit 1) terms on true
            left join lateral (
                select sum(a.quantity) as announced, sum(a.received) as came from inbound_shipment_line a
                join inbound_shipment s on s.id = a.shipment_id and s.status in ('RECEIVED', 'CLOSED')
                where a.order_line_id = l.id) asn on true
            where o.released_at is not null and o.status <> 'CANCELLED' and not (l.status = 'CLOSED' and l.amount = 0 and l.received = 0) and l.expected_on >= $1 and l.expected_on < $2::date + interval '1 month'),
        card as (
            select supplier_id, period, count(*) as lines, count(*) filter (where is_on_time and is_full) as on_time,
                count(*) filter (where is_full) as in_full, sum(base_quantity) as ordered, sum(received) as received, sum(returned) as returned,
                count(said_at) as said, avg(extract(epoch from said_at - released_at) / 3600) as hours,
                avg(extract(epoch from received_at - released_at) / 86400) as days,
                stddev_samp(extract(epoch from received_at - released_at) / 86400) as spread,
                -- Two days are what a supplier has to answer.
                count(*) filter (where said_at <= released_at + interval '48 hours') as said_in_time,
                count(*) filter (where received_at <= released_at + agreed_days * interval '1 day') as kept,
                count(*) filter (where received_at is not null and agreed_days is not null) as known, count(*) filter (where received > 0) as arrived,
                count(announced) as announced,
                case when sum(announced) > 0 then greatest(0, 1 - sum(abs(announced - came)) / sum(announced)) end as as_announced,
                avg(extract(epoch from released_at - created_at) / 3600) as approval_hours,
                avg(extract(epoch from received_at - created_at) / 86400) as cycle_days,
                sum(amount) filter (where agreed > 0) as paid, sum(agreed) filter (where agreed > 0) as agreed
            from due group by supplier_id, period)
        insert into supplier_scorecard as held (
            supplier_id, period, lines_due, lines_on_time, lines_in_full, ordered, received, returned, on_time_percent, in_full_percent,
            fill_rate_percent, acceptance_percent, confirmed_percent, response_hours, lead_time_days, lead_time_spread_days,
            price_variance_percent, exceptions, confirmed_in_time_percent, lead_time_kept_percent, announced_percent, announcement_percent,
            approval_hours, cycle_days, exception_percent, lead_time_drift_days, breaches, computed_at)
        select supplier_id, period, lines, on_time, in_full, ordered, received, returned, round(100.0 * on_time / lines, 4),
            round(100.0 * in_full / lines, 4), round(least(99999, 100.0 * received / ordered), 4),
            case when received > 0 then round(100.0 * (received - returned) / received, 4) end, round(100.0 * said / lines, 4),
            round(hours, 6), round(days, 6), round(spread, 6), round(100.0 * (paid - agreed) / agreed, 6),
            cases.opened, round(100.0 * said_in_time / lines, 4), round(100.0 * kept / nullif(known, 0), 4),
            round(100.0 * announced / nullif(arrived, 0), 4), round(100.0 * as_announced, 4), round(approval_hours, 6), round(cycle_days, 6),
            round(100.0 * cases.opened / lines, 4),
            -- Against the half year before the month.
            round(days - (
                select avg(extract(epoch from s.received_at - s.ordered_at) / 86400) from lead_time_observation s
                where s.supplier_id = card.supplier_id and s.is_complete and s.received_at < card.period and s.received_at >= card.period - 180), 6),
            (select count(*) from compliance_breach b
             where b.supplier_id = card.supplier_id and b.found_at >= card.period and b.found_at < card.period + interval '1 month'),
            $3
        from card
        cross join lateral (
            select count(*)::int as opened from exception_case e
            where e.supplier_id = card.supplier_id and e.created_at >= card.period and e.created_at < card.period + interval '1 month') cases
        on conflict (supplier_id, period) do update
        set lines_due = excluded.lines_due, lines_on_time = excluded.lines_on_time, lines_in_full = excluded.lines_in_full,
            ordered = excluded.ordered, received = excluded.received, returned = excluded.returned, on_time_percent = excluded.on_time_percent,
            in_full_percent = excluded.in_full_percent, fill_rate_percent = excluded.fill_rate_percent,
            acceptance_percent = excluded.acceptance_percent, confirmed_percent = excluded.confirmed_percent,
            response_hours = excluded.response_hours, lead_time_days = excluded.lead_time_days,
            lead_time_spread_days = excluded.lead_time_spread_days, price_variance_percent = excluded.price_variance_percent,
            exceptions = excluded.exceptions, confirmed_in_time_percent = excluded.confirmed_in_time_percent,
            lead_time_kept_percent = excluded.lead_time_kept_percent, announced_percent = excluded.announced_percent,
            announcement_percent = excluded.announcement_percent, approval_hours = excluded.approval_hours, cycle_days = excluded.cycle_days,
            exception_percent = excluded.exception_percent, lead_time_drift_days = excluded.lead_time_drift_days, breaches = excluded.breaches,
            computed_at = excluded.computed_at
        """;

    public static Task<PurchaseAgreement?> LockAgreementAsync(this PlatformDb db, PurchaseAgreementId id, CancellationToken ct) =>
        db.Set<PurchaseAgreement>()
            .FromSql($"select * from purchase_agreement where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<Dictionary<ItemId, PurchaseAgreementLine>> AgreementLinesAsync(
        this PlatformDb db, PurchaseAgreementId id, CancellationToken ct) =>
        db.Set<PurchaseAgreementLine>().AsNoTracking().Where(line => line.AgreementId == id).ToDictionaryAsync(line => line.ItemId, ct);

    public static Task<SupplierRule?> LockRuleAsync(this PlatformDb db, SupplierRuleId id, CancellationToken ct) =>
        db.Set<SupplierRule>().FromSql($"select * from supplier_rule where id = {id.Value} for no key update").SingleOrDefaultAsync(ct);

    public static async Task<string> NextAgreementNumberAsync(this PlatformDb db, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval('purchase_agreement_number')");
        var number = (long)(await next.ExecuteScalarAsync(ct))!;
        return string.Create(CultureInfo.InvariantCulture, $"PA-{number:000000}");
    }

    public static async Task<ItemId?> FindMissingItemAsync(this PlatformDb db, IEnumerable<ItemId> items, CancellationToken ct)
    {
        var wanted = items.ToList();
        var known = await db.Set<Item>().Where(item => wanted.Contains(item.Id)).Select(item => item.Id).ToListAsync(ct);
        return wanted.Except(known).Select(item => (ItemId?)item).FirstOrDefault();
    }

    /// <summary>What orders take of an agreement that others agreed to or decide about; of closed ones what came.</summary>
    public static async Task<List<CalledQuantity>> SumCalledOffAsync(
        this PlatformDb db, PurchaseAgreementId agreement, PurchaseOrderId? except, CancellationToken ct)
    {
        var called = await db.Set<PurchaseOrderLine>()
            .Join(db.Set<PurchaseOrder>(), line => line.OrderId, order => order.Id, (line, order) => new { Line = line, Order = order })
            .Where(one => one.Order.AgreementId == agreement && one.Order.Id != except
                && one.Order.Status != OrderStatus.Draft && one.Order.Status != OrderStatus.Cancelled)
            .Select(one => new
            {
                one.Line.ItemId,
                Share = (one.Order.Status == OrderStatus.Closed || one.Line.Status == OrderLineStatus.Closed) && one.Line.Received < one.Line.BaseQuantity
                    ? one.Line.Received / one.Line.BaseQuantity
                    : 1m,
                one.Line.BaseQuantity,
                one.Line.Amount,
            })
            .ToListAsync(ct);
        return called.ConvertAll(one => new CalledQuantity(one.ItemId, one.BaseQuantity * one.Share, one.Amount * one.Share));
    }

    /// <summary>Whether something is bought beside an agreement in force that would have covered it (APR-07).</summary>
    public static async Task<bool> IsOffContractAsync(
        this PlatformDb db, PurchaseOrder order, IReadOnlyList<PurchaseOrderLine> lines, DateOnly today, CancellationToken ct)
    {
        if (order.AgreementId is not null)
        {
            return false;
        }

        var items = lines.Select(line => line.ItemId).Distinct().ToList();
        return await db.Set<PurchaseAgreementLine>()
            .Join(db.Set<PurchaseAgreement>(), line => line.AgreementId, agreement => agreement.Id, (line, agreement) => new { line, agreement })
            .AnyAsync(
                one => one.agreement.LegalEntityId == order.LegalEntityId && one.agreement.Status == AgreementStatus.Active
                    && one.agreement.ValidFrom <= today && one.agreement.ValidUntil >= today && items.Contains(one.line.ItemId),
                ct);
    }

    public static Task<Budget?> LockBudgetAsync(
        this PlatformDb db, LegalEntityId entity, string? category, DateOnly period, CancellationToken ct) =>
        db.Set<Budget>()
            .FromSql(
                $"""
                select * from budget
                where legal_entity_id = {entity.Value} and category is not distinct from {category}::text and period = {period} for no key update
                """)
            .SingleOrDefaultAsync(ct);

    /// <summary>The budgets that an order's lines fall under: each line under its category's, or else the general one.</summary>
    public static Task<List<Budget>> LockBudgetsOfAsync(this PlatformDb db, PurchaseOrder order, CancellationToken ct) =>
        db.Set<Budget>()
            .FromSql(
                $"""
                select * from budget b
                where b.legal_entity_id = {order.LegalEntityId.Value} and exists (
                    select from purchase_order_line l join item i on i.id = l.item_id
                    where l.order_id = {order.Id.Value} and date_trunc('month', l.expected_on)::date = b.period
                      and (b.category = i.category or (b.category is null and not exists (
                          select from budget own
                          where own.legal_entity_id = b.legal_entity_id and own.period = b.period and own.category = i.category))))
                order by b.id for no key update
                """)
            .ToListAsync(ct);

    public static async Task<List<BudgetUse>> FindBudgetUsesAsync(
        this PlatformDb db, PurchaseOrder order, IReadOnlyList<Budget> budgets, CancellationToken ct)
    {
        await using var ask = db.Statement(BudgetUses);
        ask.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = order.Id.Value });
        ask.Parameters.Add(new NpgsqlParameter<Guid[]> { TypedValue = [.. budgets.Select(budget => budget.Id.Value)] });
        await using var rows = await ask.ExecuteReaderAsync(ct);
        var uses = new List<BudgetUse>();
        while (await rows.ReadAsync(ct))
        {
            uses.Add(new BudgetUse(rows.GetGuid(0), rows.GetBoolean(1), rows.GetString(2), rows.GetDecimal(3)));
        }

        return uses;
    }

    public static async Task<int> ComputeScorecardsAsync(
        this PlatformDb db, ComputeScorecards months, DateTimeOffset now, CancellationToken ct)
    {
        await using var compute = db.Statement(Scorecards);
        compute.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = months.From });
        compute.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = months.Until });
        compute.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        return await compute.ExecuteNonQueryAsync(ct);
    }
}
