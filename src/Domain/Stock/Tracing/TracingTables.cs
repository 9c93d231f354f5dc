using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Stock.Reserving;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Tracing;

internal static class TracingTables
{
    public static async Task<IReadOnlyList<ReservationId>> FindLotReservationsAsync(this PlatformDb db, LotId lot, CancellationToken ct)
    {
        var held = new List<ReservationId>();
        var ask = new Questions(db);
        ask.Ask(
            "select distinct a.reservation_id from allocation a join stock_balance b on b.id = a.balance_id where b.lot_id = $1 order by 1",
            row => held.Add(ReservationId.From(row.GetGuid(0))), Param.Of(lot.Value));
        await ask.AnswerAsync(ct);
        return held;
    }

    /// <summary>Ends them whole, goods of other lots included: what they were kept for needs a new plan.</summary>
    public static async Task<IReadOnlyList<ReservationEnded>> ReleaseForRecallAsync(
        this PlatformDb db, IReadOnlyList<ReservationId> ids, DateTimeOffset now, CancellationToken ct)
    {
        var ended = new List<ReservationEnded>();
        if (ids.Count == 0)
        {
            return ended;
        }

        var ask = new Questions(db);
        ask.Lock("select id from reservation where id = any ($1) order by id for no key update", Param.Column(ids, id => id.Value));
        ask.Do("delete from allocation where reservation_id = any ($1)", Param.Column(ids, id => id.Value));
        ask.Ask(
            """
            update reservation
            set status = case when consumed > 0 then 'CONSUMED' else 'RELEASED' end, ended_at = $2, version = version + 1, updated_at = $2
            where id = any ($1) and ended_at is null
            returning id, status, quantity, consumed
            """,
            row => ended.Add(new ReservationEnded(
                ReservationId.From(row.GetGuid(0)), StockWords.Read<ReservationStatus>(row.GetString(1)), row.GetDecimal(2), row.GetDecimal(3))),
            Param.Column(ids, id => id.Value), Param.Of(now));
        await ask.AnswerAsync(ct);
        return ended;
    }

    /// <summary>All of a lot that may still become usable stock, by entity, as the movements that quarantine it.</summary>
    public static async Task<IReadOnlyList<(LegalEntityId Entity, IReadOnlyList<MovementLine> Lines)>> FindLotOnHandAsync(
        this PlatformDb db, LotId lot, CancellationToken ct)
    {
        var found = new List<(LegalEntityId Entity, MovementLine Line)>();
        var ask = new Questions(db);
        ask.Lock("select id from stock_balance where lot_id = $1 order by key for no key update", Param.Of(lot.Value));
        ask.Ask(
            """
            select b.legal_entity_id, b.bin_id, b.item_id, b.serial_id, b.handling_unit_id, b.owner_id, b.condition, b.on_hand,
                   case when i.is_catch_weight then b.weight end
            from stock_balance b join item i on i.id = b.item_id
            where b.lot_id = $1 and b.on_hand > 0 and b.condition in ('RECEIVING', 'INSPECTION', 'USABLE', 'RETURN_REVIEW')
            order by b.legal_entity_id, b.key
            """,
            row =>
            {
                var bin = BinId.From(row.GetGuid(1));
                var condition = StockWords.Read<StockCondition>(row.GetString(6));
                found.Add((LegalEntityId.From(row.GetGuid(0)), new MovementLine
                {
                    Type = MovementType.Condition,
                    Item = ItemId.From(row.GetGuid(2)),
                    From = Place.In(bin, condition),
                    To = Place.In(bin, StockCondition.Quarantined),
                    Quantity = row.GetDecimal(7),
                    Weight = row.IsDBNull(8) ? null : row.GetDecimal(8),
                    Lot = lot,
                    Serial = row.IsDBNull(3) ? null : SerialId.From(row.GetGuid(3)),
                    HandlingUnit = row.IsDBNull(4) ? null : HandlingUnitId.From(row.GetGuid(4)),
                    Owner = OwnerId.From(row.GetGuid(5)),
                }));
            },
            Param.Of(lot.Value));
        await ask.AnswerAsync(ct);
        return [.. found.GroupBy(one => one.Entity)
            .SelectMany(group => group.Select(one => one.Line).Chunk(PostingRequest.MostLines)
                .Select(lines => (group.Key, (IReadOnlyList<MovementLine>)lines)))];
    }
}
