using Npgsql;
using NpgsqlTypes;
using Platform.Domain.Finance;
using Platform.Domain.Kernel;

namespace Platform.Domain.Stock.Posting;

/// <summary>The same rows as <see cref="PostingWrites"/>, with those that only ever grow sent by COPY.</summary>
internal static class PostingCopies
{
    public static async Task WriteAsync(
        PlatformDb db, LedgerEntity entity, PostingFacts facts, PostingPlan plan, CancellationToken ct)
    {
        var statements = new List<NpgsqlBatchCommand>();
        PostingWrites.AddFewerHolds(statements, facts);
        PostingWrites.AddBalances(statements, facts, plan.Envelope.Now);
        PostingWrites.AddMoreHolds(statements, facts, plan.Envelope.Now);
        statements.Add(PostingWrites.Postings([plan]));
        PostingWrites.AddPools(statements, facts);
        PostingWrites.AddLayers(statements, facts);
        await PostingWrites.ExecuteAsync(db, statements, ct);
        await CopyMovementsAsync(db, plan, ct);
        await CopyValuesAsync(db, plan, ct);
        await CopyJournalAsync(db, entity, plan, ct);
    }

    private static async Task CopyMovementsAsync(PlatformDb db, PostingPlan plan, CancellationToken ct)
    {
        await using var copy = await db.Connection.BeginBinaryImportAsync(
            """
            copy stock_movement (id, posting_id, line, type, legal_entity_id, item_id, lot_id, serial_id, handling_unit_id, owner_id, new_owner_id,
                from_place, from_bin_id, from_condition, to_place, to_bin_id, to_condition, quantity, weight, entered_quantity, entered_unit,
                document_line_id, partner_id, reverses_id, returns_id, occurred_at, recorded_at) from stdin (format binary)
            """,
            ct);
        var entity = plan.Request.LegalEntity.Value;
        foreach (var movement in plan.Movements)
        {
            var line = movement.Line;
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(movement.Id, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(plan.Id.Value, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(movement.Number, NpgsqlDbType.Integer, ct);
            await copy.WriteAsync(StockWords.Of(line.Type), NpgsqlDbType.Text, ct);
            await copy.WriteAsync(entity, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(line.Item.Value, NpgsqlDbType.Uuid, ct);
            await OrNullAsync(copy, line.Lot?.Value, NpgsqlDbType.Uuid, ct);
            await OrNullAsync(copy, line.Serial?.Value, NpgsqlDbType.Uuid, ct);
            await OrNullAsync(copy, line.HandlingUnit?.Value, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(line.Owner?.Value ?? entity, NpgsqlDbType.Uuid, ct);
            await OrNullAsync(copy, line.NewOwner?.Value, NpgsqlDbType.Uuid, ct);
            await PlaceAsync(copy, movement.From, ct);
            await PlaceAsync(copy, movement.To, ct);
            await copy.WriteAsync(movement.Quantity, NpgsqlDbType.Numeric, ct);
            await OrNullAsync(copy, movement.Weight, NpgsqlDbType.Numeric, ct);
            await OrNullAsync<decimal>(copy, line.Unit is null ? null : line.Quantity, NpgsqlDbType.Numeric, ct);
            await OrNullAsync(copy, line.Unit, ct);
            await OrNullAsync(copy, line.DocumentLine, NpgsqlDbType.Uuid, ct);
            await OrNullAsync(copy, line.Partner?.Value, NpgsqlDbType.Uuid, ct);
            await OrNullAsync(copy, line.Reverses, NpgsqlDbType.Bigint, ct);
            await OrNullAsync(copy, line.Returns, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(plan.OccurredAt, NpgsqlDbType.TimestampTz, ct);
            await copy.WriteAsync(plan.Envelope.Now, NpgsqlDbType.TimestampTz, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static async Task CopyValuesAsync(PlatformDb db, PostingPlan plan, CancellationToken ct)
    {
        await using var copy = await db.Connection.BeginBinaryImportAsync(
            """
            copy value_entry (id, pool_id, posting_id, movement_id, kind, quantity, on_hand, rest, generation, decay, epoch, layer,
                charged_entry_id, posting_date, recorded_at) from stdin (format binary)
            """,
            ct);
        foreach (var movement in plan.Movements.Where(movement => movement.Value is not null))
        {
            var value = movement.Value!;
            await copy.StartRowAsync(ct);
            await copy.WriteAsync(value.Id, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(value.Pool.Id, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(plan.Id.Value, NpgsqlDbType.Uuid, ct);
            await copy.WriteAsync(movement.Id, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(StockWords.Of(value.Kind), NpgsqlDbType.Text, ct);
            await copy.WriteAsync(value.Quantity, NpgsqlDbType.Numeric, ct);
            await copy.WriteAsync(value.Valued.OnHand, NpgsqlDbType.Numeric, ct);
            await copy.WriteAsync(value.Valued.Rest, NpgsqlDbType.Numeric, ct);
            await OrNullAsync(copy, value.Mark?.Generation, NpgsqlDbType.Bigint, ct);
            await OrNullAsync(copy, value.Mark?.Decay.Scaled, NpgsqlDbType.Numeric, ct);
            await OrNullAsync(copy, value.Mark?.Decay.Epoch, NpgsqlDbType.Integer, ct);
            await OrNullAsync(copy, value.Mark?.Layer, NpgsqlDbType.Integer, ct);
            await OrNullAsync(copy, value.Charged, NpgsqlDbType.Bigint, ct);
            await copy.WriteAsync(plan.PostingDate, NpgsqlDbType.Date, ct);
            await copy.WriteAsync(plan.Envelope.Now, NpgsqlDbType.TimestampTz, ct);
        }

        await copy.CompleteAsync(ct);
    }

    private static async Task CopyJournalAsync(PlatformDb db, LedgerEntity entity, PostingPlan plan, CancellationToken ct)
    {
        await using var copy = await db.Connection.BeginBinaryImportAsync(
            """
            copy journal_line (journal_id, line, debit_account_id, credit_account_id, amount, posting_date, recorded_at)
            from stdin (format binary)
            """,
            ct);
        foreach (var value in plan.Values)
        {
            for (var at = 0; at < value.Journal.Count; at++)
            {
                var move = value.Journal[at];
                await copy.StartRowAsync(ct);
                await copy.WriteAsync(value.Id, NpgsqlDbType.Bigint, ct);
                await copy.WriteAsync((short)(at + 1), NpgsqlDbType.Smallint, ct);
                await copy.WriteAsync(entity.Accounts[move.Debit], NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(entity.Accounts[move.Credit], NpgsqlDbType.Integer, ct);
                await copy.WriteAsync(move.Amount, NpgsqlDbType.Numeric, ct);
                await copy.WriteAsync(plan.PostingDate, NpgsqlDbType.Date, ct);
                await copy.WriteAsync(plan.Envelope.Now, NpgsqlDbType.TimestampTz, ct);
            }
        }

        await copy.CompleteAsync(ct);
    }

    private static async Task PlaceAsync(NpgsqlBinaryImporter copy, Place place, CancellationToken ct)
    {
        await copy.WriteAsync(StockWords.Of(place.Kind), NpgsqlDbType.Text, ct);
        await OrNullAsync(copy, place.Bin?.Value, NpgsqlDbType.Uuid, ct);
        await OrNullAsync(copy, place.Condition is { } condition ? StockWords.Of(condition) : null, ct);
    }

    private static Task OrNullAsync<T>(NpgsqlBinaryImporter copy, T? value, NpgsqlDbType type, CancellationToken ct)
        where T : struct => value is { } there ? copy.WriteAsync(there, type, ct) : copy.WriteNullAsync(ct);

    private static Task OrNullAsync(NpgsqlBinaryImporter copy, string? value, CancellationToken ct) =>
        value is null ? copy.WriteNullAsync(ct) : copy.WriteAsync(value, NpgsqlDbType.Text, ct);
}
