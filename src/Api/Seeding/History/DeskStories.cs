using Platform.Domain.Access;
using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Payables.Matching;
using Platform.Domain.Planning;
using Platform.Domain.Policies;
using Platform.Domain.Purchasing;
using Platform.Domain.Quality;

namespace Platform.Api.Seeding.History;

/// <summary>What waits on people's desks: requests, cases, delays, and what should be bought next.</summary>
internal sealed class DeskStories(Stage stage, Dealings dealings)
{
    private const int PlannedItems = 20;

    private const string OpenCases =
        "select id, version, queue from exception_case where status = 'NEW' order by category, created_at, title limit 8";

    private Site Site => stage.Sites[^1];

    /// <summary>How far off invoices may be, and what is inspected.</summary>
    public async Task WriteRulesAsync(CancellationToken ct)
    {
        await PublishAsync(
            Role.Finance,
            new DraftMatchPolicy(
                new MatchRules(
                    "EUR",
                    [
                        new MatchRule(
                            "everything", Item: null, Supplier: null, LegalEntity: null, MatchMode.ThreeWay, PricePercent: 2m, PriceAmount: 50m,
                            QuantityPercent: 1m, QuantityAmount: 20m, AcceptUpTo: 500m, QualityBlocks: true),
                    ]),
                "as agreed with the auditors"),
            ct);
        await PublishAsync(
            Role.Quality,
            new DraftInspectionRules(
                new InspectionRules(
                [
                    new InspectionRule(
                        "regulated goods", [], [], [], [], IsRegulated: true, MinRisk: null, InspectionMode.EveryLot, OneOf: null, SamplePercent: null,
                        [new SampleStep(1m, 3, 0)], [new Characteristic("TIGHT", "Is tight", Least: null, Most: null, Unit: null, IsCritical: true)], DueHours: 48),
                ]),
                "every lot of what is regulated"),
            ct);
    }

    /// <summary>Two suppliers say that goods come later, or less.</summary>
    public async Task HearOfDelaysAsync(CancellationToken ct)
    {
        foreach (var (supplier, less) in new[] { (2, 0m), (7, 15m) })
        {
            var article = stage.Assortment.Of(supplier).First();
            var on = stage.Clock.Today.AddDays(12);
            var bought = await dealings.BuyAsync(Site, supplier, on, [new Want(article.Item, article.Unit, 60m, article.Price)], ct);
            await stage.Cast.AsAsync(
                Role.Buyer, new AcknowledgeOrder(bought.Order, bought.Version, $"AB-{bought.Number}", [new ConfirmedLine(1, 60m - less, on.AddDays(less > 0m ? 0 : 9))]), ct);
        }
    }

    /// <summary>Orders that wait for a supervisor, one that was bought in a hurry, and one that nobody agreed to.</summary>
    public async Task AskForApprovalsAsync(CancellationToken ct)
    {
        foreach (var (supplier, quantity, kind) in new[] { (1, 500m, OrderKind.Standard), (3, 250m, OrderKind.Standard), (6, 40m, OrderKind.Emergency), (10, 900m, OrderKind.Standard) })
        {
            var article = stage.Assortment.Of(supplier).First();
            var (_, submitted) = await dealings.AskAsync(
                Site, supplier, stage.Clock.Today.AddDays(20), kind, [new Want(article.Item, article.Unit, quantity, article.Price)], ct);
            if (supplier == 10)
            {
                await dealings.RejectAsync(submitted.Request, "half of it would last until spring", ct);
            }
        }
    }

    /// <summary>Of the open cases some have an owner, one is in work, one waits, one is done; the rest is for whoever comes.</summary>
    public async Task WorkOnCasesAsync(CancellationToken ct)
    {
        var cases = await stage.Books.AllAsync(OpenCases, row => (Id: new ExceptionCaseId(row.GetGuid(0)), Version: row.GetInt32(1), Queue: row.GetString(2)), ct);
        for (var at = 0; at < cases.Count / 2; at++)
        {
            var owner = OwnerOf(cases[at].Queue);
            var taken = await stage.Cast.AsAsync(owner, new TakeCase(cases[at].Id, cases[at].Version), ct);
            if (at == 0)
            {
                continue;
            }

            var started = await stage.Cast.AsAsync(owner, new StartCase(taken.Case, taken.Version), ct);
            await stage.Cast.AsAsync(owner, new AddCaseNote(taken.Case, NoteKind.Comment, "Called them; they look into it.", Evidence: null), ct);
            if (at == 1)
            {
                await stage.Cast.AsAsync(owner, new WaitWithCase(started.Case, started.Version, stage.Clock.GetUtcNow().AddDays(7), "their answer"), ct);
            }
            else if (at == 2)
            {
                await stage.Cast.AsAsync(owner, new ResolveCase(started.Case, started.Version, CaseOutcome.AcceptedAsIs, "usual variation", "agreed on the phone"), ct);
            }
        }
    }

    /// <summary>How items are replenished at two sites, what should be bought, and a change of it that others are asked about.</summary>
    public async Task PlanAsync(CancellationToken ct)
    {
        foreach (var article in stage.Assortment.Articles.Where(article => article.Rank % 40 < 20).Take(PlannedItems))
        {
            await stage.Cast.AsAsync(Role.Planner, Policy(article, number: 0, reviewDays: 7), ct);
        }

        await stage.Cast.AsAsync(Role.Planner, new ProposeReorders(Site.Warehouse, []), ct);
        await stage.Cast.AsAsync(Role.Planner, new RequestPolicyChange(Policy(stage.Assortment.Articles[0], number: 1, reviewDays: 14)), ct);
    }

    private SetReplenishmentPolicy Policy(Article article, int number, int reviewDays) => new(
        article.Item, Site.Warehouse, number, stage.Clock.Today, EffectiveUntil: null,
        new PolicyTerms(
            ReplenishmentMethod.ServiceTarget, ReorderPoint: null, OrderUpTo: null, OrderQuantity: null, SafetyStock: null, ServiceTarget: 95m, CoverDays: 28,
            stage.Assortment.Supplier(article.Supplier), LeadTimeDays: stage.Suppliers[article.Supplier].AskedLeadDays, LeadTimeSpreadDays: 2m, reviewDays,
            [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday], Minimum: null, Multiple: null, DemandDays: 180,
            UsesForecast: false, TransferRule.Show),
        "as the planner and the buyer agreed");

    private static Role OwnerOf(string queue) => queue switch
    {
        "procurement" => Role.Buyer,
        "finance" => Role.Finance,
        "quality" => Role.Quality,
        "inventory_control" => Role.InventoryController,
        "planning" => Role.Planner,
        _ => Role.WarehouseSupervisor,
    };

    private async Task PublishAsync(Role author, ICommand<PolicyDrafted> draft, CancellationToken ct)
    {
        var drafted = await stage.Cast.AsAsync(author, draft, ct);
        await stage.Cast.AsAsync(Role.Operations, new SimulatePolicy(drafted.Policy, Version: 1), ct);
        await stage.Cast.AsAsync(Role.Operations, new PublishPolicy(drafted.Policy, Version: 2, EffectiveFrom: null), ct);
    }
}
