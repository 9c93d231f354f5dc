using System.CommandLine;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Intelligence.LeadTime;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Workbench.Backtesting;
using Platform.Intelligence.Workbench.Extracts;

namespace Platform.Intelligence.Workbench.CommandLine;

/// <summary><c>ml backtest</c>: the advice of the past against a history whose truth is known.</summary>
internal sealed class BacktestCommand(IWorkbenchDatabase? database)
{
    private const int MostOrders = 200_000;
    private const double Quarter = 91;
    private const int LeastOrders = 300;

    private static readonly Option<string> Truth = new("--truth") { Description = "What `./platform seed --truth FILE` wrote.", Required = true };
    private static readonly Option<double> Every = new("--every") { Description = "Days between two looks.", DefaultValueFactory = _ => 7 };
    private static readonly Option<double> Holding = new("--holding") { Description = "Cost of holding stock, as a share of its price a year.", DefaultValueFactory = _ => 0.25 };
    private static readonly Option<double> Shortage = new("--shortage") { Description = "Cost of a unit short, as a share of its price.", DefaultValueFactory = _ => 0.4 };

    public Command Create()
    {
        var command = new Command("backtest", "Walks through a seeded history as it was known: delay of detection, false alarms, coverage, money saved against the static plan.")
        {
            Truth, Every, Holding, Shortage, Printed.Output,
        };
        foreach (var option in database?.Options ?? [])
        {
            command.Options.Add(option);
        }

        command.SetAction((call, ct) => MlCommands.RunAsync(stop => RunAsync(call, stop), report => report.ToPrinted().Write(call), ct));
        return command;
    }

    private async Task<Result<BacktestReport>> RunAsync(ParseResult call, CancellationToken ct)
    {
        var read = TrueChange.Read(call.GetRequiredValue(Truth));
        if (!read.Succeeded(out var truth))
        {
            return read.Error!;
        }

        if (database is null)
        {
            return new ExtractNotPossible("There is no database here");
        }

        await using var open = await database.OpenAsync(call, ct);
        var now = TimeProvider.System.GetUtcNow();
        var orders = await LeadTimeTable.ReadAsync(open.Source, now, MostOrders, ct);
        if (orders.Count == 0)
        {
            return new ExtractNotPossible("The database has no orders; seed it first: ./platform seed --truth FILE");
        }

        var codes = await CodesAsync(open.Source, ct);
        var plans = (await PlannedSupplies.ReadAsync(open.Source, DateOnly.FromDateTime(now.UtcDateTime), MostOrders, ct))
            .Where(plan => plan is { DemandPerDay: > 0, Days: > 0 })
            .Select(plan => new StaticPlan(
                plan.Supplier.Value.ToString(),
                new SafetyStock(plan.DemandPerDay, plan.DemandSpread, plan.Terms.ReviewDays, (double?)plan.ServiceFactor ?? SafetyStock.UsualFactor),
                plan.Days, plan.Spread, (double)plan.UnitPrice))
            .ToArray();
        var until = orders.Max(order => order.Sent);
        var outcomes = new DriftBacktest(truth, codes, Math.Clamp(call.GetValue(Every), 1, 90), new MoneyRule(call.GetValue(Holding), call.GetValue(Shortage)))
            .Run(orders, plans, until, ct);
        return new BacktestReport(outcomes, Forecasts(orders, plans, until, ct));
    }

    private static async Task<Dictionary<string, string>> CodesAsync(NpgsqlDataSource source, CancellationToken ct)
    {
        await using var command = source.CreateCommand("select s.id, p.code from supplier s join partner p on p.id = s.id");
        await using var reader = await command.ExecuteReaderAsync(ct);
        var codes = new Dictionary<string, string>(StringComparer.Ordinal);
        while (await reader.ReadAsync(ct))
        {
            codes.Add(reader.GetGuid(0).ToString(), reader.GetString(1));
        }

        return codes;
    }

    private static ForecastQuality? Forecasts(IReadOnlyList<SupplyOrder> orders, StaticPlan[] plans, double until, CancellationToken ct)
    {
        var first = orders[0].Sent;
        double[] starts = [.. Enumerable.Range(1, 40).Select(quarter => first + (quarter * Quarter)).Where(start => start < until)];
        starts = [.. starts.Where(start => orders.Count(order => order.DeliveredAsOf(start) is not null) >= LeastOrders)];
        if (starts.Length == 0)
        {
            return null;
        }

        var features = new LeadTimeFeatures(LeadTimeShape.Purchasing, orders);
        var forecasts = LeadTimeBacktest.Run(
            features, orders, LeadTimeBacktest.Inputs(features, orders), [.. starts.Select(start => (start, start + Quarter))], ct);
        new LeadTimeBand().Replay(forecasts);
        var ended = forecasts.Where(one => one.Order.LeadTimeAsOf(double.MaxValue) is not null).ToArray();
        if (ended.Length == 0)
        {
            return null;
        }

        var planned = plans.GroupBy(plan => plan.Supplier, StringComparer.Ordinal).ToDictionary(group => group.Key, group => group.Average(plan => plan.Days), StringComparer.Ordinal);
        double[] actual = [.. ended.Select(one => one.Order.LeadTimeAsOf(double.MaxValue)!.Value)], days = [.. ended.Select(one => one.Days)];
        double[] plan = [.. ended.Select(one => planned.GetValueOrDefault(one.Order.Supplier, one.Shrunken))];
        return new ForecastQuality(
            ended.Length, Errors.MeanAbsolute(days, actual), Errors.MeanAbsolute(plan, actual), Errors.Bias(days, actual),
            Errors.Coverage([.. ended.Select(one => one.Low)], [.. ended.Select(one => one.High)], actual));
    }
}
