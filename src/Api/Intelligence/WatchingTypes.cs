using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Recommendations.Watching;
using Platform.Domain.Warehouses;

namespace Platform.Api.Intelligence;

internal sealed class LeadTimeOutlookType : Readable<LeadTimeOutlook>
{
    public LeadTimeOutlookType()
        : base("LeadTimeOutlook", "leadTimeOutlooks", "recommendations.read")
    {
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Source, "Whether a model or the supplier's median says it.");
        Column(row => row.Days, "How long an order that is sent now takes, in days.");
        Column(row => row.Low, "Four of five orders take between low and high.");
        Column(row => row.High, "Four of five orders take between low and high.");
        Column(row => row.SpreadDays, "The standard deviation of the lead time, in days.");
        Column(row => row.PlannedDays, "How long it was planned with.");
        Column(row => row.PlannedSpreadDays, "The standard deviation it was planned with.");
        Column(row => row.PlannedSafetyStock, "The safety stock that is planned, in base units.");
        Column(row => row.NeededSafetyStock);
        Column(row => row.Service);
        Column(row => row.ValueAtStake, "What is expected to be lost in a year if nothing changes.");
        Column(row => row.Deliveries, "How many deliveries of the supplier it rests on.");
        Column(row => row.OpenOrders, "How many orders of the supplier are on their way.");
        Column(row => row.Verdict, "What was made of it.");
        Column(row => row.Why, "Why nothing was recommended, or what was.");
        Column(row => row.ModelVersion, "The version of the model.");
        Column(row => row.AsOf, "When it was looked at.");
        One<Item>("item", row => row.ItemId, "The item.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Supplier>("supplier", row => row.SupplierId, "The supplier.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of what is at stake.");
    }
}

internal sealed class SupplierDriftType : Readable<SupplierDrift>
{
    public SupplierDriftType()
        : base("SupplierDrift", "supplierDrifts", "recommendations.read")
    {
        Scoped(ScopeKind.Supplier, row => row.SupplierId);
        Column(row => row.State, "What the detectors say.");
        Column(row => row.Deliveries, "How many deliveries they saw.");
        Column(row => row.UsualDays, "How long it used to take, in days.");
        Column(row => row.NowDays, "How long it takes now, in days.");
        Column(row => row.BeganWith);
        Column(row => row.BeganOn, "When the order was sent with which it began.");
        Column(row => row.NoticedOn, "When the delivery came that made it sure.");
        Column(row => row.SizeDays, "By how many days it changed.");
        Column(row => row.SpreadRatio);
        Column(row => row.FalseAlarmsPerHundred);
        Column(row => row.AsOf, "When it was looked at.");
        Column(row => row.Version);
        One<Supplier>("supplier", row => row.SupplierId, "The supplier.");
    }
}

internal sealed class ServedModelType : Readable<ServedModel>
{
    public ServedModelType()
        : base("ServedModel", "servedModels", "recommendations.read")
    {
        Shared();
        Column(row => row.Name, "What it decides about.");
        Column(row => row.State, "Whether it scores.");
        Column(row => row.Why, "Why it does or does not.");
        Column(row => row.ModelVersion, "The version that scores.");
        Column(row => row.ModelHash, "SHA-256 of it.");
        Column(row => row.TrainedAt, "When it learnt.");
        Column(row => row.TrainedOn, "From how many orders.");
        Column(row => row.Error);
        Column(row => row.RuleError);
        Column(row => row.Coverage);
        Column(row => row.MeasuredOn, "On how many deliveries that it had not seen it was measured.");
        Column(row => row.PopulationDrift);
        Column(row => row.Decided);
        Column(row => row.Overridden);
        Column(row => row.Outcomes);
        Column(row => row.OutcomesRight, "In how many of them it was right.");
        Column(row => row.RanAt, "When it scored last.");
        Column(row => row.Version);
        FindBy(row => row.Name);
    }
}
