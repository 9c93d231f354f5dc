using System.Collections.Concurrent;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Scenarios;

/// <summary>
/// A small distributor to play one scenario in, on a clock that the scenario moves: one legal entity in euro, one warehouse with
/// its bins, and whatever else the story needs. Everything is done and seen through the graph:
/// <c>public sealed class ShortReceipt(Distributor distributor) : IClassFixture&lt;Distributor&gt;</c>.
/// </summary>
public class Distributor : TestHost
{
    private readonly ConcurrentDictionary<Role, Person> _people = [];
    private int _codes;

    public string Entity { get; private set; } = string.Empty;

    public string Calendar { get; private set; } = string.Empty;

    public string Warehouse { get; private set; } = string.Empty;

    /// <summary>Bins by code: DOCK, RECV, QC, QUAR, RET, PICK, RES, STAGE, TRANSIT.</summary>
    public IReadOnlyDictionary<string, string> Bins { get; private set; } = new Dictionary<string, string>(StringComparer.Ordinal);

    protected override TimeProvider HostClock => Clock;

    /// <summary>The one person of a role; separation of duties is about persons, so ask <see cref="AnotherAsync"/> for a second.</summary>
    public async Task<Person> AsPersonAsync(Role role) =>
        _people.TryGetValue(role, out var known) ? known : _people.GetOrAdd(role, await AnotherAsync(role));

    /// <summary>Somebody else of a role.</summary>
    public Task<Person> AnotherAsync(Role role) => LimitedAsync(role, RowLimits.None);

    /// <summary>Somebody of a role who sees these rows only.</summary>
    public async Task<Person> LimitedAsync(Role role, RowLimits rows) => new(this, await UserAsync([role], rows));

    /// <summary>A code that nobody has used yet.</summary>
    public string NextCode(string prefix) => $"{prefix}-{Interlocked.Increment(ref _codes)}";

    /// <summary>An approved supplier in euro, with a lead time of ten days.</summary>
    public async Task<string> SupplierAsync(string name)
    {
        var buyer = await AsPersonAsync(Role.Buyer);
        var identity = new { name, country = "DE", isCarrier = false };
        var partner = await buyer.DoAsync("createPartner", new { code = NextCode("SUP"), identity }, "partner { id }");
        var terms = new { currency = "EUR", paymentTermsDays = 30, leadTimeDays = 10 };
        var registered = await buyer.DoAsync(
            "registerSupplier", new { partnerId = (string)partner["partner"]!["id"]!, terms }, "supplier { id version }");
        var id = (string)registered["supplier"]!["id"]!;
        await (await AsPersonAsync(Role.Finance)).DoAsync("approveSupplier", new { supplierId = id, version = 1, reason = "audited" }, "__typename");
        return id;
    }

    /// <summary>An active item counted in pieces, at moving average, not told apart.</summary>
    public Task<string> ItemAsync(string name) => ItemAsync(name, new { tracking = "NONE" });

    /// <summary>An active item tracked as said: <c>new { tracking = "LOT" }</c>.</summary>
    public async Task<string> ItemAsync(string name, object tracking)
    {
        var controller = await AsPersonAsync(Role.InventoryController);
        var created = await controller.DoAsync(
            "createItem",
            new
            {
                code = NextCode("ITEM"),
                baseUnit = "EA",
                identity = new { name },
                tracking,
                weighing = new { },
                storage = new { temperature = "AMBIENT", hazard = "NONE", size = "SMALL", handling = "STANDARD" },
                costing = new { method = "MOVING_AVERAGE" },
                origin = new { isRegulated = false, isImported = false },
            },
            "item { id }");
        var id = (string)created["item"]!["id"]!;
        await controller.DoAsync("activateItem", new { itemId = id, version = 1 }, "__typename");
        return id;
    }

    /// <summary>A warehouse of the entity, active, with one bin of each kind; the answer has its id and its bins by code.</summary>
    public async Task<(string Id, IReadOnlyDictionary<string, string> Bins)> WarehouseAsync(string name)
    {
        var operations = await AsPersonAsync(Role.Operations);
        var setup = new { name, role = "HUB", calendarId = Calendar, timeZone = "Europe/Berlin", country = "DE" };
        var created = await operations.DoAsync(
            "createWarehouse", new { legalEntityId = Entity, code = NextCode("WH"), setup }, "warehouse { id }");
        var id = (string)created["warehouse"]!["id"]!;
        var zone = await operations.DoAsync(
            "createZone",
            new { warehouseId = id, code = "A", setup = new { name = "Hall", temperature = "AMBIENT", hazards = Array.Empty<string>(), rank = 1 } },
            "zone { id }");
        var bins = new Dictionary<string, string>(StringComparer.Ordinal);
        (string Code, string Role)[] roles =
        [
            ("DOCK", "DOCK"), ("RECV", "RECEIVING"), ("QC", "INSPECTION"), ("QUAR", "QUARANTINE"), ("RET", "RETURNS"),
            ("PICK", "FORWARD_PICK"), ("RES", "RESERVE"), ("STAGE", "STAGING"), ("TRANSIT", "TRANSIT"),
        ];
        foreach (var (code, role) in roles)
        {
            var bin = await operations.DoAsync(
                "createBin",
                new
                {
                    zoneId = (string)zone["zone"]!["id"]!,
                    code,
                    setup = new { role, rank = bins.Count + 1, isGroup = false, capacity = new { }, mixing = "ANY" },
                },
                "bin { id }");
            bins.Add(code, (string)bin["bin"]!["id"]!);
        }

        await operations.DoAsync("activateWarehouse", new { warehouseId = id, version = 1 }, "__typename");
        return (id, bins);
    }

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        var operations = await AsPersonAsync(Role.Operations);
        var entity = await operations.DoAsync(
            "createLegalEntity", new { code = "NORD", name = "Nordwind Handel", currency = "EUR", country = "DE" }, "legalEntity { id }");
        Entity = (string)entity["legalEntity"]!["id"]!;
        var week = new { name = "Monday to Friday", workingDays = new[] { "MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY" } };
        var calendar = await operations.DoAsync("createCalendar", new { code = "FIVE-DAYS", week }, "calendar { id }");
        Calendar = (string)calendar["calendar"]!["id"]!;
        (Warehouse, Bins) = await WarehouseAsync("Hamburg");
    }
}
