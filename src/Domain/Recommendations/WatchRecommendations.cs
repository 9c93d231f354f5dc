using System.Text.Json;
using Npgsql;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;

namespace Platform.Domain.Recommendations;

/// <summary>
/// Ends recommendations that rest on facts which changed, and records what really happened after people decided (AIU-22, AIU-24);
/// run by a service, again and again.
/// </summary>
[Needs("recommendations.watch")]
public sealed record WatchRecommendations(int Most) : ICommand<RecommendationsWatched>;

/// <summary>What was looked after.</summary>
/// <param name="Invalidated">How many were ended because what they rest on changed.</param>
/// <param name="Outcomes">Of how many it became known what really happened.</param>
public sealed record RecommendationsWatched(int Invalidated, int Outcomes);

internal sealed class WatchRecommendationsHandler(PlatformDb db, RequestEnds ends) : ICommandHandler<WatchRecommendations, RecommendationsWatched>
{
    private const int MostAtOnce = 500;

    public async Task<Result<RecommendationsWatched>> HandleAsync(WatchRecommendations command, Envelope envelope, CancellationToken ct)
    {
        var most = Math.Clamp(command.Most, 1, MostAtOnce);
        var outdated = await db.LockOutdatedRequestsAsync(most, ct);
        foreach (var request in outdated)
        {
            await ends.CloseAsync(
                request, (ApprovalMove.Invalidate, null, "The policy or the supplier's terms that it rests on were replaced."), envelope, ct);
        }

        var known = 0;
        foreach (var made in await db.LockFollowedAsync(envelope.Now - FollowUp.Wait, most, ct))
        {
            known += await FollowAsync(made, envelope.Now, ct) ? 1 : 0;
        }

        return new RecommendationsWatched(outdated.Count, known);
    }

    /// <summary>Whoever was nearer to what then happened was right: the recommendation, or the plan before it.</summary>
    private async Task<bool> FollowAsync(Recommendation made, DateTimeOffset now, CancellationToken ct)
    {
        var took = made.SupplierId is { } supplier
            ? await db.FindLeadTimesSinceAsync(supplier, made.ItemId, made.ProposedAt, ct)
            : [];
        if (took.Count < FollowUp.LeastDeliveries && now < made.DecidedAt!.Value + FollowUp.Latest)
        {
            return false;
        }

        var actual = took.Count == 0 ? (decimal?)null : decimal.Round((decimal)took.Average(), 4);
        var verdict = FollowUp.Judge(made.Score, made.BaseScore, actual, took.Count);
        var facts = new OutcomeFacts(took.Count, actual, made.BaseScore, made.Score, actual >= made.Low && actual <= made.High);
        db.Raise(made.Happened(verdict, JsonSerializer.Serialize(facts, KernelJson.Options), now));
        return true;
    }
}

/// <summary>What came of it: how long orders took that were sent since, beside what was planned before and what was recommended.</summary>
public sealed record OutcomeFacts(int Deliveries, decimal? ActualDays, decimal PlannedDays, decimal RecommendedDays, bool? WithinBand);

/// <summary>When and how outcomes are judged. Pure.</summary>
internal static class FollowUp
{
    public const int LeastDeliveries = 3;

    public static readonly TimeSpan Wait = TimeSpan.FromDays(14);

    /// <summary>Whatever came until then decides.</summary>
    public static readonly TimeSpan Latest = TimeSpan.FromDays(120);

    public static OutcomeVerdict Judge(decimal recommended, decimal planned, decimal? actual, int deliveries)
    {
        if (actual is not { } days || deliveries < LeastDeliveries)
        {
            return OutcomeVerdict.Unclear;
        }

        return Math.Abs(days - recommended) < Math.Abs(days - planned) ? OutcomeVerdict.Right : OutcomeVerdict.Wrong;
    }
}

/// <summary>Asks cheaply whether there is anything to watch, so that a quiet night writes no audit rows.</summary>
public static class RecommendationClocks
{
    private const string Due =
        """
        select exists (select from recommendation m
            where m.status = 'IN_QUEUE'
              and (exists (select from replenishment_policy p where p.item_id = m.item_id and p.warehouse_id = m.warehouse_id
                      and p.number > (m.action_input ->> 'number')::int)
                  or exists (select from supplier_item_terms t where t.item_id = m.item_id and t.supplier_id = m.supplier_id and t.agreed_at > m.proposed_at)))
        or exists (select from recommendation m
            where m.status in ('EXECUTED', 'REJECTED') and m.outcome is null and m.decided_at <= $1
              and (m.decided_at <= $2 or (select count(distinct s.line_id) from lead_time_observation s
                  where s.supplier_id = m.supplier_id and s.item_id = m.item_id and s.ordered_at >= m.proposed_at) >= $3))
        """;

    public static async Task<bool> AreDueAsync(NpgsqlDataSource source, DateTimeOffset now, CancellationToken ct)
    {
        await using var ask = source.CreateCommand(Due);
        ask.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - FollowUp.Wait });
        ask.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now - FollowUp.Latest });
        ask.Parameters.Add(new NpgsqlParameter<int> { TypedValue = FollowUp.LeastDeliveries });
        return await ask.ExecuteScalarAsync(ct) is true;
    }
}
