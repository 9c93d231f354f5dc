namespace Platform.Domain.Kernel.Storage;

internal sealed class KernelInvariants : IInvariants
{
    public IEnumerable<Invariant> All =>
    [
        new(
            "I-05",
            "The application's role can change nothing in an append-only table.",
            """
            select c.oid::regclass::text as "table", privilege
            from pg_trigger t join pg_class c on c.oid = t.tgrelid
            cross join unnest(array['UPDATE', 'DELETE', 'TRUNCATE']) privilege
            where t.tgname = 'never_changed' and has_table_privilege('platform_api', c.oid, privilege)
            """),
        new(
            "I-05b",
            "The triggers that refuse changes of append-only tables are on.",
            "select tgrelid::regclass::text as \"table\", tgname from pg_trigger where tgname in ('never_changed', 'never_truncated') and tgenabled = 'D'"),
        new(
            "I-17",
            "Every idempotency key that was committed has its answer.",
            "select principal, operation, key, created_at from idempotency_key where answer is null"),
        new(
            "I-18",
            "The versions of an aggregate's retained events count without a hole or a repeat.",
            """
            select aggregate_id, min(version) as first, max(version) as last, count(*) as events
            from event group by aggregate_id
            having max(version) - min(version) + 1 <> count(*) or count(distinct version) <> count(*)
            """),
        new(
            "I-18b",
            "An aggregate has reached the version of its last event.",
            """
            select s.aggregate_id, s.version as reached, max(e.version) as last
            from event_stream s join event e using (aggregate_id)
            group by s.aggregate_id, s.version having max(e.version) <> s.version
            """),
        new(
            "I-18c",
            "Event positions are dense from the first retained one to the last, but for the holes between runs.",
            """
            select first_position, last_position, stamped, holes from event_publisher
            cross join (select count(*) as stamped, min(position) as lowest, max(position) as highest from event_position) p
            cross join lateral (select coalesce(sum(begins_after - ended_at), 0) as holes from event_run where ended_at >= first_position - 1) r
            where stamped + holes <> last_position - first_position + 1
               or (stamped > 0 and (lowest < first_position or highest > last_position))
               or exists (select from event_run r join event_position p on p.position > r.ended_at and p.position <= r.begins_after)
            """),
        new(
            "I-18d",
            "Every position belongs to an event, and versions of one aggregate rise with the position.",
            """
            select aggregate_id, version, previous, position from (
                select p.position, e.aggregate_id, e.version,
                       lag(e.version) over (partition by e.aggregate_id order by p.position) as previous
                from event_position p left join event e on e.xid = p.xid and e.id = p.id and e.recorded_at = p.recorded_at) o
            where aggregate_id is null or version <= previous
            """),
    ];
}
