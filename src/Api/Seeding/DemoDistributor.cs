using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Api.Seeding;

/// <summary>
/// A distributor to play with: two legal entities, six warehouses with zones and bins, a few hundred items of every kind,
/// suppliers and customers. Made only through the commands, in the same order with the same content every time; records are
/// found by their codes.
/// </summary>
public sealed class DemoDistributor
{
    /// <summary>Commands that do not touch each other run side by side.</summary>
    private const int Hands = 6;

    /// <summary>The last suppliers are met, and not approved.</summary>
    public const int UnapprovedSuppliers = 2;

    private const int MostLines = 500;

    private readonly CommandRunner _run;
    private readonly Caller _caller;
    private readonly DateOnly _from;
    private readonly int _sizesFactor;

    private DemoDistributor(CommandRunner run, Caller caller, DateOnly from, int sizesFactor) =>
        (_run, _caller, _from, _sizesFactor) = (run, caller, from, sizesFactor);

    public Dictionary<string, LegalEntityId> Entities { get; } = [];

    public Dictionary<string, WarehouseId> Warehouses { get; } = [];

    public Dictionary<string, ItemId> Items { get; } = [];

    public Dictionary<string, SupplierId> Suppliers { get; } = [];

    public Dictionary<string, CustomerId> Customers { get; } = [];

    /// <param name="run">Carries the commands out.</param>
    /// <param name="caller">Who sets it up.</param>
    /// <param name="from">The first day of business; exchange rates are known from it on.</param>
    /// <param name="sizesFactor">So many times the usual goods, racks for them, and two more suppliers each time.</param>
    public static async Task<DemoDistributor> BuildAsync(CommandRunner run, Caller caller, DateOnly from, int sizesFactor)
    {
        var demo = new DemoDistributor(run, caller, from, sizesFactor);
        await demo.FoundAsync();
        await demo.BuildSitesAsync();
        await demo.MeetPartnersAsync();
        await demo.FillCatalogAsync();
        return demo;
    }

    private async Task FoundAsync()
    {
        foreach (var (code, name, currency, country) in new[]
                 {
                     ("NORD", "Nordwind Handel GmbH", "EUR", "DE"), ("WEST", "Westwind Supply Inc.", "USD", "US"),
                 })
        {
            Entities[code] = (await RunAsync(new CreateLegalEntity(code, name, currency, country))).LegalEntity;
        }

        await RunAsync(new RecordExchangeRate("EUR", "USD", _from, 1.08m, "central bank"));
    }

    private async Task BuildSitesAsync()
    {
        DayOfWeek[] weekdays =
            [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday];
        var calendar = (await RunAsync(new CreateCalendar("FIVE-DAYS", new CalendarWeek("Monday to Friday", weekdays)))).Calendar;
        await RunAsync(new SetCalendarDay(calendar, Version: 1, new DateOnly(2026, 4, 3), IsWorking: false, "Good Friday"));
        var runner = (await RunAsync(new CreatePartner(
            "LOGIS", new PartnerIdentity("Logis 3PL", null, null, "NL", null, null, IsCarrier: true)))).Partner;

        var hub = await SiteAsync("NORD", new WarehouseSetup("Hamburg", WarehouseRole.Hub, null, calendar, "Europe/Berlin", "DE", null), "HAM");
        await CloneAsync(hub, "NORD", new WarehouseSetup("Kassel", WarehouseRole.Spoke, null, calendar, "Europe/Berlin", "DE", null), "KAS");
        await CloneAsync(hub, "NORD", new WarehouseSetup("Venlo", WarehouseRole.ThirdParty, runner, calendar, "Europe/Amsterdam", "NL", null), "VEN");
        await CloneAsync(hub, "WEST", new WarehouseSetup("Reno", WarehouseRole.Hub, null, calendar, "America/Los_Angeles", "US", null), "RNO");
        await CloneAsync(hub, "WEST", new WarehouseSetup("Memphis", WarehouseRole.CrossDock, null, calendar, "America/Chicago", "US", null), "MEM");
        await CloneAsync(hub, "WEST", new WarehouseSetup("Newark", WarehouseRole.Offsite, null, calendar, "America/New_York", "US", null), "EWR");
        foreach (var warehouse in Warehouses.Values)
        {
            await RunAsync(new SetCutOff(warehouse, Carrier: null, Calendar: null, new TimeOnly(16, 0), Version: 0));
            await RunAsync(new ActivateWarehouse(warehouse, Version: 1));
        }
    }

    private async Task<WarehouseId> SiteAsync(string entity, WarehouseSetup setup, string code)
    {
        var warehouse = (await RunAsync(new CreateWarehouse(Entities[entity], code, setup))).Warehouse;
        Warehouses[code] = warehouse;
        (string Code, ZoneSetup Setup)[] zones =
        [
            ("IN", new ZoneSetup("Receiving", Temperature.Ambient, [HazardClass.FlammableLiquid, HazardClass.Corrosive], 1)),
            ("A", new ZoneSetup("Racks", Temperature.Ambient, [], 2)),
            ("C", new ZoneSetup("Cold room", Temperature.Chilled, [], 3)),
            ("F", new ZoneSetup("Freezer", Temperature.Frozen, [], 4)),
            ("H", new ZoneSetup("Hazard cage", Temperature.Ambient, [HazardClass.FlammableLiquid], 5)),
            ("OUT", new ZoneSetup("Shipping", Temperature.Ambient, [HazardClass.FlammableLiquid, HazardClass.Corrosive], 6)),
        ];
        foreach (var (zone, zoneSetup) in zones)
        {
            await RunAsync(new CreateZone(warehouse, zone, zoneSetup));
        }

        var imported = await RunAsync(new ImportBins(warehouse, BinLines().ToList(), ImportPolicy.RejectEverything));
        return imported.Refused == 0 ? warehouse : throw new InvalidOperationException("A bin of the demo was refused.");
    }

    private IEnumerable<BinLine> BinLines()
    {
        BinSetup Setup(BinRole role, int rank) => new(role, rank, IsGroup: false, BinCapacity.Unlimited, BinMixing.Any);

        yield return new BinLine("IN", "DOCK-1", null, Setup(BinRole.Dock, 1));
        yield return new BinLine("IN", "RECV-1", null, Setup(BinRole.Receiving, 2));
        yield return new BinLine("IN", "QC-1", null, Setup(BinRole.Inspection, 3));
        yield return new BinLine("IN", "QUAR-1", null, Setup(BinRole.Quarantine, 4));
        yield return new BinLine("IN", "RET-1", null, Setup(BinRole.Returns, 5));
        for (var aisle = 1; aisle <= 3 * _sizesFactor; aisle++)
        {
            yield return new BinLine("A", $"A-{aisle}", null, Setup(BinRole.Reserve, aisle) with { IsGroup = true });
            for (var slot = 1; slot <= 8; slot++)
            {
                var role = slot <= 3 ? BinRole.ForwardPick : BinRole.Reserve;
                yield return new BinLine(
                    "A", $"A-{aisle}-{slot:00}", $"A-{aisle}",
                    Setup(role, (aisle * 100) + slot) with { Capacity = new BinCapacity(5000m, null, null, null) });
            }
        }

        foreach (var zone in new[] { "C", "F", "H" })
        {
            yield return new BinLine(zone, $"{zone}-PICK", null, Setup(BinRole.ForwardPick, 1) with { Mixing = BinMixing.OneLot });
            yield return new BinLine(zone, $"{zone}-RES", null, Setup(BinRole.Reserve, 2));
        }

        foreach (var zone in new[] { "C", "F" })
        {
            yield return new BinLine(zone, $"{zone}-DOCK", null, Setup(BinRole.Dock, 3)); // What must stay cold comes in where it is cold.
        }

        yield return new BinLine("OUT", "PACK-1", null, Setup(BinRole.Packing, 1));
        yield return new BinLine("OUT", "STAGE-1", null, Setup(BinRole.Staging, 2));
        yield return new BinLine("OUT", "TRANSIT", null, Setup(BinRole.Transit, 9));
    }

    private async Task CloneAsync(WarehouseId template, string entity, WarehouseSetup setup, string code) =>
        Warehouses[code] = (await RunAsync(new CloneWarehouse(template, Entities[entity], code, setup))).Warehouse;

    private async Task MeetPartnersAsync()
    {
        string[] trades = ["Fasteners", "Foods", "Tools", "Chemicals", "Electronics", "Packaging"];
        string[] countries = ["DE", "US", "CN", "NL", "PL"];
        var suppliers = 10 + (2 * _sizesFactor);
        await ForEachAsync(Enumerable.Range(1, suppliers), async number =>
        {
            var partner = (await RunAsync(new CreatePartner(
                $"SUP-{number:00}",
                new PartnerIdentity(
                    $"{trades[number % trades.Length]} Works {number}", null, null, countries[number % countries.Length],
                    $"orders@supplier{number}.example", null, IsCarrier: false)))).Partner;
            var supplier = (await RunAsync(new RegisterSupplier(
                partner, new SupplierTerms(number % 2 == 0 ? "EUR" : "USD", 30, number % 3 == 0 ? 250m : null, 5 + number)))).Supplier;
            if (number <= suppliers - UnapprovedSuppliers)
            {
                await RunAsync(new ApproveSupplier(supplier, Version: 1, "audited"));
            }

            return ($"SUP-{number:00}", supplier);
        }, Suppliers);
        await ForEachAsync(Enumerable.Range(1, 18), async number =>
        {
            var partner = (await RunAsync(new CreatePartner(
                $"CUS-{number:00}",
                new PartnerIdentity(
                    $"Retail Group {number}", null, null, countries[number % 2], null, null, IsCarrier: false)))).Partner;
            var customer = (await RunAsync(new RegisterCustomer(
                partner,
                new CustomerService(
                    (CustomerTier)(number % 3), "retail", number % 5, (ShippingPreference)(number % 3),
                    (SubstituteAcceptance)(number % 3), null),
                new CustomerCredit(number % 2 == 0 ? "EUR" : "USD", 14 + number, number % 4 == 0 ? null : 10_000m * number)))).Customer;
            return ($"CUS-{number:00}", customer);
        }, Customers);
    }

    private async Task FillCatalogAsync()
    {
        foreach (var lines in DemoItems.All(_sizesFactor).Chunk(MostLines))
        {
            var imported = await RunAsync(new ImportItems(lines, ImportPolicy.RejectEverything));
            await ForEachAsync(imported.Lines, async line =>
            {
                var item = new ItemId(line.Id!.Value);
                await RunAsync(new ActivateItem(item, Version: 1));
                return (lines[line.Line].Code, item);
            }, Items);
        }
    }

    private static async Task ForEachAsync<TInput, TId>(
        IEnumerable<TInput> inputs, Func<TInput, Task<(string Code, TId Id)>> make, Dictionary<string, TId> found)
    {
        using var hands = new SemaphoreSlim(Hands);
        var made = await Task.WhenAll(inputs.Select(async input =>
        {
            await hands.WaitAsync();
            try
            {
                return await make(input);
            }
            finally
            {
                hands.Release();
            }
        }));
        foreach (var (code, id) in made)
        {
            found.Add(code, id);
        }
    }

    /// <summary>Runs one command for the demo; a refusal is a mistake in the demo.</summary>
    public async Task<TEvent> RunAsync<TEvent>(ICommand<TEvent> command)
        where TEvent : notnull
    {
        var result = await _run.Async(command, _caller, CancellationToken.None);
        return result.Succeeded(out var happened)
            ? happened
            : throw new InvalidOperationException($"{command.GetType().Name} of the demo was refused: {result.Error!.Message}");
    }
}
