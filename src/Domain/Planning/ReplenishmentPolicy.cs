using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Planning;

/// <summary>How the reorder point and the quantity come about.</summary>
public enum ReplenishmentMethod
{
    /// <summary>At the minimum, up to the maximum.</summary>
    MinMax,

    /// <summary>At the reorder point, a fixed quantity or several of it.</summary>
    FixedQuantity,

    /// <summary>The reorder point follows from demand, lead time and the service that is wanted.</summary>
    ServiceTarget,

    /// <summary>Nothing is bought for it here.</summary>
    NotReplenished,
}

/// <summary>What is thought of first: another site's surplus, or buying (PRC-07).</summary>
public enum TransferRule
{
    Never,

    /// <summary>Shown beside buying.</summary>
    Show,

    /// <summary>Whoever buys although another site has enough says why.</summary>
    First,
}

/// <summary>How an item is replenished at a site; quantities in base units.</summary>
/// <param name="Method">How the reorder point and the quantity come about.</param>
/// <param name="ReorderPoint">At or below this much projected stock something is proposed; computed when null.</param>
/// <param name="OrderUpTo">Up to this much, for MinMax.</param>
/// <param name="OrderQuantity">This much at a time, for FixedQuantity.</param>
/// <param name="SafetyStock">Kept for the unexpected; computed where a service target is given.</param>
/// <param name="ServiceTarget">In how many of a hundred cycles nobody should wait.</param>
/// <param name="CoverDays">For how many days of demand beyond the reorder point is bought, for ServiceTarget.</param>
/// <param name="Supplier">From whom it is usually bought; its terms say how long it takes.</param>
/// <param name="LeadTimeDays">Instead of the supplier's.</param>
/// <param name="LeadTimeSpreadDays">Instead of the supplier's.</param>
/// <param name="ReviewDays">How long the item is not looked at, in days.</param>
/// <param name="ReviewWeekdays">On which weekdays it is looked at.</param>
/// <param name="Minimum">The least that is proposed.</param>
/// <param name="Multiple">What is proposed comes in multiples of this.</param>
/// <param name="DemandDays">How many days of the past the demand is taken from.</param>
/// <param name="UsesForecast">Whether forecasts count instead of the past where there are some.</param>
/// <param name="TransferRule">What is thought of first: another site's surplus, or buying.</param>
public sealed record PolicyTerms(
    ReplenishmentMethod Method,
    decimal? ReorderPoint,
    decimal? OrderUpTo,
    decimal? OrderQuantity,
    decimal? SafetyStock,
    decimal? ServiceTarget,
    int CoverDays,
    SupplierId? Supplier,
    decimal? LeadTimeDays,
    decimal? LeadTimeSpreadDays,
    int ReviewDays,
    IReadOnlyList<DayOfWeek> ReviewWeekdays,
    decimal? Minimum,
    decimal? Multiple,
    int DemandDays,
    bool UsesForecast,
    TransferRule TransferRule)
{
    private const decimal Most = 1_000_000_000m;

    internal InvalidField? Check() =>
        Field.Known<ReplenishmentMethod>("terms.method", Method)
        ?? Field.Known<TransferRule>("terms.transferRule", TransferRule)
        ?? ZeroOr("terms.reorderPoint", ReorderPoint, Most, decimals: 6)
        ?? Field.Positive("terms.orderUpTo", OrderUpTo, Most, decimals: 6)
        ?? Field.Positive("terms.orderQuantity", OrderQuantity, Most, decimals: 6)
        ?? ZeroOr("terms.safetyStock", SafetyStock, Most, decimals: 6)
        ?? (ServiceTarget is < 50m or > 99.99m
            ? Field.Invalid("terms.serviceTarget", "must lie between 50 and 99.99", null)
            : Field.Positive("terms.serviceTarget", ServiceTarget, most: 100m, decimals: 4))
        ?? Field.Whole("terms.coverDays", CoverDays, least: 0, most: 730)
        ?? ZeroOr("terms.leadTimeDays", LeadTimeDays, 730m, decimals: 4)
        ?? ZeroOr("terms.leadTimeSpreadDays", LeadTimeSpreadDays, 730m, decimals: 4)
        ?? Field.Whole("terms.reviewDays", ReviewDays, least: 0, most: 90)
        ?? Field.Whole("terms.reviewWeekdays", ReviewWeekdays.Distinct().Count(), least: 1, most: 7)
        ?? Field.Positive("terms.minimum", Minimum, Most, decimals: 6)
        ?? Field.Positive("terms.multiple", Multiple, Most, decimals: 6)
        ?? Field.Whole("terms.demandDays", DemandDays, least: 7, most: 730)
        ?? CheckMethod();

    private static InvalidField? ZeroOr(string field, decimal? value, decimal most, int decimals) =>
        value == 0m ? null : Field.Positive(field, value, most, decimals);

    private InvalidField? CheckMethod()
    {
        if (Method != ReplenishmentMethod.NotReplenished && Supplier is null && LeadTimeDays is null)
        {
            return Field.Invalid("terms.leadTimeDays", "must be given where no supplier says it", null);
        }

        return Method switch
        {
            ReplenishmentMethod.MinMax => ReorderPoint is null || OrderUpTo is null || OrderUpTo <= ReorderPoint
                ? Field.Invalid("terms.orderUpTo", "must be given and lie above the reorder point", null)
                : null,
            ReplenishmentMethod.FixedQuantity => OrderQuantity is null ? Field.Invalid("terms.orderQuantity", "must be given", null) : null,
            ReplenishmentMethod.ServiceTarget => ServiceTarget is null || CoverDays == 0
                ? Field.Invalid("terms.serviceTarget", "must be given, with the days to cover", null)
                : null,
            ReplenishmentMethod.NotReplenished => null,
        };
    }
}

/// <summary>One version of how an item is replenished at a site; a later one replaces it, nobody changes it (PRC-02).</summary>
public sealed class ReplenishmentPolicy
{
    private ReplenishmentPolicy()
    {
    }

    public ReplenishmentPolicyId Id { get; private set; }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    /// <summary>Counts the versions of the item at the site.</summary>
    public int Number { get; private set; }

    public DateOnly EffectiveFrom { get; private set; }

    /// <summary>A season's version gives way to the standing one after this day.</summary>
    public DateOnly? EffectiveUntil { get; private set; }

    public ReplenishmentMethod Method { get; private set; }

    public decimal? ReorderPoint { get; private set; }

    public decimal? OrderUpTo { get; private set; }

    public decimal? OrderQuantity { get; private set; }

    public decimal? SafetyStock { get; private set; }

    public decimal? ServiceTarget { get; private set; }

    /// <summary>The standard normal quantile of the target.</summary>
    public decimal? ServiceFactor { get; private set; }

    public int CoverDays { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    public decimal? LeadTimeDays { get; private set; }

    public decimal? LeadTimeSpreadDays { get; private set; }

    public int ReviewDays { get; private set; }

    /// <summary>One bit a weekday, Monday = 1 … Sunday = 64.</summary>
    public short ReviewWeekdays { get; private set; }

    public decimal? Minimum { get; private set; }

    public decimal? Multiple { get; private set; }

    public int DemandDays { get; private set; }

    public bool UsesForecast { get; private set; }

    public TransferRule TransferRule { get; private set; }

    public string Reason { get; private set; } = string.Empty;

    public Guid SetBy { get; private set; }

    public DateTimeOffset SetAt { get; private set; }

    internal static ReplenishmentPolicy Of(ReplenishmentPolicyId id, SetReplenishmentPolicy set, Envelope envelope)
    {
        var terms = set.Terms;
        return new ReplenishmentPolicy
        {
            Id = id,
            ItemId = set.Item,
            WarehouseId = set.Warehouse,
            Number = set.Number + 1,
            EffectiveFrom = set.EffectiveFrom,
            EffectiveUntil = set.EffectiveUntil,
            Method = terms.Method,
            ReorderPoint = terms.ReorderPoint,
            OrderUpTo = terms.OrderUpTo,
            OrderQuantity = terms.OrderQuantity,
            SafetyStock = terms.SafetyStock,
            ServiceTarget = terms.ServiceTarget,
            ServiceFactor = terms.ServiceTarget is { } target ? NormalQuantile.Of(target / 100m) : null,
            CoverDays = terms.CoverDays,
            SupplierId = terms.Supplier,
            LeadTimeDays = terms.LeadTimeDays,
            LeadTimeSpreadDays = terms.LeadTimeSpreadDays,
            ReviewDays = terms.ReviewDays,
            ReviewWeekdays = (short)terms.ReviewWeekdays.Distinct().Sum(WorkingCalendar.Bit),
            Minimum = terms.Minimum,
            Multiple = terms.Multiple,
            DemandDays = terms.DemandDays,
            UsesForecast = terms.UsesForecast,
            TransferRule = terms.TransferRule,
            Reason = set.Reason,
            SetBy = envelope.Actor.Id,
            SetAt = envelope.Now,
        };
    }
}
