using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Recommendations;

internal sealed class RecommendationsInvariants : IInvariants
{
    public IEnumerable<Invariant> All =>
    [
        new(
            "AIU-17",
            "Base and contributions of a recommendation add up to its score, and every one has reasons and evidence.",
            """
            select m.id, m.score, m.base_score + coalesce(sum(r.contribution), 0) as sum from recommendation m
            left join recommendation_reason r on r.recommendation_id = m.id
            group by m.id
            having abs(m.score - m.base_score - coalesce(sum(r.contribution), 0)) > 0.0001
                or count(r.id) = 0 or not exists (select from recommendation_evidence e where e.recommendation_id = m.id)
            """),
        new(
            "AIU-19",
            "What was carried out of a recommendation was decided by a person, through a request that was carried out.",
            """
            select m.id, m.status, r.status as request from recommendation m
            join approval_request r on r.id = m.request_id
            where (m.status in ('EXECUTED', 'OUTCOME_RECORDED')) <> (r.status = 'EXECUTED')
               or (m.status = 'IN_QUEUE') <> (r.status in ('PENDING', 'APPROVED'))
               or (r.status = 'EXECUTED' and r.is_automatic)
            """),
    ];
}
