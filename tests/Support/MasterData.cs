using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;
using Platform.Domain.Warehouses;

namespace Platform.Tests.Support;

/// <summary>Plain master data for tests that need some, made through the commands like everybody's.</summary>
public static class MasterData
{
    private static int _numbers;

    /// <summary>Every permission, and every owner role: changes take effect at once.</summary>
    public static Caller Steward { get; } = Of("Stew Ward", Roles);

    private static IEnumerable<string> Roles =>
    [
        "catalog", "quality", "warehousing", "finance", "planning", "compliance", "partners", "purchasing", "sales",
        "network",
    ];

    /// <summary>A new person who may run every command and holds these owner roles.</summary>
    public static Caller Of(string name, params IEnumerable<string> roles) =>
        Callers.Of(
            ActorKind.Human,
            name,
            Callers.Supervisor.Permissions.Concat(roles.Select(FieldGroupOwner.PermissionOf)));

    /// <summary>A code that no other test of the process uses.</summary>
    public static string Code(string prefix) => $"{prefix}-{Interlocked.Increment(ref _numbers):00000}";

    public static CreateItem NewItem() => new(
        Code("ITEM"),
        "EA",
        new ItemIdentity($"Thing number {Interlocked.Increment(ref _numbers)}", null, null, null, null),
        ItemTracking.Untracked,
        ItemWeighing.NotWeighed,
        ItemStorage.Ordinary,
        new ItemCosting(CostingMethod.MovingAverage),
        ItemOrigin.Domestic);

    public static CreateItem WithTracking(this CreateItem item, Tracking tracking, ShelfLife? life = null) =>
        item with
        {
            Tracking = new ItemTracking(
                tracking, tracking == Tracking.Serial ? SerialScope.Item : null, life),
        };

    public static async Task<ItemId> DraftItemAsync(this TestDatabase database, CreateItem item) =>
        (await database.RunAsync(item, Steward)).Value.Item;

    public static async Task<ItemId> ActiveItemAsync(this TestDatabase database, CreateItem item)
    {
        var id = await database.DraftItemAsync(item);
        (await database.RunAsync(new ActivateItem(id, Version: 1), Steward)).Error.ShouldBeNullRefusal();
        return id;
    }

    public static async Task<PartnerId> PartnerAsync(this TestDatabase database) =>
        (await database.RunAsync(
            new CreatePartner(
                Code("PART"), new PartnerIdentity("A company", null, null, "DE", null, null, IsCarrier: false)),
            Steward)).Value.Partner;

    public static async Task<SupplierId> SupplierAsync(this TestDatabase database)
    {
        var partner = await database.PartnerAsync();
        var supplier = (await database.RunAsync(
            new RegisterSupplier(partner, new SupplierTerms("EUR", 30, null, 14)), Steward)).Value.Supplier;
        (await database.RunAsync(new ApproveSupplier(supplier, Version: 1, "audited"), Steward)).Error.ShouldBeNullRefusal();
        return supplier;
    }

    public static async Task<CustomerId> CustomerAsync(this TestDatabase database)
    {
        var partner = await database.PartnerAsync();
        return (await database.RunAsync(
            new RegisterCustomer(
                partner,
                new CustomerService(
                    CustomerTier.Standard, null, null, ShippingPreference.Partial, SubstituteAcceptance.Always, null),
                new CustomerCredit("EUR", 30, 10_000m)),
            Steward)).Value.Customer;
    }

    public static async Task<LegalEntityId> LegalEntityAsync(this TestDatabase database, string currency) =>
        (await database.RunAsync(new CreateLegalEntity(Code("LE"), "Our company", currency, "DE"), Steward))
            .Value.LegalEntity;

    public static async Task<CalendarId> CalendarAsync(this TestDatabase database) =>
        (await database.RunAsync(
            new CreateCalendar(
                Code("CAL"),
                new CalendarWeek(
                    "Five days",
                    [DayOfWeek.Monday, DayOfWeek.Tuesday, DayOfWeek.Wednesday, DayOfWeek.Thursday, DayOfWeek.Friday])),
            Steward)).Value.Calendar;

    public static WarehouseSetup Setup(CalendarId calendar) =>
        new("A warehouse", WarehouseRole.Hub, null, calendar, "Europe/Berlin", "DE", null);

    public static ZoneSetup AmbientZone { get; } = new("Racks", Temperature.Ambient, [], Rank: 1);

    public static BinSetup BinOf(BinRole role) =>
        new(role, Rank: 1, IsGroup: false, BinCapacity.Unlimited, BinMixing.Any);

    /// <summary>A draft warehouse of an entity, with one ambient zone and no bins.</summary>
    public static async Task<(WarehouseId Warehouse, ZoneId Zone)> WarehouseAsync(
        this TestDatabase database, LegalEntityId entity)
    {
        var calendar = await database.CalendarAsync();
        var warehouse = (await database.RunAsync(new CreateWarehouse(entity, Code("WH"), Setup(calendar)), Steward))
            .Value.Warehouse;
        var zone = (await database.RunAsync(new CreateZone(warehouse, "A", AmbientZone), Steward)).Value.Zone;
        return (warehouse, zone);
    }

    public static async Task<BinId> BinAsync(this TestDatabase database, ZoneId zone, BinRole role) =>
        (await database.RunAsync(new CreateBin(zone, Code("BIN"), Parent: null, BinOf(role)), Steward)).Value.Bin;

    private static void ShouldBeNullRefusal(this DomainError? refusal)
    {
        if (refusal is not null)
        {
            throw new InvalidOperationException($"Test data was refused: {refusal.Message}");
        }
    }
}
