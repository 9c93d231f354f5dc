using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stock.Posting;

/// <summary>
/// Writes what was found right, in one round trip. Every update counts its rows: a row that is not there, or is not as it
/// was read, means that a lock was missed, and then nothing may be committed.
/// </summary>
internal static partial class PostingWrites
{
    /// <summary>The statements that write these plans, in the order in which they must run.</summary>
    public static IReadOnlyList<NpgsqlBatchCommand> Of(LedgerEntity entity, PostingFacts facts, IReadOnlyList<PostingPlan> plans)
    {
        if (OneLinePosting.Of(entity, facts, plans) is { } oneLine)
        {
            return [oneLine];
        }

        var statements = new List<NpgsqlBatchCommand>();
        var movements = plans.SelectMany(plan => plan.Movements.Select(movement => (Plan: plan, Movement: movement))).ToList();
        var values = plans.SelectMany(plan => plan.Values.Select(value => (Plan: plan, Value: value))).ToList();
        var now = plans[^1].Envelope.Now;
        AddFewerHolds(statements, facts);
        AddBalances(statements, facts, now);
        AddMoreHolds(statements, facts, now);
        statements.Add(Postings(plans));
        statements.Add(Movements(movements));
        AddPools(statements, facts);
        AddLayers(statements, facts);
        AddValues(statements, entity, values);
        return statements;
    }

    internal static async Task ExecuteAsync(PlatformDb db, IReadOnlyList<NpgsqlBatchCommand> statements, CancellationToken ct)
    {
        await using var batch = new NpgsqlBatch(db.Connection, db.Transaction);
        foreach (var statement in statements)
        {
            batch.BatchCommands.Add(statement);
        }

        await batch.ExecuteNonQueryAsync(ct);
    }

    internal static void AddBalances(List<NpgsqlBatchCommand> statements, PostingFacts facts, DateTimeOffset now)
    {
        var rows = facts.Balances.Values
            .Where(row => row.IsTouched && (row.OnHand != row.OnHandBefore || row.Weight != row.WeightBefore || row.Arrived > 0m))
            .ToList();
        if (rows.Count > 0)
        {
            statements.Add(Command(Balances,
                Param.Column(rows, row => row.Id),
                Param.Column(rows, row => row.OnHand - row.OnHandBefore),
                Param.Column(rows, row => row.Weight - row.WeightBefore),
                Param.Column(rows, row => row.Arrived > 0m),
                Param.Of(now),
                Param.Column(rows, row => row.OnHandBefore)));
        }
    }

    internal static NpgsqlBatchCommand Postings(IReadOnlyList<PostingPlan> plans) =>
        Command(PostingRows,
            Param.Column(plans, plan => plan.Id.Value),
            Param.Of(plans[0].Request.LegalEntity.Value),
            Param.Column(plans, plan => plan.Request.Document.Kind),
            Param.Column(plans, plan => plan.Request.Document.Number),
            Param.Column(plans, plan => plan.Request.Document.Id),
            Param.Column(plans, plan => plan.Request.Reason?.Code),
            Param.Column(plans, plan => plan.Request.Reason?.Text),
            Param.Column(plans, plan => plan.Request.Reason?.Evidence),
            Param.Column(plans, plan => StockWords.Of(plan.Envelope.Actor.Kind)),
            Param.Column(plans, plan => plan.Envelope.Actor.Id),
            Param.Column(plans, plan => plan.Envelope.CorrelationId),
            Param.Column(plans, plan => plan.PostingDate),
            Param.Column(plans, plan => plan.Envelope.Now));

    private static NpgsqlBatchCommand Movements(List<(PostingPlan Plan, PlannedMovement Movement)> rows) =>
        Command(MovementRows,
            Param.Column(rows, row => row.Movement.Id),
            Param.Column(rows, row => row.Plan.Id.Value),
            Param.Column(rows, row => row.Movement.Number),
            Param.Column(rows, row => StockWords.Of(row.Movement.Line.Type)),
            Param.Of(rows[0].Plan.Request.LegalEntity.Value),
            Param.Column(rows, row => row.Movement.Line.Item.Value),
            Param.Column(rows, row => row.Movement.Line.Lot?.Value),
            Param.Column(rows, row => row.Movement.Line.Serial?.Value),
            Param.Column(rows, row => row.Movement.Line.HandlingUnit?.Value),
            Param.Column(rows, row => row.Movement.Line.Owner?.Value),
            Param.Column(rows, row => row.Movement.Line.NewOwner?.Value),
            Param.Column(rows, row => StockWords.Of(row.Movement.From.Kind)),
            Param.Column(rows, row => row.Movement.From.Bin?.Value),
            Param.Column(rows, row => Condition(row.Movement.From)),
            Param.Column(rows, row => StockWords.Of(row.Movement.To.Kind)),
            Param.Column(rows, row => row.Movement.To.Bin?.Value),
            Param.Column(rows, row => Condition(row.Movement.To)),
            Param.Column(rows, row => row.Movement.Quantity),
            Param.Column(rows, row => row.Movement.Weight),
            Param.Column(rows, row => row.Movement.Line.Unit is null ? null : row.Movement.Line.Quantity),
            Param.Column(rows, row => row.Movement.Line.Unit),
            Param.Column(rows, row => row.Movement.Line.DocumentLine),
            Param.Column(rows, row => row.Movement.Line.Partner?.Value),
            Param.Column(rows, row => row.Movement.Line.Reverses),
            Param.Column(rows, row => row.Movement.Line.Returns),
            Param.Column(rows, row => row.Plan.OccurredAt),
            Param.Column(rows, row => row.Plan.Envelope.Now));

    internal static void AddPools(List<NpgsqlBatchCommand> statements, PostingFacts facts)
    {
        var rows = facts.Pools.Values.Where(row => row.IsTouched).ToList();
        if (rows.Count > 0)
        {
            statements.Add(PoolRows(rows));
        }
    }

    /// <summary>The state of pools, whole: the rows are locked, and the check of the table has the last word.</summary>
    internal static NpgsqlBatchCommand PoolRows(IReadOnlyList<PoolRow> rows) => Command(Pools,
        Param.Column(rows, row => row.Id),
        Param.Column(rows, row => row.Pool.State.Quantity),
        Param.Column(rows, row => row.Pool.State.Value),
        Param.Column(rows, row => row.Pool.State.Generation),
        Param.Column(rows, row => row.Pool.State.Decay.Scaled),
        Param.Column(rows, row => row.Pool.State.Decay.Epoch),
        Param.Column(rows, row => row.Pool.State.LastCost),
        Param.Column(rows, row => row.Pool.State.StandardCost),
        Param.Column(rows, row => row.Pool.State.LastLayer));

    internal static void AddLayers(List<NpgsqlBatchCommand> statements, PostingFacts facts)
    {
        foreach (var row in facts.Pools.Values.Where(row => row.IsTouched && row.Pool.Flow == CostingMethod.Fifo))
        {
            statements.Add(LayerRows(row));
        }
    }

    /// <summary>The open layers of a pool, whole; a layer that is open no more is emptied.</summary>
    internal static NpgsqlBatchCommand LayerRows(PoolRow row) => Command(Layers,
        Param.Of(row.Id),
        Param.Column(row.Pool.Layers, layer => layer.Sequence),
        Param.Column(row.Pool.Layers, layer => layer.Original),
        Param.Column(row.Pool.Layers, layer => layer.Remaining),
        Param.Column(row.Pool.Layers, layer => layer.Value));

    internal static void AddValues(
        List<NpgsqlBatchCommand> statements,
        LedgerEntity entity,
        IReadOnlyList<(PostingPlan Plan, PlannedValue Value)> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }

        statements.Add(Command(ValueRows,
            Param.Column(rows, row => row.Value.Id),
            Param.Column(rows, row => row.Value.Pool.Id),
            Param.Column(rows, row => row.Plan.Id.Value),
            Param.Column(rows, row => row.Value.Movement),
            Param.Column(rows, row => StockWords.Of(row.Value.Kind)),
            Param.Column(rows, row => row.Value.Quantity),
            Param.Column(rows, row => row.Value.Valued.OnHand),
            Param.Column(rows, row => row.Value.Valued.Rest),
            Param.Column(rows, row => row.Value.Mark?.Generation),
            Param.Column(rows, row => row.Value.Mark?.Decay.Scaled),
            Param.Column(rows, row => row.Value.Mark?.Decay.Epoch),
            Param.Column(rows, row => row.Value.Mark?.Layer),
            Param.Column(rows, row => row.Value.Charged),
            Param.Column(rows, row => row.Value.UnitCost),
            Param.Column(rows, row => row.Plan.PostingDate),
            Param.Column(rows, row => row.Plan.Envelope.Now)));
        var journal = rows
            .SelectMany(row => row.Value.Journal.Select((move, at) => (row.Value.Id, Line: at + 1, Move: move, row.Plan)))
            .ToList();
        if (journal.Count > 0)
        {
            statements.Add(Command(JournalRows,
                Param.Column(journal, line => line.Id),
                Param.Column(journal, line => line.Line),
                Param.Column(journal, line => entity.Accounts[line.Move.Debit]),
                Param.Column(journal, line => entity.Accounts[line.Move.Credit]),
                Param.Column(journal, line => line.Move.Amount),
                Param.Column(journal, line => line.Plan.PostingDate),
                Param.Column(journal, line => line.Plan.Envelope.Now)));
        }
    }

    internal static string? Condition(Place place) => place.Condition is { } condition ? StockWords.Of(condition) : null;

    internal static NpgsqlBatchCommand Command(string sql, params ReadOnlySpan<NpgsqlParameter> parameters)
    {
        var command = new NpgsqlBatchCommand(sql);
        foreach (var parameter in parameters)
        {
            command.Parameters.Add(parameter);
        }

        return command;
    }
}
