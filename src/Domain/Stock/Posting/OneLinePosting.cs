using Npgsql;
using Platform.Domain.Finance;

namespace Platform.Domain.Stock.Posting;

/// <summary>
/// The most frequent posting of all, in one statement: one line that brings goods in or takes them out. The pool hangs on the
/// balance, and only if both are as they were read is one row counted.
/// </summary>
internal static class OneLinePosting
{
    private const string Sql =
        """
        with balance as (
            update stock_balance
            set on_hand = on_hand + $2, weight = weight + $3, version = version + 1, last_moved_at = $7,
                last_in_at = case when $4 then $7 else last_in_at end,
                serial_on_hand = case when on_hand + $2 > 0 then serial_id end
            where id = $1 and on_hand = $5 and on_hand + $2 >= least(floor, allocated)
            returning id
        ), pool as (
            update cost_pool
            set quantity = $9, value = $10, generation = $11, decay = $12, epoch = $13, last_cost = $14, standard_cost = $15, last_layer = $16
            where id = $8 and exists (select from balance)
            returning id
        ), posting as (
            insert into stock_posting (id, legal_entity_id, document_kind, document_number, document_id, reason_code, reason_text, evidence,
                                       actor_kind, actor_id, correlation_id, posting_date, recorded_at)
            values ($6, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $7)
        ), movement as (
            insert into stock_movement (id, posting_id, line, type, legal_entity_id, item_id, lot_id, serial_id, handling_unit_id, owner_id,
                                        from_place, from_bin_id, from_condition, to_place, to_bin_id, to_condition, quantity, weight,
                                        entered_quantity, entered_unit, document_line_id, partner_id, reverses_id, returns_id,
                                        occurred_at, recorded_at)
            values ($28, $6, 1, $29, $17, $30, $31, $32, $33, $34, $35, $36, $37, $38, $39, $40, $41, $42, $43, $44, $45, $46, $47, $48, $49, $7)
        ), entry as (
            insert into value_entry (id, pool_id, posting_id, movement_id, kind, quantity, on_hand, rest, generation, decay, epoch, layer,
                                     charged_entry_id, posting_date, recorded_at)
            values ($50, $8, $6, $28, $51, $52, $53, $54, $55, $56, $57, $58, $59, $27, $7)
        ), journal as (
            insert into journal_line (journal_id, line, debit_account_id, credit_account_id, amount, posting_date, recorded_at)
            values ($50, 1, $60, $61, $62, $27, $7)
        )
        select all_written(count(*), 1) from pool
        """;

    /// <summary>Null where the posting is of another shape and takes the general road.</summary>
    public static NpgsqlBatchCommand? Of(LedgerEntity entity, PostingFacts facts, IReadOnlyList<PostingPlan> plans)
    {
        if (plans is not [{ Movements: [{ Value: { Journal: [var move] } value, Line: { Reservation: null, NewOwner: null } } movement] } plan]
            || value.Pool.Pool.Layers.Count > 0 || value.Pool.Pool.Flow == Catalog.CostingMethod.Fifo)
        {
            return null;
        }

        var touched = facts.Balances.Values.Where(row => row.IsTouched).ToList();
        if (touched is not [var balance])
        {
            return null;
        }

        var (line, request, state) = (movement.Line, plan.Request, value.Pool.Pool.State);
        return PostingWrites.Command(Sql,
            Param.Of(balance.Id), Param.Of(balance.OnHand - balance.OnHandBefore), Param.Of(balance.Weight - balance.WeightBefore),
            Param.Of(balance.Arrived > 0m), Param.Of(balance.OnHandBefore), Param.Of(plan.Id.Value), Param.Of(plan.Envelope.Now),
            Param.Of(value.Pool.Id), Param.Of(state.Quantity), Param.Of(state.Value), Param.Of(state.Generation), Param.Of(state.Decay.Scaled),
            Param.Of(state.Decay.Epoch), Param.Of(state.LastCost), Param.Of(state.StandardCost), Param.Of(state.LastLayer),
            Param.Of(request.LegalEntity.Value), Param.Of(request.Document.Kind), Param.OrNull(request.Document.Number), Param.OrNull(request.Document.Id),
            Param.OrNull(request.Reason?.Code), Param.OrNull(request.Reason?.Text), Param.OrNull(request.Reason?.Evidence),
            Param.Of(StockWords.Of(plan.Envelope.Actor.Kind)), Param.Of(plan.Envelope.Actor.Id), Param.Of(plan.Envelope.CorrelationId), Param.Of(plan.PostingDate),
            Param.Of(movement.Id), Param.Of(StockWords.Of(line.Type)), Param.Of(line.Item.Value), Param.OrNull(line.Lot?.Value), Param.OrNull(line.Serial?.Value),
            Param.OrNull(line.HandlingUnit?.Value), Param.Of(line.Owner?.Value ?? request.LegalEntity.Value),
            Param.Of(StockWords.Of(movement.From.Kind)), Param.OrNull(movement.From.Bin?.Value), Param.OrNull(PostingWrites.Condition(movement.From)),
            Param.Of(StockWords.Of(movement.To.Kind)), Param.OrNull(movement.To.Bin?.Value), Param.OrNull(PostingWrites.Condition(movement.To)),
            Param.Of(movement.Quantity), Param.OrNull(movement.Weight), Param.OrNull(line.Unit is null ? (decimal?)null : line.Quantity), Param.OrNull(line.Unit),
            Param.OrNull(line.DocumentLine), Param.OrNull(line.Partner?.Value), Param.OrNull(line.Reverses), Param.OrNull(line.Returns), Param.Of(plan.OccurredAt),
            Param.Of(value.Id), Param.Of(StockWords.Of(value.Kind)), Param.Of(value.Quantity), Param.Of(value.Valued.OnHand), Param.Of(value.Valued.Rest),
            Param.OrNull(value.Mark?.Generation), Param.OrNull(value.Mark?.Decay.Scaled), Param.OrNull(value.Mark?.Decay.Epoch), Param.OrNull(value.Mark?.Layer),
            Param.OrNull(value.Charged), Param.Of(entity.Accounts[move.Debit]), Param.Of(entity.Accounts[move.Credit]), Param.Of(move.Amount));
    }
}
