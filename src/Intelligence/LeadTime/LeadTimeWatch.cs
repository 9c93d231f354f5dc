using System.Collections.Frozen;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Recommendations;
using Platform.Domain.Recommendations.Watching;
using Platform.Intelligence.Learning.Detecting;

namespace Platform.Intelligence.LeadTime;

/// <summary>How often the model is learnt anew, and how much is looked at.</summary>
public sealed record LeadTimeWatchOptions(TimeSpan RetrainEvery, int MostOrders, int MostSupplies);

/// <summary>What a look at all lead times found.</summary>
public sealed record LeadTimeLook(int Orders, int Supplies, int Filed, ServingState State, string Why);

/// <summary>
/// Looks at every planned supply as of a moment: reads the table, learns anew when it is time, lets the detectors speak, files
/// what no longer holds and keeps why the rest was not filed.
/// </summary>
public sealed class LeadTimeWatch(NpgsqlDataSource source, CommandRunner runner, LeadTimeWatchOptions options)
{
    private const int MostRows = 2_000;

    private static readonly Guid _model = new("00000000-0000-7000-8000-00000000a101");
    private static readonly Guid _service = new("00000000-0000-7000-8000-00000000a100");

    private readonly Caller _files = CallerOf(ActorKind.Model, _model, LeadTimeFiling.ModelName, "recommendations.file");
    private readonly Caller _keeps = CallerOf(ActorKind.Service, _service, "intelligence", "recommendations.watch");
    private readonly Dictionary<(Guid Item, Guid Warehouse, Guid Supplier), SeenOutlook> _outlooks = [];
    private readonly Dictionary<Guid, SeenDrift> _drifts = [];
    private SeenModel? _keptModel;
    private LeadTimeScores? _scores;

    public async Task<LeadTimeLook> RunAsync(DateTimeOffset asOf, CancellationToken ct)
    {
        var day = LeadTimeTable.Day(asOf);
        var orders = await LeadTimeTable.ReadAsync(source, asOf, options.MostOrders, ct);
        var scores = Scores(orders, day, ct);
        var threshold = await ThresholdReader.ReadAsync(source, RecommendationKind.LeadTimeDrift, asOf, ct);
        var supplies = await PlannedSupplies.ReadAsync(source, DateOnly.FromDateTime(asOf.UtcDateTime), options.MostSupplies, ct);
        var bySupplier = orders.ToLookup(order => order.Supplier, StringComparer.Ordinal);
        var readings = bySupplier.ToDictionary(group => group.Key, group => SupplierWatch.Read(group, day), StringComparer.Ordinal);
        var outlooks = new List<SeenOutlook>();
        foreach (var planned in supplies)
        {
            ct.ThrowIfCancellationRequested();
            outlooks.Add(await LookAsync(planned, [.. bySupplier[planned.Supplier.ToString()]], readings, scores, threshold, asOf, ct));
        }

        await KeepAsync(outlooks, readings, scores, asOf, ct);
        return new LeadTimeLook(
            orders.Count, supplies.Count, outlooks.Count(one => one.Verdict == OutlookVerdict.Filed), StateOf(scores), scores.Why);
    }

    /// <summary>What changed since the last look is the history; what was learnt stays until it is time again.</summary>
    private LeadTimeScores Scores(IReadOnlyList<SupplyOrder> orders, double day, CancellationToken ct)
    {
        var isDue = _scores is null || day - _scores.TrainedOnDay >= options.RetrainEvery.TotalDays || _scores.TrainedOnDay > day
            || (_scores.TrainedOn == 0 && orders.Count(order => order.DeliveredAsOf(day) is not null) >= LeadTimeScores.LeastOrders);
        return _scores = isDue ? LeadTimeScores.Learn(orders, day, ct) : _scores!.Over(orders);
    }

    private async Task<SeenOutlook> LookAsync(
        PlannedSupply planned, SupplyOrder[] own, Dictionary<string, SupplierReading> readings, LeadTimeScores scores,
        RecommendationThreshold threshold, DateTimeOffset asOf, CancellationToken ct)
    {
        var day = LeadTimeTable.Day(asOf);
        var reading = readings.GetValueOrDefault(planned.Supplier.ToString()) ?? new SupplierReading([], [], [], Regime: null);
        var like = Like(planned, own);
        var open = own.Count(order => order.DeliveredAsOf(day) is null && order.Ended?.AsOf(day) is null);
        var outlook = Outlook.Of(planned, reading, like is null ? null : scores.Forecast(like, day), open);
        var (verdict, why) = outlook.Hindrance(threshold, scores.IsSuspended, day)
            ?? await FileAsync(LeadTimeFiling.Of(outlook, scores, like!, threshold, asOf), ct);
        return new SeenOutlook(
            planned.Item, planned.Warehouse, planned.Supplier, outlook.Source, Number(outlook.Days), Number(outlook.Low), Number(outlook.High),
            Number(outlook.Spread), Number(planned.Days), Number(planned.Spread), Number(outlook.PlannedSafety), Number(outlook.NeededSafety),
            Number(outlook.Service), decimal.Round((decimal)Math.Min(outlook.ValueAtStake, 1e12), 2), planned.Currency,
            reading.Deliveries.Count, open, verdict, why, scores.Version);
    }

    /// <summary>The last order like those that are placed for it: of the item, or at least of the supplier.</summary>
    private static SupplyOrder? Like(PlannedSupply planned, SupplyOrder[] own)
    {
        var (item, site) = (planned.Item.ToString(), planned.Warehouse.ToString());
        return own.LastOrDefault(order => order.Groups[0] == item && order.Groups[1] == site)
            ?? own.LastOrDefault(order => order.Groups[0] == item)
            ?? (own.Length == 0 ? null : own[^1] with { Groups = [item, site] });
    }

    private async Task<(OutlookVerdict Verdict, string Why)> FileAsync(RecommendPolicyChange recommendation, CancellationToken ct)
    {
        var filed = await runner.Async(recommendation, _files with { CorrelationId = Guid.CreateVersion7(recommendation.AsOf) }, ct);
        return filed.Error switch
        {
            null => (OutlookVerdict.Filed, recommendation.Title),
            BelowThreshold below => (OutlookVerdict.BelowThreshold, below.Message),
            TooManyToday many => (OutlookVerdict.TooMany, many.Message),
            RejectedLately rejected => (OutlookVerdict.RejectedLately, rejected.Message),
            var other => throw new InvalidOperationException($"{other.Code}: {other.Message}"),
        };
    }

    private async Task KeepAsync(
        List<SeenOutlook> outlooks, Dictionary<string, SupplierReading> readings, LeadTimeScores scores, DateTimeOffset asOf, CancellationToken ct)
    {
        var drifts = readings.Select(one => Drift(new SupplierId(Guid.Parse(one.Key)), one.Value)).ToList();
        drifts.RemoveAll(drift => _drifts.GetValueOrDefault(drift.Supplier.Value) == drift);
        var changed = outlooks.FindAll(seen => !IsAsKept(seen));
        var quality = scores.Quality;
        var model = new SeenModel(
            LeadTimeFiling.ModelName, StateOf(scores), scores.Why, scores.Version, scores.Hash,
            scores.TrainedOn == 0 ? null : DateTimeOffset.UnixEpoch.AddDays(scores.TrainedOnDay), scores.TrainedOn,
            quality is null ? null : Number(quality.Error), quality is null ? null : Number(quality.RuleError),
            quality is null ? null : Number(quality.Coverage), quality?.MeasuredOn ?? 0, quality is null ? null : Number(quality.PopulationDrift));

        // Where nothing is planned and nothing came there is nothing to say. Several thousand rows in one transaction would keep
        // readers waiting.
        var isFirst = _keptModel != model && (outlooks.Count > 0 || readings.Count > 0);
        for (var at = 0; (at == 0 && isFirst) || at < Math.Max(changed.Count, drifts.Count); at += MostRows)
        {
            var kept = await runner.Async(
                new RecordLeadTimes([.. changed.Skip(at).Take(MostRows)], [.. drifts.Skip(at).Take(MostRows)], model),
                _keeps with { CorrelationId = Guid.CreateVersion7(asOf) }, ct);
            if (kept.Error is { } refusal)
            {
                throw new InvalidOperationException($"{refusal.Code}: {refusal.Message}");
            }

            _keptModel = model;
        }

        changed.ForEach(seen => _outlooks[(seen.Item.Value, seen.Warehouse.Value, seen.Supplier.Value)] = seen);
        drifts.ForEach(drift => _drifts[drift.Supplier.Value] = drift);
        if (await RecommendationClocks.AreDueAsync(source, asOf, ct))
        {
            await runner.Async(new WatchRecommendations(200), _keeps with { CorrelationId = Guid.CreateVersion7(asOf) }, ct);
        }
    }

    /// <summary>A tenth of a day more or less is no news.</summary>
    private bool IsAsKept(SeenOutlook seen) =>
        _outlooks.GetValueOrDefault((seen.Item.Value, seen.Warehouse.Value, seen.Supplier.Value)) is { } kept
        && Math.Abs(kept.Days - seen.Days) < 0.1m
        && kept with { Days = seen.Days, Low = seen.Low, High = seen.High, Service = seen.Service, ValueAtStake = seen.ValueAtStake, NeededSafetyStock = seen.NeededSafetyStock, Why = seen.Why } == seen;

    private static SeenDrift Drift(SupplierId supplier, SupplierReading reading)
    {
        var state = reading.Regime?.Kind switch
        {
            DriftKind.Longer => DriftState.Longer,
            DriftKind.Shorter => DriftState.Shorter,
            DriftKind.Wider => DriftState.Wider,
            null => reading.Deliveries.Count <= SupplierWatch.Baseline ? DriftState.TooFewDeliveries : DriftState.Steady,
        };
        decimal? Known(double value) => double.IsNaN(value) ? null : Number(value);
        var hasDays = reading.Usual.Count > 0;
        return new SeenDrift(
            supplier, state, reading.Deliveries.Count, hasDays ? Known(reading.UsualDays) : null, hasDays ? Known(reading.NowDays) : null,
            reading.Regime?.Onset + 1,
            reading.Regime is { } began ? Date(reading.Deliveries[began.Onset].Sent) : null,
            reading.Regime is { } noticed ? Date(reading.Deliveries[noticed.Detected].Delivered!.Since) : null,
            reading.Regime is null ? null : Known(reading.NowDays - reading.UsualDays),
            reading.Regime is null || reading.UsualSpread <= 0 ? null : Known(reading.NowSpread / reading.UsualSpread),
            SupplierWatch.FalseAlarmsPerHundred);
    }

    private static DateOnly Date(double day) => DateOnly.FromDateTime(DateTime.UnixEpoch.AddDays(day));

    private static ServingState StateOf(LeadTimeScores scores) =>
        scores.IsSuspended ? ServingState.Suspended : scores.IsServing ? ServingState.Serving : ServingState.OnRules;

    private static decimal Number(double value) => decimal.Round((decimal)Math.Clamp(value, -1e9, 1e9), 6);

    private static Caller CallerOf(ActorKind kind, Guid id, string name, string permission) => new(
        new Actor(kind, id, id, name), FrozenSet.ToFrozenSet([permission], StringComparer.Ordinal), id, IdempotencyKey: null);
}
