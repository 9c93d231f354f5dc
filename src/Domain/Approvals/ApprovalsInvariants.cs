using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Approvals;

internal sealed class ApprovalsInvariants : IInvariants
{
    public IEnumerable<Invariant> All =>
    [
        new(
            "I-15",
            "Nobody decided about or carried out what they asked for.",
            """
            select r.id, d.person_id, d.on_behalf_of_person from approval_request r
            join approval_decision d on d.request_id = r.id
            where r.requested_by_person in (d.person_id, d.on_behalf_of_person)
            union all
            select id, executor_person, null from approval_request where not is_automatic and executor_person = requested_by_person
            """),
        new(
            "I-15b",
            "Nothing was carried out before every seat of every step was filled, for exactly what was shown.",
            """
            select r.id, s.step, seat ->> 'role' as role, seat ->> 'quorum' as quorum from approval_request r
            cross join lateral jsonb_array_elements(r.steps) with ordinality as s (body, step)
            cross join lateral jsonb_array_elements(s.body -> 'seats') as seat
            where r.status in ('APPROVED', 'EXECUTED') and not r.is_automatic
              and (seat ->> 'quorum')::int > (
                  select count(*) from approval_decision d
                  where d.request_id = r.id and d.step = s.step - 1 and d.role = seat ->> 'role' and d.decision = 'AGREED'
                    and d.undone_at is null and d.shown_hash = r.shown_hash)
            """),
        new(
            "I-16",
            "Only people decided, and no rule let a model's request pass.",
            """
            select id, actor_kind from approval_decision where actor_kind <> 'HUMAN'
            union all
            select id, requested_by_kind from approval_request where is_automatic and requested_by_kind = 'MODEL'
            """),
    ];
}
