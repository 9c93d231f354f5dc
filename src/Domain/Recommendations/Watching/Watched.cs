using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Recommendations.Watching;

/// <summary>What a lead time is told by.</summary>
public enum OutlookSource
{
    Model,

    /// <summary>The supplier's own median: too little is known for a model, or it may not score.</summary>
    Rule,
}

/// <summary>What was made of an outlook, and why nothing was recommended where it was not (AIU-23).</summary>
public enum OutlookVerdict
{
    /// <summary>What was planned still suffices.</summary>
    Holds,
    Filed,
    BelowThreshold,
    TooFewDeliveries,

    /// <summary>Nothing came for too long.</summary>
    Stale,
    NoDemand,
    TooMany,

    /// <summary>The model left its band and says nothing.</summary>
    Suspended,
    RejectedLately,
}

/// <summary>How long a supplier takes for an item at a site as it looks now, beside what was planned with.</summary>
public sealed class LeadTimeOutlook
{
    private LeadTimeOutlook()
    {
    }

    public Guid Id { get; private set; }

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public OutlookSource Source { get; private set; }

    public decimal Days { get; private set; }

    /// <summary>Four of five orders take between low and high.</summary>
    public decimal Low { get; private set; }

    public decimal High { get; private set; }

    public decimal SpreadDays { get; private set; }

    public decimal PlannedDays { get; private set; }

    public decimal PlannedSpreadDays { get; private set; }

    public decimal PlannedSafetyStock { get; private set; }

    /// <summary>z · √((L + R) · σd² + d² · σL²) with the lead time as it looks now.</summary>
    public decimal NeededSafetyStock { get; private set; }

    /// <summary>In how many cycles of a hundred nobody waits, with what is planned and the lead time as it looks now; from 0 to 1.</summary>
    public decimal Service { get; private set; }

    public decimal ValueAtStake { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public int Deliveries { get; private set; }

    public int OpenOrders { get; private set; }

    public OutlookVerdict Verdict { get; private set; }

    public string Why { get; private set; } = string.Empty;

    public string ModelVersion { get; private set; } = string.Empty;

    public DateTimeOffset AsOf { get; private set; }

    internal static LeadTimeOutlook Of(SeenOutlook seen, DateTimeOffset at)
    {
        var outlook = new LeadTimeOutlook
        {
            Id = Guid.CreateVersion7(at), ItemId = seen.Item, WarehouseId = seen.Warehouse, SupplierId = seen.Supplier,
        };
        outlook.See(seen, at);
        return outlook;
    }

    internal void See(SeenOutlook seen, DateTimeOffset at)
    {
        (Source, Days, Low, High, SpreadDays) = (seen.Source, seen.Days, seen.Low, seen.High, seen.SpreadDays);
        (PlannedDays, PlannedSpreadDays) = (seen.PlannedDays, seen.PlannedSpreadDays);
        (PlannedSafetyStock, NeededSafetyStock) = (seen.PlannedSafetyStock, seen.NeededSafetyStock);
        (Service, ValueAtStake, CurrencyCode) = (seen.Service, seen.ValueAtStake, seen.Currency);
        (Deliveries, OpenOrders, Verdict, Why) = (seen.Deliveries, seen.OpenOrders, seen.Verdict, seen.Why);
        (ModelVersion, AsOf) = (seen.ModelVersion, at);
    }
}

public enum DriftState
{
    TooFewDeliveries,
    Steady,

    /// <summary>Takes longer than it used to.</summary>
    Longer,
    Shorter,

    /// <summary>Takes about as long, and varies more.</summary>
    Wider,
}

/// <summary>Whether a supplier still takes as long as it used to: since which delivery, by how many days.</summary>
public sealed class SupplierDrift
{
    private SupplierDrift()
    {
    }

    public Guid Id { get; private set; }

    public SupplierId SupplierId { get; private set; }

    public DriftState State { get; private set; }

    public int Deliveries { get; private set; }

    public decimal? UsualDays { get; private set; }

    public decimal? NowDays { get; private set; }

    /// <summary>The delivery with which it began, counted from 1.</summary>
    public int? BeganWith { get; private set; }

    public DateOnly? BeganOn { get; private set; }

    public DateOnly? NoticedOn { get; private set; }

    public decimal? SizeDays { get; private set; }

    /// <summary>How much more it varies: 2 is twice as much.</summary>
    public decimal? SpreadRatio { get; private set; }

    /// <summary>What the limits were chosen for: so many false alarms are expected in a hundred deliveries without drift.</summary>
    public decimal FalseAlarmsPerHundred { get; private set; }

    public DateTimeOffset AsOf { get; private set; }

    public int Version { get; private set; }

    internal static SupplierDrift Of(SeenDrift seen, DateTimeOffset at)
    {
        var drift = new SupplierDrift { Id = Guid.CreateVersion7(at), SupplierId = seen.Supplier };
        drift.See(seen, at);
        return drift;
    }

    /// <summary>Null when its state is as before.</summary>
    internal SupplierDriftChanged? See(SeenDrift seen, DateTimeOffset at)
    {
        var isChange = Version == 0 || State != seen.State;
        var from = State;
        (State, Deliveries, UsualDays, NowDays) = (seen.State, seen.Deliveries, seen.UsualDays, seen.NowDays);
        (BeganWith, BeganOn, NoticedOn) = (seen.BeganWith, seen.BeganOn, seen.NoticedOn);
        (SizeDays, SpreadRatio, FalseAlarmsPerHundred, AsOf) = (seen.SizeDays, seen.SpreadRatio, seen.FalseAlarmsPerHundred, at);
        Version++;
        return isChange ? new SupplierDriftChanged(Id, SupplierId, from, State, BeganOn, SizeDays, Deliveries) : null;
    }
}

public enum ServingState
{
    Serving,

    /// <summary>Too little is known, or the model is no better than the rule: the rule speaks.</summary>
    OnRules,

    /// <summary>The model left its band; the rule speaks and nothing is filed by it.</summary>
    Suspended,
}

/// <summary>A model that scores: which one, how well it does, and whether it may.</summary>
public sealed class ServedModel
{
    private ServedModel()
    {
    }

    public Guid Id { get; private set; }

    public string Name { get; private set; } = string.Empty;

    public ServingState State { get; private set; }

    public string Why { get; private set; } = string.Empty;

    public string ModelVersion { get; private set; } = string.Empty;

    public string ModelHash { get; private set; } = string.Empty;

    public DateTimeOffset? TrainedAt { get; private set; }

    public int TrainedOn { get; private set; }

    /// <summary>Mean absolute error on deliveries that it had not seen, in days.</summary>
    public decimal? Error { get; private set; }

    /// <summary>The same of the supplier's median, on the same deliveries.</summary>
    public decimal? RuleError { get; private set; }

    /// <summary>The share of these deliveries that came within the band, which shall be 0.8.</summary>
    public decimal? Coverage { get; private set; }

    public int MeasuredOn { get; private set; }

    /// <summary>The population stability index of the input that moved most; above 0.25 is a shift.</summary>
    public decimal? PopulationDrift { get; private set; }

    /// <summary>How many of its recommendations people decided.</summary>
    public int Decided { get; private set; }

    /// <summary>Of them, how many they rejected or edited.</summary>
    public int Overridden { get; private set; }

    /// <summary>Of how many it is known what really happened.</summary>
    public int Outcomes { get; private set; }

    public int OutcomesRight { get; private set; }

    public DateTimeOffset RanAt { get; private set; }

    public int Version { get; private set; }

    internal static ServedModel Of(string name, DateTimeOffset at) => new() { Id = Guid.CreateVersion7(at), Name = name };

    /// <summary>Null when state and version are as before.</summary>
    internal ModelServed? See(SeenModel seen, ModelFeedback feedback, DateTimeOffset at)
    {
        var isChange = Version == 0 || State != seen.State || !string.Equals(ModelVersion, seen.ModelVersion, StringComparison.Ordinal);
        (State, Why, ModelVersion, ModelHash) = (seen.State, seen.Why, seen.ModelVersion, seen.ModelHash);
        (TrainedAt, TrainedOn, MeasuredOn) = (seen.TrainedAt, seen.TrainedOn, seen.MeasuredOn);
        (Error, RuleError, Coverage, PopulationDrift) = (seen.Error, seen.RuleError, seen.Coverage, seen.PopulationDrift);
        (Decided, Overridden, Outcomes, OutcomesRight) = (feedback.Decided, feedback.Overridden, feedback.Outcomes, feedback.OutcomesRight);
        RanAt = at;
        Version++;
        return isChange ? new ModelServed(Id, Name, State, ModelVersion, Why) : null;
    }
}
