using Platform.Intelligence.LeadTime;
using Platform.Intelligence.Learning.Measuring;
using Platform.Intelligence.Learning.Numerics;

namespace Platform.Tests.Intelligence.LeadTime;

/// <summary>A-12, A-17: features know nothing of the future, forecasts are reproducible, and explanations add up to them.</summary>
public sealed class What_a_lead_time_is_made_of
{
    private static readonly IReadOnlyList<SupplyOrder> _orders = Suppliers.Many(suppliers: 6, count: 120, seed: 11);

    [Fact]
    public void Every_feature_has_a_clock_a_unit_and_words()
    {
        var declared = LeadTimeFeatures.Declare(LeadTimeShape.Purchasing);

        declared.ShouldAllBe(feature => Enum.IsDefined(feature.Since) && feature.Unit.Length > 0 && feature.Says.Length > 0);
        declared.Select(feature => feature.Name).ShouldBeUnique();
        declared.Count.ShouldBe(new LeadTimeFeatures(LeadTimeShape.Purchasing, _orders).Of(_orders[^1]).Length);
    }

    [Fact]
    public void The_future_edited_and_deleted_changes_no_feature_by_a_bit()
    {
        var features = new LeadTimeFeatures(LeadTimeShape.Purchasing, _orders);
        foreach (var asked in _orders.Where((_, at) => at % 37 == 5))
        {
            var day = asked.Sent;
            var past = _orders.Where(other => other.Sent <= day)
                .Select(other => other.Delivered!.Since < day ? other : other with { Delivered = new Known<double>(day + 500, day + 500) })
                .ToList();

            features.With(past).Of(asked).ShouldBe(features.Of(asked));
        }
    }

    [Fact]
    public void Contributions_and_base_add_up_to_the_forecast()
    {
        var features = new LeadTimeFeatures(LeadTimeShape.Purchasing, _orders);
        var inputs = LeadTimeBacktest.Inputs(features, _orders);
        var day = _orders[^1].Sent + 1;
        var learner = LeadTimeLearner.Fit(features, _orders, inputs, day, CancellationToken.None);
        foreach (var order in _orders.TakeLast(20))
        {
            var now = features.Of(order, day);
            var forecast = learner.Forecast(order, now, day);

            var told = learner.Explain(order, now, day, out var baseDays);

            (baseDays + told.Sum(one => one.Days)).ShouldBe((forecast.Shrunken + forecast.Survival + forecast.Mean) / 3, 1e-4); // margins are float32
        }
    }

    [Fact]
    public void The_same_history_gives_the_same_model_and_serves_where_it_beats_the_rule()
    {
        var day = _orders[^1].Sent + 30;

        var (one, two) = (LeadTimeScores.Learn(_orders, day, CancellationToken.None), LeadTimeScores.Learn(_orders, day, CancellationToken.None));

        (one.Version, one.Hash).ShouldBe((two.Version, two.Hash));
        one.Quality!.Error.ShouldBeLessThan(one.Quality.RuleError); // items of one supplier differ, and the supplier's median cannot say so
        one.IsServing.ShouldBeTrue(one.Why);
        one.Quality.Coverage.ShouldBeInRange(0.7, 0.95);
    }

    [Fact]
    public void From_few_deliveries_nothing_is_learnt_and_it_says_so()
    {
        var scores = LeadTimeScores.Learn([.. _orders.Take(100)], _orders[99].Sent + 60, CancellationToken.None);

        (scores.IsServing, scores.TrainedOn).ShouldBe((false, 0));
        scores.Why.ShouldContain("a model is learnt from 300 on");
    }

    [Fact]
    public void A_shuffled_target_teaches_nothing()
    {
        var draws = new Draws(7);
        double[] days = [.. _orders.Select(order => order.LeadTimeAsOf(double.PositiveInfinity)!.Value)];
        draws.Shuffle<double>(days);
        SupplyOrder[] shuffled = [.. _orders.Select((order, at) => order with { Delivered = new Known<double>(order.Sent + days[at], order.Sent + days[at] + 0.5) })];
        var features = new LeadTimeFeatures(LeadTimeShape.Purchasing, shuffled);
        var day = shuffled[^1].Sent;

        var forecasts = LeadTimeBacktest.Run(features, shuffled, LeadTimeBacktest.Inputs(features, shuffled), [(day - 91, day + 1)], CancellationToken.None);

        double[] actual = [.. forecasts.Select(one => one.Order.LeadTimeAsOf(double.PositiveInfinity)!.Value)];
        double[] median = [.. forecasts.Select(one => features.GlobalMedian(one.Day))];
        Errors.MeanAbsolute([.. forecasts.Select(one => one.Days)], actual).ShouldBeGreaterThan(Errors.MeanAbsolute(median, actual) * 0.95);
    }

    [Fact]
    public void An_open_order_is_longer_than_so_far_and_never_absent()
    {
        var known = Suppliers.Orders("s", 9, _ => 10, 0.05, seed: 2);
        var day = known[^1].Sent + 40;
        SupplyOrder[] open = [.. Enumerable.Range(0, 12).Select(at => Suppliers.Order("s", $"open {at}", "item 0", day - 30, day + 100))];
        List<SupplyOrder> all = [.. known.Concat(open).OrderBy(order => order.Sent)];

        var (median, count) = new KnownLeadTimes(all).OfSupplier(all[0], day);

        count.ShouldBe(9);
        median.ShouldBeGreaterThanOrEqualTo(13); // of 21, nine took about ten days and twelve last thirty already
    }
}
