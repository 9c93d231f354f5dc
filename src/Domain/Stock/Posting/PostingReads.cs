using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Valuation;

namespace Platform.Domain.Stock.Posting;

/// <summary>
/// Locks and reads what documents touch, in one round trip. The order of locks is the same for everybody: the period
/// (shared), bins with rules over their contents, balances by key, lots and serials (shared), pools by id. Each statement
/// of the batch sees what was committed before it began, so what follows a lock is read after it.
/// </summary>
internal static partial class PostingReads
{
    public static async Task<PostingFacts> ReadAsync(PlatformDb db, PostingNeeds needs, DateTimeOffset now, CancellationToken ct)
    {
        var facts = new PostingFacts { LegalEntity = needs.LegalEntity.Id, CurrencyDigits = needs.LegalEntity.CurrencyDigits };
        var own = OwnerId.From(facts.LegalEntity.Value);
        facts.Owners.Add(own, new OwnerFacts(own, IsValued: true));
        var ask = new Questions(db);
        var runsBelow = false;
        ask.Ask(Begin, row => runsBelow = row.GetString(2) == "true", Param.Of(AdvisoryLocks.PostingRules), Param.Of(needs.Items));
        LockWhatIsShared(ask, needs);
        if (needs.TakesAnything)
        {
            ask.Do(EnsureRows, RowParameters([.. needs.Rows], now));
        }

        // What the rules' lock keeps as it is comes first: from the balances on, others wait for us.
        ask.Ask(needs.TakingBins.Length > 0 ? ItemsWithSizes : Items, row => ReadItem(row, facts), Param.Of(needs.Items));
        ask.Ask(Bins, row => ReadBin(row, facts), Param.Of(needs.Bins));
        LockWhatChanges(ask, needs, facts, rowsAreThere: needs.TakesAnything);
        AskRareFacts(ask, needs, facts);
        await ask.AnswerAsync(ct);

        if (runsBelow && !needs.TakesAnything)
        {
            await MakeRowsAndLockAsync(db, needs, facts, now, ct);
        }

        await WhatLocksProtectAsync(db, needs, facts, ct);
        return facts;
    }

    private static void LockWhatIsShared(Questions ask, PostingNeeds needs)
    {
        if (needs.TakingBins is { Length: > 0 } bins)
        {
            ask.Lock(LockBinsWithRules, Param.Of(bins));
        }

        if (needs.ServedLots is { Length: > 0 } lots)
        {
            ask.Lock("select id from lot where id = any ($1) order by id for share", Param.Of(lots));
        }

        if (needs.ArrivingSerials is { Length: > 0 } serials)
        {
            ask.Lock("select id from serial where id = any ($1) order by id for no key update", Param.Of(serials));
        }
    }

    /// <summary>What most documents do not ask for.</summary>
    private static void AskRareFacts(Questions ask, PostingNeeds needs, PostingFacts facts)
    {
        if (needs.TakingBins is { Length: > 0 } bins)
        {
            ask.Ask(Contents, row => ReadContents(row, facts), Param.Of(bins));
        }

        if (needs.Lots is { Length: > 0 } lots)
        {
            ask.Ask(Lots, row => ReadLot(row, facts), Param.Of(lots));
        }

        if (needs.Serials is { Length: > 0 } serials)
        {
            ask.Ask(Serials, row => ReadSerial(row, facts), Param.Of(serials));
        }

        if (needs.ForeignOwners is { Length: > 0 } owners)
        {
            ask.Ask(Owners, row => ReadOwner(row, facts), Param.Of(owners), Param.Of(facts.LegalEntity.Value));
        }

        if (needs.MakesUsable)
        {
            ask.Ask(StandingHolds, row => ReadStandingHold(row, facts), Param.Of(facts.LegalEntity.Value));
        }

        if (needs.Units.Count > 0)
        {
            var units = needs.Units.ToList();
            ask.Ask(Units, row => ReadUnit(row, facts), Param.Column(units, unit => unit.Item), Param.Column(units, unit => unit.Unit));
        }

    }

    private static void LockWhatChanges(Questions ask, PostingNeeds needs, PostingFacts facts, bool rowsAreThere)
    {
        ask.Ask(Balances, row => ReadBalance(row, needs, facts), Param.Of(needs.Digests), Param.Of(rowsAreThere));
        if (needs.Reservations is { Length: > 0 } reservations)
        {
            ask.Ask(Holds, row => ReadHold(row, facts), Param.Of(reservations), Param.Of(rowsAreThere));
        }

        if (needs.ValuedItems is { Length: > 0 } valued)
        {
            ask.Ask(Pools, row => ReadPool(row, facts), Param.Of(valued), Param.Of(rowsAreThere), Param.Of(facts.LegalEntity.Value));
        }

        ask.Ask(IdsAndPeriods, row => ReadIds(row, facts),
            Param.Of(needs.Lines), Param.Of(facts.LegalEntity.Value), Param.Of(needs.Months));
    }

    /// <summary>
    /// A row that was never filled may still be run below zero by policy (INV-14). Where policy says so of an item, its rows are made
    /// before anything is locked; documents that bring goods too have made them already.
    /// </summary>
    private static async Task MakeRowsAndLockAsync(
        PlatformDb db, PostingNeeds needs, PostingFacts facts, DateTimeOffset now, CancellationToken ct)
    {
        var ask = new Questions(db);
        ask.Do(EnsureRows, RowParameters([.. needs.Rows], now));
        facts.Ids.Clear();
        LockWhatChanges(ask, needs, facts, rowsAreThere: true);
        await ask.AnswerAsync(ct);
    }

    /// <summary>Layers, and what happened to earlier movements: guarded by the pools' locks, so read after them.</summary>
    private static async Task WhatLocksProtectAsync(PlatformDb db, PostingNeeds needs, PostingFacts facts, CancellationToken ct)
    {
        var layered = facts.Pools.Values.Where(row => row.Pool.Flow == CostingMethod.Fifo).ToDictionary(row => row.Id);
        if (layered.Count == 0 && needs.Earlier.Count == 0)
        {
            return;
        }

        var ask = new Questions(db);
        var layers = new Dictionary<long, List<CostLayer>>();
        if (layered.Count > 0)
        {
            ask.Ask(Layers, row => ReadLayer(row, layers), Param.Of(layered.Keys.ToArray()));
        }

        var entries = new Dictionary<long, List<EarlierValue>>();
        var after = new Dictionary<long, (bool IsReversed, decimal Returned)>();
        if (needs.Earlier.Count > 0)
        {
            var ids = needs.Earlier.Keys.ToArray();
            ask.Ask(EarlierValues, row => ReadEarlierValue(row, entries), Param.Of(ids));
            ask.Ask(WhatFollowed, row => after.Add(row.GetInt64(0), (row.GetBoolean(1), row.GetDecimal(2))), Param.Of(ids));
        }

        await ask.AnswerAsync(ct);
        foreach (var (pool, open) in layers)
        {
            var row = layered[pool];
            row.Pool = new CostPool(CostingMethod.Fifo, facts.CurrencyDigits, row.Pool.State, open);
        }

        foreach (var (id, line) in needs.Earlier)
        {
            var (isReversed, returned) = after[id];
            facts.Earlier.Add(id, new EarlierMovement(id, line, isReversed, returned, entries.GetValueOrDefault(id) ?? []));
        }
    }

    private static NpgsqlParameter[] RowParameters(IReadOnlyList<NeededRow> rows, DateTimeOffset now) =>
    [
        Param.Column(rows, row => row.Key.Digest),
        Param.Column(rows, row => row.Key.Bin.Value),
        Param.Column(rows, row => row.Key.Item.Value),
        Param.Column(rows, row => row.Key.Lot?.Value),
        Param.Column(rows, row => row.Key.Serial?.Value),
        Param.Column(rows, row => row.Key.HandlingUnit?.Value),
        Param.Column(rows, row => row.Key.Owner.Value),
        Param.Column(rows, row => StockWords.Of(row.Key.Condition)),
        Param.Column(rows, row => row.IsTaking),
        Param.Of(now),
        Param.Of(AdvisoryLocks.NewBalances),
    ];

    /// <summary>The posted lines that these documents refer to: they never change, so no lock is needed yet.</summary>
    public static async Task<Dictionary<long, MovementLine>> ReadEarlierAsync(
        PlatformDb db, LegalEntityId entity, IEnumerable<PostingRequest> requests, CancellationToken ct)
    {
        var earlier = new Dictionary<long, MovementLine>();
        var ids = requests.SelectMany(request => request.Lines)
            .SelectMany(line => new[] { line.Reverses, line.Returns })
            .OfType<long>().Distinct().ToArray();
        if (ids.Length == 0)
        {
            return earlier;
        }

        var ask = new Questions(db);
        ask.Ask(EarlierMovements, row => ReadEarlierMovement(row, earlier), Param.Of(ids), Param.Of(entity.Value));
        await ask.AnswerAsync(ct);
        return earlier;
    }
}
