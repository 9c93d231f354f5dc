using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Warehouses;

namespace Platform.Api.Seeding.History;

/// <summary>Which history is wanted.</summary>
/// <param name="Scale">How much of it.</param>
/// <param name="Seed">Decides every chance.</param>
/// <param name="Until">Its last day.</param>
internal sealed record HistoryPlan(SeedScale Scale, int Seed, DateOnly Until)
{
    public DateOnly From => Until.AddDays(1 - Scale.Days);
}

/// <summary>What was made up, for whoever asked for it.</summary>
internal sealed record Played(int Days, int Orders, int Receipts, int Invoices, int SalesLines, IReadOnlyList<Truth> Truth);

/// <summary>
/// Plays a distributor's days through the domain's own commands, on a clock of its own: what people would have done, in the order
/// in which they would have. One number decides every chance, so the same number gives the same history.
/// </summary>
internal sealed class TradingHistory
{
    private static readonly (string Entity, string Site)[] _sites = [("NORD", "HAM"), ("NORD", "KAS"), ("WEST", "RNO"), ("WEST", "EWR")];

    private readonly Stage _stage;
    private readonly Orders _orders;
    private readonly Deliveries _deliveries;
    private readonly Differences _differences;
    private readonly Invoices _invoices;
    private readonly Sales _sales;
    private readonly StoryBook _stories;

    private TradingHistory(Stage stage)
    {
        _stage = stage;
        var dealings = new Dealings(stage);
        _orders = new Orders(stage, dealings);
        _invoices = new Invoices(stage, dealings);
        _differences = new Differences(stage);
        _deliveries = new Deliveries(stage, _orders, _invoices, _differences);
        _sales = new Sales(stage);
        _stories = new StoryBook(stage, dealings);
    }

    /// <summary>In an empty, migrated database. There is no host: its timed work would go by another clock.</summary>
    public static async Task<Played> PlayAsync(string connectionString, HistoryPlan plan, Action<string> tell, CancellationToken ct)
    {
        var clock = new SimulatedClock(new DateTimeOffset(plan.From, new TimeOnly(7, 0), TimeSpan.Zero));
        // A history that a crash cuts short is made anew; waiting for the disk after every command would cost a third of the time.
        var hurried = new NpgsqlConnectionStringBuilder(connectionString) { Options = "-c synchronous_commit=off" }.ConnectionString;
        await using var application = DatabaseAccess.AsApplication(hurried);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddDomain(application);
        services.AddSingleton(_ => DatabaseAccess.AsScoped(hurried));
        await using var provider = services.BuildServiceProvider();
        var stage = await OpenAsync(provider, clock, application, plan, ct);
        tell(string.Create(
            CultureInfo.InvariantCulture,
            $"{plan.From:O}: {stage.Demo.Items.Count} items, {stage.Demo.Suppliers.Count} suppliers, {stage.Demo.Warehouses.Count} warehouses"));
        return await new TradingHistory(stage).PlayAsync(tell, ct);
    }

    private async Task<Played> PlayAsync(Action<string> tell, CancellationToken ct)
    {
        foreach (var supplier in _stage.Suppliers.Values)
        {
            supplier.Truths().ToList().ForEach(_stage.Truth.Tell);
        }

        var (days, until) = (0, _stage.Plan.Until);
        for (var day = _stage.Plan.From; day <= until; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                continue;
            }

            await PlayDayAsync(day, ct);
            days++;
            if (day.AddDays(1).Month != day.Month || day.AddDays(3) > until)
            {
                tell(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{day:O}: {_orders.Count} orders, {_deliveries.Count} receipts, {_invoices.Count} invoices, {_sales.Lines} lines sold"));
            }
        }

        return new Played(days, _orders.Count, _deliveries.Count, _invoices.Count, _sales.Lines, _stage.Truth.All);
    }

    private async Task PlayDayAsync(DateOnly day, CancellationToken ct)
    {
        var weekday = (int)day.DayOfWeek - 1;
        _stage.Clock.MoveTo(day, new TimeOnly(8, 0));
        await _orders.AnnounceAsync(day, ct);
        foreach (var site in _stage.Sites)
        {
            // Sites that sell once a week sell on different days, as they buy on different days.
            if ((weekday + site.Number) % 5 < _stage.Plan.Scale.Rhythm.SaleDays)
            {
                await _sales.ShipAsync(site, day, ct);
            }

            if (weekday == site.Number)
            {
                await _orders.BuyAsync(site, day, ct);
            }
        }

        _stage.Clock.MoveTo(day, new TimeOnly(11, 0));
        foreach (var order in _orders.Arriving(day))
        {
            await _deliveries.ReceiveAsync(order, day, ct);
        }

        _stage.Clock.MoveTo(day, new TimeOnly(15, 0));
        await _differences.SettleAsync(day, ct);
        if (IsQuarterEnd(day))
        {
            await _invoices.ChargeAsync(ct);
        }

        _stage.Clock.MoveTo(day, new TimeOnly(16, 0));
        await _stories.PlayAsync(day, ct);
    }

    /// <summary>The last working day of a quarter.</summary>
    private static bool IsQuarterEnd(DateOnly day) =>
        day.AddDays(day.DayOfWeek == DayOfWeek.Friday ? 3 : 1) is var next && next.Month != day.Month && day.Month % 3 == 0;

    private static async Task<Stage> OpenAsync(
        IServiceProvider services, SimulatedClock clock, NpgsqlDataSource source, HistoryPlan plan, CancellationToken ct)
    {
        var runner = services.GetRequiredService<CommandRunner>();
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        var founder = await DemoSeed.FounderAsync(services.GetRequiredService<OperationCatalog>(), db, ct);
        var demo = await DemoDistributor.BuildAsync(runner, founder, plan.From, plan.Scale.SizesFactor);
        await OpeningStock.PostAsync(demo, db, ct);
        var staff = await DemoStaff.HireAsync(runner, db, ct);
        await DemoStaff.LetInAsync(runner, staff, ct);
        var assortment = new Assortment(demo);
        var sites = await SitesAsync(demo, db, ct);
        var shelves = new Shelves();
        foreach (var site in sites)
        {
            await shelves.ReadAsync(site.Code, site.Warehouse, source, ct);
        }

        return new Stage
        {
            Plan = plan,
            Demo = demo,
            Sites = sites,
            Assortment = assortment,
            Suppliers = Enumerable.Range(1, assortment.SuppliersInUse).ToDictionary(number => number, number => SupplierCharacter.Of(number, plan.From, plan.Until)),
            Cast = new Cast(runner, clock, staff.ToDictionary(user => user.Roles[0])),
            Clock = clock,
            Books = new Books(source),
            Shelves = shelves,
            Truth = new KnownTruth(),
        };
    }

    private static async Task<IReadOnlyList<Site>> SitesAsync(DemoDistributor demo, PlatformDb db, CancellationToken ct)
    {
        var sites = new List<Site>();
        foreach (var (entity, code) in _sites)
        {
            var warehouse = demo.Warehouses[code];
            var dock = await db.Set<Bin>().Where(bin => bin.WarehouseId == warehouse && bin.Code == "DOCK-1").Select(bin => bin.Id).SingleAsync(ct);
            sites.Add(new Site(sites.Count, code, demo.Entities[entity], warehouse, dock, await OpeningStock.RackBinsAsync(db, warehouse, ct)));
        }

        return sites;
    }
}
