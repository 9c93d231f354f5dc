using Platform.Domain.Catalog;

namespace Platform.Api.Seeding;

/// <summary>
/// The items of the demo distributor: families of goods in sizes, so that every way of tracking, costing, weighing and
/// storing occurs, and no two names are near.
/// </summary>
internal static class DemoItems
{
    private static readonly CostingMethod[] Methods = Enum.GetValues<CostingMethod>();

    private static readonly ShelfLife Weeks = new(60, ShelfLifeStart.Production, 2, 5, 14, 20);
    private static readonly ShelfLife Months = new(365, ShelfLifeStart.Receipt, 0, 30, 60, 90);

    private static readonly Family[] Families =
    [
        new("BOLT", "Hex bolt M{0}", 40) { Costing = CostingMethod.MovingAverage },
        new("WASH", "Washer M{0}", 40) { Costing = CostingMethod.Fifo },
        new("BOX", "Folding box {0}0 cm", 20) { Costing = CostingMethod.Standard },
        new("CABL", "Cable {0} m", 20) { Unit = "M" },
        new("JUIC", "Apple juice {0} dl", 15) { Tracking = new(Tracking.Lot, null, Months) },
        new("YOGH", "Yoghurt {0}0 g", 15)
        {
            Tracking = new(Tracking.Lot, null, Weeks), Temperature = Temperature.Chilled, Costing = CostingMethod.Fifo,
        },
        new("ICE", "Ice cream {0}00 ml", 10)
        {
            Tracking = new(Tracking.Lot, null, Months), Temperature = Temperature.Frozen, Costing = CostingMethod.Standard,
        },
        new("CHEE", "Cheese wheel no {0}", 10)
        {
            Tracking = new(Tracking.Lot, null, Weeks), Temperature = Temperature.Chilled, Weight = 4m,
        },
        new("HAM", "Ham whole no {0}", 5)
        {
            Tracking = new(Tracking.Lot, null, Weeks), Temperature = Temperature.Chilled, Weight = 7.5m, Costing = CostingMethod.Fifo,
        },
        new("DRIL", "Power drill {0}0 W", 15) { Tracking = new(Tracking.Serial, SerialScope.Item, null) },
        new("SCAN", "Hand scanner type {0}", 10)
        {
            Tracking = new(Tracking.Serial, SerialScope.Global, null), Costing = CostingMethod.Fifo,
        },
        new("SOLV", "Solvent {0} l", 10)
        {
            Tracking = new(Tracking.Lot, null, null), Hazard = HazardClass.FlammableLiquid, Costing = CostingMethod.Standard,
        },
    ];

    /// <param name="sizesFactor">So many times the usual sizes of every family.</param>
    public static IEnumerable<CreateItem> All(int sizesFactor) => Families.SelectMany(family => family.Items(sizesFactor));

    private sealed record Family(string Prefix, string Name, int Sizes)
    {
        public string Unit { get; init; } = "EA";

        public ItemTracking Tracking { get; init; } = ItemTracking.Untracked;

        public CostingMethod? Costing { get; init; }

        public Temperature Temperature { get; init; }

        public HazardClass Hazard { get; init; }

        public decimal? Weight { get; init; }

        public IEnumerable<CreateItem> Items(int sizesFactor) => Enumerable.Range(1, Sizes * sizesFactor).Select(Item);

        private CreateItem Item(int size) => new(
            $"{Prefix}-{size:000}",
            Unit,
            new ItemIdentity(
                string.Format(System.Globalization.CultureInfo.InvariantCulture, Name, size), null, null, Prefix, null),
            Tracking,
            new ItemWeighing(Weight is null ? null : new CatchWeightRule("KG", Weight.Value + (size % 20), 15m)),
            new ItemStorage(Temperature, Hazard, (SizeClass)(size % 2), HandlingClass.Standard),
            new ItemCosting(Costing ?? Methods[size % Methods.Length]),
            new ItemOrigin(Hazard != HazardClass.None, IsImported: false, null));
    }
}
