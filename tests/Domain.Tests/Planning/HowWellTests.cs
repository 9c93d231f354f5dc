using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Planning;
using Platform.Domain.Purchasing;
using Platform.Tests.Domain.Purchasing;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Planning;

/// <summary>PRC-05 and PRC-16: how wrong forecasts were, and which rules of delivery were broken.</summary>
public sealed class HowWellTests(StockWorld world) : IClassFixture<StockWorld>, IAsyncLifetime
{
    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => world.ShouldHoldAsync();

    [Fact]
    public async Task What_was_forecast_before_its_day_is_measured_and_a_bias_is_one_case()
    {
        // given: ten a day forecast for six weeks from tomorrow on, and a day that is corrected when it had come
        var (item, honest) = (await world.ItemAsync(new ItemTraits()), await world.ItemAsync(new ItemTraits()));
        var from = world.Today().AddDays(1);
        foreach (var one in new[] { item, honest })
        {
            (await world.RunAsync(new RecordDemand(
                one, world.Warehouse, DemandSource.Forecast, null, null, [.. Enumerable.Range(0, 42).Select(day => new DemandDay(from.AddDays(day), 10m))])))
                .Error.ShouldBeNull();
        }

        // when: fourteen leave every day of the one, ten of the other
        world.Clock.Advance(TimeSpan.FromDays(43));
        await world.ShippedAsync(item, [.. Enumerable.Repeat(14m, 42)]);
        await world.ShippedAsync(honest, [.. Enumerable.Repeat(10m, 42)]);
        var measured = (await world.RunAsync(new MeasureForecasts())).Value;

        // then
        measured.ShouldBe(new ForecastsMeasured(2, 1));
        var wrong = await world.LookAsync(db => db.Set<ForecastAccuracy>().SingleAsync(one => one.ItemId == item));
        (wrong.IsBiased, wrong.ErrorPercent, wrong.BiasPercent).ShouldBe((true, decimal.Round(400m / 14m, 4), decimal.Round(400m / 14m, 4)));
        wrong.Weeks.ShouldBeInRange(5, 7);
        var right = await world.LookAsync(db => db.Set<ForecastAccuracy>().SingleAsync(one => one.ItemId == honest));
        (right.IsBiased, right.TrackingSignal).ShouldBe((false, 0m));
        (await world.RunAsync(new MeasureForecasts())).Value.Biased.ShouldBe(1);
        (await world.ScalarAsync<long>($"select count(*) from exception_case where category = 'FORECAST_BIAS' and item_id = '{item}'")).ShouldBe(1);
    }

    [Fact]
    public async Task A_breach_of_a_rule_is_kept_once_with_its_charge_and_is_a_case()
    {
        var (order, _) = await world.ReleasedAsync(Buying.Line(await world.ItemAsync(new ItemTraits()), 5m, 2m) with { ExpectedOn = world.Today().AddDays(20) });
        var stored = await world.LookAsync(db => db.Set<PurchaseOrder>().SingleAsync(one => one.Id == order));
        var set = new SetSupplierRule(null, 0, stored.SupplierId, SupplierRuleKind.Label, "Every carton has a label", null, 25m, "EUR", IsOn: true);
        (await world.RunAsync(set with { Hours = 4 })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("hours");
        (await world.RunAsync(set with { Currency = null })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("currency");
        var rule = (await world.RunAsync(set)).Value.SupplierRule;
        var other = (await world.RunAsync(set with { Supplier = await world.SupplierAsync() })).Value.SupplierRule;

        var breach = new RecordBreach(rule, order, "delivery 7", "three cartons without one");
        (await world.RunAsync(breach with { Rule = other })).Error.ShouldBe(new RuleOfAnother(other, stored.SupplierId));
        (await world.RunAsync(breach, Callers.Stranger)).Error.ShouldBeOfType<NotPermitted>();
        (await world.RunAsync(breach)).Value.Charge.ShouldBe(25m);
        (await world.RunAsync(breach)).Error.ShouldBe(new BreachKnown(rule, order, "delivery 7"));
        (await world.RunAsync(breach with { Reference = "delivery 8" })).Error.ShouldBeNull();

        (await world.ScalarAsync<decimal>($"select value_at_stake from exception_case where category = 'SUPPLIER_COMPLIANCE' and supplier_id = '{stored.SupplierId}'")).ShouldBe(25m);
        (await world.RunAsync(set with { Rule = rule, Version = 1, IsOn = false })).Error.ShouldBeNull();
        (await world.RunAsync(breach with { Reference = "delivery 9" })).Error.ShouldBe(new RuleOfAnother(rule, stored.SupplierId));
    }
}
