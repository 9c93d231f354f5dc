using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Exceptions;

internal sealed class ExceptionsInvariants : IInvariants
{
    public IEnumerable<Invariant> All =>
    [
        new(
            "I-21",
            "Every case has a queue and a due moment; a closed one says how it ended.",
            """
            select id, status, queue, due_at, outcome from exception_case
            where queue = '' or due_at is null or (status = 'RESOLVED') <> (outcome is not null)
            """),
        new(
            "I-21b",
            "One open case for one trouble (EXC-12).",
            """
            select correlation_key, count(*) as cases from exception_case
            where status <> 'RESOLVED' group by correlation_key having count(*) > 1
            """),
        new(
            "I-21c",
            "A case counts its signals.",
            """
            select c.id, c.signals, count(s.id) as stored from exception_case c
            left join exception_signal s on s.case_id = c.id
            group by c.id having count(s.id) <> c.signals
            """),
    ];
}
