using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Valuation;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Posting;

/// <summary>From rows to facts.</summary>
internal static partial class PostingReads
{
    private static void ReadBalance(NpgsqlDataReader row, PostingNeeds needs, PostingFacts facts)
    {
        var digest = row.GetGuid(1);
        facts.Balances[digest] = new BalanceRow(
            row.GetInt64(0), needs.KeyOf(digest), row.GetDecimal(2), row.GetDecimal(3), row.GetDecimal(4), row.GetDecimal(5));
    }

    private static void ReadItem(NpgsqlDataReader row, PostingFacts facts)
    {
        var id = ItemId.From(row.GetGuid(0));
        facts.Items.Add(id, new ItemFacts(
            id,
            Status: row.GetString(1),
            BaseUnit: row.GetString(2),
            Decimals: row.GetInt16(3),
            Tracking: row.GetString(4),
            IsCatchWeight: row.GetBoolean(5),
            NominalWeight: Decimal(row, 6),
            WeightTolerancePct: Decimal(row, 7),
            Temperature: row.GetString(8),
            HazardClass: row.GetString(9),
            UnitWeightKg: Decimal(row, 10),
            UnitVolumeM3: Decimal(row, 11)));
    }

    private static void ReadBin(NpgsqlDataReader row, PostingFacts facts)
    {
        var id = BinId.From(row.GetGuid(0));
        facts.Bins.Add(id, new BinFacts(
            id,
            LegalEntityId.From(row.GetGuid(1)),
            WarehouseId.From(row.GetGuid(2)),
            Role: row.GetString(3),
            MayHold: row.GetBoolean(4),
            IsBlockedIn: row.GetBoolean(5),
            IsBlockedOut: row.GetBoolean(6),
            BlockReason: row.IsDBNull(7) ? null : row.GetString(7),
            Mixing: row.GetString(8),
            DedicatedItem: row.IsDBNull(9) ? null : ItemId.From(row.GetGuid(9)),
            CapacityUnits: Decimal(row, 10),
            CapacityWeightKg: Decimal(row, 11),
            CapacityVolumeM3: Decimal(row, 12),
            CapacityHandlingUnits: row.IsDBNull(13) ? null : row.GetInt32(13),
            ZoneTemperature: row.GetString(14),
            ZoneHazards: row.GetFieldValue<string[]>(15)));
    }

    private static void ReadStandingHold(NpgsqlDataReader row, PostingFacts facts) =>
        facts.StandingHolds.Add(new StandingHold(
            Number: row.GetString(0),
            Reason: row.GetString(1),
            Warehouse: row.IsDBNull(2) ? null : WarehouseId.From(row.GetGuid(2)),
            Bin: row.IsDBNull(3) ? null : BinId.From(row.GetGuid(3)),
            Item: row.IsDBNull(4) ? null : ItemId.From(row.GetGuid(4)),
            Lot: row.IsDBNull(5) ? null : LotId.From(row.GetGuid(5)),
            Serial: row.IsDBNull(6) ? null : SerialId.From(row.GetGuid(6))));

    private static void ReadPool(NpgsqlDataReader row, PostingFacts facts)
    {
        var item = ItemId.From(row.GetGuid(1));
        facts.Pools[item] = new PoolRow(row.GetInt64(0), item, Pool(row, 2, facts.CurrencyDigits));
    }

    /// <summary>A pool from its columns, flow first; the layers of a first-in-first-out pool are read apart.</summary>
    internal static CostPool Pool(NpgsqlDataReader row, int at, int currencyDigits) => new(
        StockWords.Read<CostingMethod>(row.GetString(at)),
        currencyDigits,
        new CostPoolState(
            row.GetDecimal(at + 1),
            row.GetDecimal(at + 2),
            row.GetInt64(at + 3),
            new DecayIndex(row.GetDecimal(at + 4), row.GetInt32(at + 5)),
            row.GetDecimal(at + 6),
            row.GetDecimal(at + 7),
            row.GetInt32(at + 8)),
        []);

    private static void ReadLayer(NpgsqlDataReader row, Dictionary<long, List<CostLayer>> layers)
    {
        var pool = row.GetInt64(0);
        if (!layers.TryGetValue(pool, out var open))
        {
            layers.Add(pool, open = []);
        }

        open.Add(new CostLayer(row.GetInt32(1), row.GetDecimal(2), row.GetDecimal(3), row.GetDecimal(4)));
    }

    private static void ReadContents(NpgsqlDataReader row, PostingFacts facts)
    {
        var bin = BinId.From(row.GetGuid(0));
        if (!facts.Contents.TryGetValue(bin, out var contents))
        {
            facts.Contents.Add(bin, contents = new BinContents());
        }

        if (row.IsDBNull(1))
        {
            return; // An empty bin with a rule.
        }

        LotId? lot = row.IsDBNull(2) ? null : LotId.From(row.GetGuid(2));
        contents.Quantities.Add((ItemId.From(row.GetGuid(1)), lot), row.GetDecimal(3));
        foreach (var unit in row.IsDBNull(4) ? [] : row.GetFieldValue<Guid[]>(4))
        {
            contents.HandlingUnits.Add(HandlingUnitId.From(unit));
        }

        contents.WeightKg += row.GetDecimal(5);
        contents.VolumeM3 += row.GetDecimal(6);
    }

    private static void ReadLot(NpgsqlDataReader row, PostingFacts facts)
    {
        var id = LotId.From(row.GetGuid(0));
        facts.Lots.Add(id, new LotFacts(
            id,
            ItemId.From(row.GetGuid(1)),
            row.IsDBNull(2) ? null : row.GetFieldValue<DateOnly>(2),
            row.IsDBNull(3) ? null : row.GetString(3)));
    }

    private static void ReadSerial(NpgsqlDataReader row, PostingFacts facts)
    {
        var id = SerialId.From(row.GetGuid(0));
        facts.Serials.Add(id, new SerialFacts(
            id,
            ItemId.From(row.GetGuid(1)),
            row.IsDBNull(2) ? null : LotId.From(row.GetGuid(2)),
            row.IsDBNull(3) ? null : row.GetString(3),
            row.GetBoolean(4)));
    }

    private static void ReadOwner(NpgsqlDataReader row, PostingFacts facts)
    {
        var id = OwnerId.From(row.GetGuid(0));
        facts.Owners.Add(id, new OwnerFacts(id, row.GetBoolean(1)));
    }

    private static void ReadUnit(NpgsqlDataReader row, PostingFacts facts) =>
        facts.Units.Add((ItemId.From(row.GetGuid(0)), row.GetString(1)), (row.GetInt64(2), row.GetInt64(3)));

    private static void ReadHold(NpgsqlDataReader row, PostingFacts facts)
    {
        var (reservation, balance) = (ReservationId.From(row.GetGuid(0)), row.GetInt64(1));
        facts.Holds.Add((reservation, balance), new HoldRow(reservation, balance, row.GetDecimal(2)));
    }

    private static void ReadIds(NpgsqlDataReader row, PostingFacts facts)
    {
        foreach (var id in row.GetFieldValue<long[]>(0))
        {
            facts.Ids.Enqueue(id);
        }

        facts.ClosedMonths.UnionWith(row.GetFieldValue<DateOnly[]>(1));
    }

    private static void ReadEarlierValue(NpgsqlDataReader row, Dictionary<long, List<EarlierValue>> entries)
    {
        var movement = row.GetInt64(0);
        if (!entries.TryGetValue(movement, out var values))
        {
            entries.Add(movement, values = []);
        }

        ReceiptMark? mark = row.IsDBNull(6)
            ? null
            : new ReceiptMark(row.GetInt64(6), new DecayIndex(row.GetDecimal(7), row.GetInt32(8)), row.GetInt32(9));
        values.Add(new EarlierValue(
            row.GetInt64(1), row.GetString(2), row.GetDecimal(3), new Valued(row.GetDecimal(4), row.GetDecimal(5)), mark));
    }

    private static void ReadEarlierMovement(NpgsqlDataReader row, Dictionary<long, MovementLine> earlier) =>
        earlier.Add(row.GetInt64(0), new MovementLine
        {
            Type = StockWords.Read<MovementType>(row.GetString(1)),
            Item = ItemId.From(row.GetGuid(2)),
            Lot = row.IsDBNull(3) ? null : LotId.From(row.GetGuid(3)),
            Serial = row.IsDBNull(4) ? null : SerialId.From(row.GetGuid(4)),
            HandlingUnit = row.IsDBNull(5) ? null : HandlingUnitId.From(row.GetGuid(5)),
            Owner = OwnerId.From(row.GetGuid(6)),
            NewOwner = row.IsDBNull(7) ? null : OwnerId.From(row.GetGuid(7)),
            From = ReadPlace(row, 8),
            To = ReadPlace(row, 11),
            Quantity = row.GetDecimal(14),
            Weight = Decimal(row, 15),
            Partner = row.IsDBNull(16) ? null : PartnerId.From(row.GetGuid(16)),
        });

    internal static Place ReadPlace(NpgsqlDataReader row, int at) => new(
        StockWords.Read<PlaceKind>(row.GetString(at)),
        row.IsDBNull(at + 1) ? null : BinId.From(row.GetGuid(at + 1)),
        row.IsDBNull(at + 2) ? null : StockWords.Read<StockCondition>(row.GetString(at + 2)));

    private static decimal? Decimal(NpgsqlDataReader row, int at) => row.IsDBNull(at) ? null : row.GetDecimal(at);
}
