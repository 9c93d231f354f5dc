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
internal sealed record Played(int Days, int Orders, int Receipts, int SalesLines);

/// <summary>
/// Plays a distributor's days through the domain's own commands, on a clock of its own: what people would have done, in the order
/// in which they would have. One number decides every chance, so the same number gives the same history.
/// </summary>
internal sealed class TradingHistory
{
    private static readonly (string Entity, string Site)[] _sites = [("NORD", "HAM"), ("NORD", "KAS"), ("WEST", "RNO"), ("WEST", "EWR")];

    private readonly IServiceProvider _services;
    private readonly SimulatedClock _clock;
    private readonly NpgsqlDataSource _source;
    private readonly HistoryPlan _plan;
    private readonly Random _chance;

    private TradingHistory(IServiceProvider services, SimulatedClock clock, NpgsqlDataSource source, HistoryPlan plan) =>
        (_services, _clock, _source, _plan, _chance) = (services, clock, source, plan, new Random(plan.Seed));

    /// <summary>In an empty, migrated database. There is no host: its timed work would go by another clock.</summary>
    public static async Task<Played> PlayAsync(string connectionString, HistoryPlan plan, Action<string> tell, CancellationToken ct)
    {
        var clock = new SimulatedClock(new DateTimeOffset(plan.From, new TimeOnly(7, 0), TimeSpan.Zero));
        await using var application = DatabaseAccess.AsApplication(connectionString);
        var services = new ServiceCollection();
        services.AddSingleton<TimeProvider>(clock);
        services.AddDomain(application);
        services.AddSingleton(_ => DatabaseAccess.AsScoped(connectionString));
        await using var provider = services.BuildServiceProvider();
        return await new TradingHistory(provider, clock, application, plan).PlayAsync(tell, ct);
    }

    private async Task<Played> PlayAsync(Action<string> tell, CancellationToken ct)
    {
        var (from, until) = (_plan.From, _plan.Until);
        var (demo, cast) = await OpenAsync(ct);
        tell($"{from:O}: {demo.Items.Count} items, {demo.Suppliers.Count} suppliers, {demo.Warehouses.Count} warehouses");
        var assortment = new Assortment(demo);
        var shelves = new Shelves(_source);
        var characters = Enumerable.Range(1, demo.Suppliers.Count).ToDictionary(number => number, number => SupplierCharacter.Of(number, from, until));
        var sales = new Sales(demo, assortment, shelves, cast, _plan.Scale.SalesPerDay, _chance);
        var orders = new Orders(demo, assortment, shelves, cast, _source, characters, _chance);
        var deliveries = new Deliveries(await YardsAsync(demo, ct), assortment, cast, _source, characters, _chance);
        var (days, bought, received, sold) = (0, 0, 0, 0);
        for (var day = from; day <= until; day = day.AddDays(1))
        {
            if (day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday)
            {
                continue;
            }

            foreach (var (entity, site) in _sites)
            {
                _clock.MoveTo(day, new TimeOnly(8, 0));
                if (day.DayOfWeek == DayOfWeek.Monday)
                {
                    bought += await orders.BuyAsync(site, demo.Entities[entity], day, ct);
                }

                sold += await sales.ShipAsync(site, demo.Entities[entity], day, ct);
            }

            foreach (var order in orders.Arriving(day))
            {
                _clock.MoveTo(day, new TimeOnly(11, 0));
                await deliveries.ReceiveAsync(order, ct);
                received++;
            }

            days++;
            if (day.AddDays(1).Day == 1 || day == until)
            {
                tell(string.Create(CultureInfo.InvariantCulture, $"{day:O}: {bought} orders, {received} receipts, {sold} lines sold"));
            }
        }

        return new Played(days, bought, received, sold);
    }

    private async Task<(DemoDistributor Demo, Cast Cast)> OpenAsync(CancellationToken ct)
    {
        var runner = _services.GetRequiredService<CommandRunner>();
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        var founder = await DemoSeed.FounderAsync(_services.GetRequiredService<OperationCatalog>(), db, ct);
        var demo = await DemoDistributor.BuildAsync(runner, founder, _plan.From, _plan.Scale.SizesFactor);
        await OpeningStock.PostAsync(demo, db, ct);
        var staff = await DemoStaff.HireAsync(runner, db, ct);
        return (demo, new Cast(runner, staff.ToDictionary(user => user.Roles[0])));
    }

    private async Task<IReadOnlyDictionary<string, Yard>> YardsAsync(DemoDistributor demo, CancellationToken ct)
    {
        await using var scope = _services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        var yards = new Dictionary<string, Yard>(StringComparer.Ordinal);
        foreach (var (_, site) in _sites)
        {
            var warehouse = demo.Warehouses[site];
            var dock = await db.Set<Bin>().Where(bin => bin.WarehouseId == warehouse && bin.Code == "DOCK-1").Select(bin => bin.Id).SingleAsync(ct);
            yards.Add(site, new Yard(warehouse, dock, await OpeningStock.RackBinsAsync(db, warehouse, ct)));
        }

        return yards;
    }
}
