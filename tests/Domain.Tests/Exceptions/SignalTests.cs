using Microsoft.EntityFrameworkCore;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Exceptions;

/// <summary>EXC-12: a repeated signal joins the open case. EXC-03: where it goes.</summary>
public sealed class SignalTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    [Fact]
    public async Task Sixteen_signals_about_one_thing_open_one_case()
    {
        // The first command of a process compiles its queries; fifteen would wait for that, not for each other.
        (await database.RunAsync(Cases.Report(Guid.CreateVersion7()))).Error.ShouldBeNull();
        var about = Guid.CreateVersion7();
        await database.RunAsync(Cases.Report(Guid.CreateVersion7())); // The first ever compiles its queries, while others would wait.

        var hammered = await Hammer.FireAsync(Hammer.Width, _ => database.RunAsync(Cases.Report(about)));

        hammered.Faults.ShouldBeEmpty();
        hammered.Results.Count(result => result.Value.IsNew).ShouldBe(1);
        hammered.Results.Select(result => result.Value.Case).Distinct().Count().ShouldBe(1);
        var found = await CaseAsync(hammered.Results[0].Value.Case);
        found.Signals.ShouldBe(Hammer.Width);
        (await database.LookAsync(db => db.Set<ExceptionSignal>().CountAsync(one => one.CaseId == found.Id))).ShouldBe(Hammer.Width);
        (await database.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task Signals_and_resolutions_race_and_never_leave_two_open_cases_or_a_lost_signal()
    {
        var about = Guid.CreateVersion7();
        var first = (await database.RunAsync(Cases.Report(about))).Value.Case;

        var resolving = database.RunAsync(new ResolveCase(first, 1, CaseOutcome.Corrected, null, null));
        var hammered = await Hammer.FireAsync(Hammer.Width, _ => database.RunAsync(Cases.Report(about)));
        await resolving;

        hammered.Faults.ShouldBeEmpty();
        (await database.LookAsync(db => db.Set<ExceptionCase>().Where(found => found.SourceId == about).SumAsync(found => found.Signals)))
            .ShouldBe(Hammer.Width + 1);
        (await database.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_worst_that_was_said_counts_and_the_clock_runs_on()
    {
        var about = Guid.CreateVersion7();
        var report = Cases.Report(about);
        var opened = (await database.RunAsync(With(report, CaseSeverity.Low, 100m, "EUR"))).Value.Case;
        var due = (await CaseAsync(opened)).DueAt;
        database.Clock.Advance(TimeSpan.FromHours(1));

        await database.RunAsync(With(report, CaseSeverity.Critical, 50m, "EUR"));
        await database.RunAsync(With(report, CaseSeverity.Medium, 900m, "JPY"));
        var joined = await CaseAsync(opened);

        (joined.Severity, joined.ValueAtStake, joined.CurrencyCode, joined.DueAt).ShouldBe((CaseSeverity.Critical, 100m, "EUR", due));
        joined.LastSignalAt.ShouldBe(database.Clock.GetUtcNow());
    }

    [Fact]
    public async Task What_is_unknown_is_named()
    {
        var report = Cases.Report(Guid.CreateVersion7());
        var nobody = Guid.CreateVersion7();
        var before = await database.TracesAsync();

        (await database.RunAsync(report with { Report = report.Report with { Category = "NO_SUCH" } })).Error
            .ShouldBe(new ExceptionCategoryUnknown("NO_SUCH"));
        (await database.RunAsync(report with { Report = report.Report with { Supplier = new SupplierId(nobody) } })).Error
            .ShouldBe(new CaseScopeUnknown("supplier", nobody));
        (await database.RunAsync(report with { Report = report.Report with { LegalEntity = new LegalEntityId(nobody) } })).Error
            .ShouldBe(new CaseScopeUnknown("legal entity", nobody));
        (await database.RunAsync(report with { Report = report.Report with { Warehouse = new(nobody) } })).Error
            .ShouldBe(new CaseScopeUnknown("warehouse", nobody));
        (await database.RunAsync(report with { Report = report.Report with { Customer = new CustomerId(nobody) } })).Error
            .ShouldBe(new CaseScopeUnknown("customer", nobody));
        (await database.RunAsync(report with { Report = report.Report with { Item = new ItemId(nobody) } })).Error
            .ShouldBe(new CaseScopeUnknown("item", nobody));
        (await database.RunAsync(With(report, CaseSeverity.Low, 5m, "XXQ"))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("currency");
        (await database.RunAsync(With(report, CaseSeverity.Low, 5m, null))).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("currency");
        (await database.TracesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task A_rule_sends_what_is_worth_much_elsewhere_after_it_was_tried_on_real_cases()
    {
        // given: two cases went to quality
        var supplier = await database.SupplierAsync();
        var cheap = Of(supplier, 99m, "EUR");
        var dear = Of(supplier, 100m, "EUR");
        await database.RunAsync(cheap);
        await database.RunAsync(dear);
        await database.RunAsync(new RecordExchangeRate("USD", "EUR", DateOnly.FromDateTime(database.Clock.GetUtcNow().UtcDateTime), 0.5m, "test"), MasterData.Steward);
        var rules = new RoutingRules(
            "EUR",
            [new RoutingRule("dear damage", ["DAMAGE"], 100m, null, null, null, null, supplier, "finance", CaseSeverity.Critical, 2, null, ["operations"])]);

        // when
        var drafted = (await database.RunAsync(new DraftExceptionRouting(rules, "money first"), MasterData.Of("Author"))).Value;
        var simulated = (await database.RunAsync(new SimulatePolicy(drafted.Policy, 1))).Value;

        // then: one of them would have gone to finance
        simulated.Lines.ShouldContain(new SimulatedChange("quality", "finance", 1));
        (await RoutedAsync(Of(supplier, 500m, "EUR"))).Queue.ShouldBe("quality"); // not published yet
        (await database.RunAsync(new PublishPolicy(drafted.Policy, 2, null))).Error.ShouldBeNull();
        var routed = await RoutedAsync(Of(supplier, 500m, "EUR"));
        (routed.Queue, routed.Severity, routed.RoutedBy).ShouldBe(("finance", CaseSeverity.Critical, drafted.Number));
        routed.DueAt.ShouldBe(database.Clock.GetUtcNow().AddHours(2));
        routed.EscalationPath.ShouldBe(["operations"]);
        (await RoutedAsync(Of(supplier, 99m, "EUR"))).Queue.ShouldBe("quality");
        (await RoutedAsync(Of(supplier, 199m, "USD"))).Queue.ShouldBe("quality"); // 99.50 EUR
        (await RoutedAsync(Of(supplier, 200m, "USD"))).Queue.ShouldBe("finance");
        (await RoutedAsync(Of(supplier, 1m, "JPY"))).Queue.ShouldBe("finance"); // nobody knows the rate
        await database.RunAsync(new WithdrawPolicy(drafted.Policy, 3, "end"));
    }

    [Fact]
    public async Task A_draft_with_a_wrong_rule_is_refused()
    {
        var rule = new RoutingRule("a", [], null, null, null, null, null, null, "finance", null, 2, null, ["operations"]);

        (await database.RunAsync(new DraftExceptionRouting(new RoutingRules("EUR", []), "n"))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("rules");
        (await database.RunAsync(new DraftExceptionRouting(new RoutingRules("QQQ", [rule]), "n"))).Error.ShouldBe(new CurrencyUnknown("QQQ"));
        (await database.RunAsync(new DraftExceptionRouting(new RoutingRules("EUR", [rule with { Categories = ["NOPE"] }]), "n"))).Error
            .ShouldBe(new ExceptionCategoryUnknown("NOPE"));
        (await database.RunAsync(new DraftExceptionRouting(new RoutingRules("EUR", [rule with { EscalationPath = [] }]), "n"))).Error
            .ShouldBeOfType<InvalidField>().Field.ShouldBe("rules.0.escalationPath");
        var calendar = new Platform.Domain.Warehouses.CalendarId(Guid.CreateVersion7());
        (await database.RunAsync(new DraftExceptionRouting(new RoutingRules("EUR", [rule with { Calendar = calendar }]), "n"))).Error
            .ShouldBe(new Platform.Domain.Warehouses.CalendarNotFound(calendar));
    }

    [Fact]
    public async Task A_new_case_brings_the_history_of_its_supplier_EXC_13()
    {
        var supplier = await database.SupplierAsync();
        var first = (await database.RunAsync(Of(supplier, 10m, "EUR"))).Value.Case;
        (await CaseAsync(first)).History.ShouldContain("\"ofSupplier\": []");
        database.Clock.Advance(TimeSpan.FromHours(3));
        await database.RunAsync(new ResolveCase(first, 1, CaseOutcome.FalseAlarm, null, null));

        var second = await CaseAsync((await database.RunAsync(Of(supplier, 10m, "EUR"))).Value.Case);

        var history = System.Text.Json.JsonSerializer.Deserialize<CaseHistory>(second.History, KernelJson.Options)!;
        history.OfSupplier.ShouldBe([new CategoryHistory("DAMAGE", Cases: 1, Open: 0, FalseAlarms: 1, MedianHoursToResolve: 3)]);
    }

    [Fact]
    public async Task Governance_extends_the_categories_EXC_02()
    {
        var settings = new CategorySettings("Torn label", "quality", "supervisor", CaseSeverity.Low, 40, "runbooks/labels.md");

        (await database.RunAsync(new DefineExceptionCategory("TORN_LABEL", 0, settings))).Value.Version.ShouldBe(1);
        (await database.RunAsync(new DefineExceptionCategory("TORN_LABEL", 0, settings))).Error
            .ShouldBe(new StaleVersion("ExceptionCategory", Guid.Empty, 0, 1));
        (await database.RunAsync(new DefineExceptionCategory("TORN_LABEL", 1, settings with { Queue = "finance" }))).Value.Version.ShouldBe(2);
        (await database.RunAsync(new DefineExceptionCategory("torn", 0, settings))).Error.ShouldBeOfType<InvalidField>();

        var report = Cases.Report(Guid.CreateVersion7());
        var found = await RoutedAsync(report with { Report = report.Report with { Category = "TORN_LABEL" } });
        (found.Queue, found.Severity, found.SlaHours).ShouldBe(("finance", CaseSeverity.Low, 40));
    }

    [Fact]
    public async Task An_item_that_looks_like_another_becomes_one_case_CAT_06()
    {
        var code = MasterData.Code("BOLT");
        var name = new ItemIdentity($"Hexagon bolt {code} zinc plated M8 by 40", null, null, null, null);
        var first = await database.DraftItemAsync(MasterData.NewItem() with { Identity = name });
        (await database.RunAsync(new ReportDuplicateItem(first))).Error.ShouldBe(new NoDuplicateSuspected(first));
        var second = await database.DraftItemAsync(MasterData.NewItem() with { Identity = name });
        (await database.RunAsync(new ActivateItem(second, 1))).Error.ShouldBeOfType<DuplicateItem>();

        var reported = (await database.RunAsync(new ReportDuplicateItem(second))).Value;
        (await database.RunAsync(new ReportDuplicateItem(second))).Value.ShouldBe(reported with { IsNew = false });

        var found = await CaseAsync(reported.Case);
        (found.Category, found.Queue, found.ItemId, found.Signals).ShouldBe(("DUPLICATE_ITEM", "master_data", second, 2));
        var unknown = new ItemId(Guid.CreateVersion7());
        (await database.RunAsync(new ReportDuplicateItem(unknown))).Error.ShouldBe(new ItemNotFound(unknown));
    }

    private async Task<ExceptionCase> RoutedAsync(RaiseCase report) => await CaseAsync((await database.RunAsync(report)).Value.Case);

    private Task<ExceptionCase> CaseAsync(ExceptionCaseId id) =>
        database.LookAsync(db => db.Set<ExceptionCase>().SingleAsync(found => found.Id == id));

    private static RaiseCase Of(SupplierId supplier, decimal value, string currency)
    {
        var report = With(Cases.Report(Guid.CreateVersion7()), null, value, currency);
        return report with { Report = report.Report with { Supplier = supplier } };
    }

    private static RaiseCase With(RaiseCase report, CaseSeverity? severity, decimal? value, string? currency) =>
        report with { Report = report.Report with { Severity = severity, ValueAtStake = value, Currency = currency } };
}
