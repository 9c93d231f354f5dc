using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>Runs the planning over many items at once, in a handful of statements however many they are.</summary>
internal sealed class ReorderPlanning(PlatformDb db)
{
    public async Task<ReordersProposed> RunAsync(
        WarehouseId? warehouse, IReadOnlyList<ItemId> items, Envelope envelope, CancellationToken ct)
    {
        var run = new ReplenishmentRunId(Guid.CreateVersion7(envelope.Now));
        var day = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var only = items.Count == 0 ? null : items.Select(item => item.Value).ToArray();
        var (sites, proposed, revised, withdrawn) = (0, 0, 0, 0);
        var ask = new Questions(db);
        // Whoever asks a question waits ten seconds at most; a run over a whole house may take longer.
        ask.Do("set local statement_timeout = '120s'");
        // The server cannot know how many rows the run has just made, and would walk through all of them for each of them.
        ask.Do("set local enable_nestloop = off");
        ask.Lock("select pg_advisory_xact_lock($1)", Param.Of(AdvisoryLocks.ReorderPlanning));
        ask.Do(PlanningSql.RefreshDemand, Param.Of(envelope.Now));
        ask.Do(PlanningSql.MoveWatermark, Param.Of(envelope.Now));
        ask.Do(
            PlanningSql.StartRun,
            Param.Of(day), Param.Of(envelope.Now), Param.Of(run.Value), Param.OrNull(warehouse?.Value), Param.Of(envelope.Actor.Id));
        ask.Do(
            PlanningSql.Positions,
            Param.Of(day), Param.Of(envelope.Now), Param.Of(run.Value), Param.OrNull(warehouse?.Value), Param.OrNull(only));
        ask.Ask(
            PlanningSql.Proposals,
            row => (sites, proposed, revised, withdrawn) = (row.GetInt32(0), row.GetInt32(1), row.GetInt32(2), row.GetInt32(3)),
            Param.Of(day), Param.Of(envelope.Now), Param.Of(run.Value));
        await ask.AnswerAsync(ct);
        await JudgeWaysAsync(day, run, proposal: null, ct);

        var done = new ReordersProposed(run, warehouse, day, sites, proposed, revised, withdrawn);
        db.Raise(done);
        return done;
    }

    /// <summary>The ways to meet what one person asked for.</summary>
    public Task JudgeWaysAsync(DateOnly day, ReorderProposalId proposal, CancellationToken ct) => JudgeWaysAsync(day, run: null, proposal, ct);

    private async Task JudgeWaysAsync(DateOnly day, ReplenishmentRunId? run, ReorderProposalId? proposal, CancellationToken ct)
    {
        var ask = new Questions(db);
        ask.Do(SourcingSql.Forget, Param.OrNull(run?.Value), Param.OrNull(proposal?.Value));
        ask.Do(SourcingSql.Options, Param.Of(day), Param.OrNull(run?.Value), Param.OrNull(proposal?.Value));
        ask.Do(SourcingSql.Impacts, Param.OrNull(run?.Value), Param.OrNull(proposal?.Value));
        await ask.AnswerAsync(ct);
    }
}
