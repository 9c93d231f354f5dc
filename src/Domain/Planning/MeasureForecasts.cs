using System.Globalization;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Schedules;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>How wrong the forecasts of an item at a site were, over the last twelve weeks that are over (PRC-05).</summary>
public sealed class ForecastAccuracy
{
    private ForecastAccuracy()
    {
    }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    /// <summary>How many of the weeks had a forecast that was made before its day.</summary>
    public int Weeks { get; private set; }

    public decimal Forecast { get; private set; }

    public decimal Actual { get; private set; }

    /// <summary>How much more left than was forecast, in percent of what left; negative when less did.</summary>
    public decimal? BiasPercent { get; private set; }

    /// <summary>The errors of the weeks, each as a positive number, in percent of what left.</summary>
    public decimal? ErrorPercent { get; private set; }

    /// <summary>The mean error of a week as a positive number, in base units.</summary>
    public decimal MeanDeviation { get; private set; }

    /// <summary>The sum of all errors in mean errors: beyond four either way it is no chance.</summary>
    public decimal TrackingSignal { get; private set; }

    public bool IsBiased { get; private set; }

    public DateTimeOffset ComputedAt { get; private set; }
}

/// <summary>
/// Compares what was forecast before its day with what left, for every item and site that has forecasts. Forecasts that are wrong in
/// one direction for weeks become a case.
/// </summary>
[Needs("planning.run")]
public sealed record MeasureForecasts : ICommand<ForecastsMeasured>;

/// <param name="ItemSites">How many items at sites had forecasts.</param>
/// <param name="Biased">How many of them are wrong in one direction.</param>
public sealed record ForecastsMeasured(int ItemSites, int Biased);

internal sealed class MeasureForecastsHandler(ForecastMeasuring measuring) : ICommandHandler<MeasureForecasts, ForecastsMeasured>
{
    public async Task<Result<ForecastsMeasured>> HandleAsync(MeasureForecasts command, Envelope envelope, CancellationToken ct) =>
        await measuring.RunAsync(envelope, ct);
}

internal sealed class ScheduledForecasts(ForecastMeasuring measuring) : IScheduledWork
{
    public string Code => "MEASURE_FORECASTS";

    public async Task<Result<string>> RunAsync(Envelope envelope, CancellationToken ct)
    {
        var measured = await measuring.RunAsync(envelope, ct);
        return string.Create(CultureInfo.InvariantCulture, $"{measured.ItemSites} item-sites, {measured.Biased} biased");
    }
}

/// <summary>Measures all forecasts in one statement.</summary>
internal sealed class ForecastMeasuring(PlatformDb db, ExceptionDesk exceptions)
{
    /// <summary>The worst first; people do not work through more at once.</summary>
    private const int MostCases = 100;

    /// <summary>$1 the day, $2 the moment. A forecast that was made or corrected when its day had come is none.</summary>
    private const string Measure =
        """
        with week as (
            select d.item_id, d.warehouse_id, date_trunc('week', d.day)::date as week,
                sum(d.quantity) filter (where d.source <> 'LEDGER') as forecast, coalesce(sum(d.quantity) filter (where d.source = 'LEDGER'), 0) as actual
            from demand d
            where d.day >= date_trunc('week', $1::date)::date - 84 and d.day < date_trunc('week', $1::date)::date and d.status = 'COUNTED'
              and (d.source = 'LEDGER' or (d.source in ('FORECAST', 'PROMOTION') and d.recorded_at < d.day::timestamp at time zone 'UTC'))
            group by 1, 2, 3),
        measured as (
            select item_id, warehouse_id, count(*)::int as weeks, sum(forecast) as forecast, sum(actual) as actual, sum(actual - forecast) as error,
                sum(abs(actual - forecast)) as absolute, avg(abs(actual - forecast)) as deviation
            from week where forecast is not null group by 1, 2),
        forgotten as (
            delete from forecast_accuracy f
            where not exists (select from measured m where m.item_id = f.item_id and m.warehouse_id = f.warehouse_id))
        insert into forecast_accuracy as held (
            item_id, warehouse_id, weeks, forecast, actual, bias_percent, error_percent, mean_deviation, tracking_signal, is_biased, computed_at)
        select item_id, warehouse_id, weeks, forecast, actual, round(least(99999999, greatest(-99999999, 100 * error / nullif(actual, 0))), 4),
            round(least(99999999, 100 * absolute / nullif(actual, 0)), 4), round(deviation, 6), round(coalesce(error / nullif(deviation, 0), 0), 6),
            weeks >= 4 and abs(coalesce(error / nullif(deviation, 0), 0)) > 4, $2
        from measured
        on conflict (item_id, warehouse_id) do update
        set weeks = excluded.weeks, forecast = excluded.forecast, actual = excluded.actual, bias_percent = excluded.bias_percent,
            error_percent = excluded.error_percent, mean_deviation = excluded.mean_deviation, tracking_signal = excluded.tracking_signal,
            is_biased = excluded.is_biased, computed_at = excluded.computed_at
        returning item_id, warehouse_id, is_biased, forecast, actual, tracking_signal
        """;

    public async Task<ForecastsMeasured> RunAsync(Envelope envelope, CancellationToken ct)
    {
        var measured = 0;
        var biased = new List<(ItemId Item, WarehouseId Warehouse, decimal Forecast, decimal Actual, decimal Signal)>();
        var ask = new Questions(db);
        ask.Lock("select pg_advisory_xact_lock($1)", Param.Of(AdvisoryLocks.ReorderPlanning));
        ask.Do(PlanningSql.RefreshDemand, Param.Of(envelope.Now));
        ask.Do(PlanningSql.MoveWatermark, Param.Of(envelope.Now));
        ask.Ask(
            Measure,
            row =>
            {
                measured++;
                if (row.GetBoolean(2))
                {
                    biased.Add((new ItemId(row.GetGuid(0)), new WarehouseId(row.GetGuid(1)), row.GetDecimal(3), row.GetDecimal(4), row.GetDecimal(5)));
                }
            },
            Param.Of(DateOnly.FromDateTime(envelope.Now.UtcDateTime)), Param.Of(envelope.Now));
        await ask.AnswerAsync(ct);
        foreach (var one in biased.OrderByDescending(one => Math.Abs(one.Signal)).ThenBy(one => one.Item.Value).Take(MostCases))
        {
            await exceptions.SignalAsync(
                new Signal
                {
                    Category = "FORECAST_BIAS",
                    CorrelationKey = $"FORECAST_BIAS/{one.Item}/{one.Warehouse}",
                    Title = one.Actual > one.Forecast ? "More leaves than is forecast" : "Less leaves than is forecast",
                    Source = new Subject(nameof(Item), one.Item.Value),
                    SourceEvent = nameof(ForecastsMeasured),
                    Warehouse = one.Warehouse,
                    Item = one.Item,
                    Facts =
                    [
                        new CaseFact("forecast", one.Forecast.ToString("0.######", CultureInfo.InvariantCulture)),
                        new CaseFact("left", one.Actual.ToString("0.######", CultureInfo.InvariantCulture)),
                        new CaseFact("tracking signal", one.Signal.ToString("0.##", CultureInfo.InvariantCulture)),
                    ],
                },
                envelope,
                ct);
        }

        return new ForecastsMeasured(measured, biased.Count);
    }
}
