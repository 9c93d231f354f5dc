using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Exceptions;
using Platform.Domain.Partners;
using Platform.Domain.Planning;
using Platform.Domain.Warehouses;

namespace Platform.Api.Planning;

internal sealed class BuyerTaskType : Readable<BuyerTask>
{
    public BuyerTaskType()
        : base("BuyerTask", "buyerTasks", "planning.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Kind, "What is to be done.");
        Column(row => row.Title, "The need or the case in a line.");
        Column(row => row.IsUrgent, "Whether it is in a hurry.");
        Column(row => row.Impact, "What is at stake, in the company's currency; null when nobody knows a price.");
        Column(row => row.DueOn, "When it is needed, or should be dealt with.");
        Column(row => row.Since, "Since when it waits.");
        One<ReorderProposal>("proposal", row => row.ProposalId, "The need.");
        One<ExceptionCase>("case", row => row.CaseId, "The case.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Supplier>("supplier", row => row.SupplierId, "The supplier, once one was decided on.");
        One<Item>("item", row => row.ItemId, "The item.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The company's currency.");
    }
}

internal sealed class SupplierSharesType : Readable<SupplierShares>
{
    public SupplierSharesType()
        : base("SupplierShares", "supplierShares", "planning.read")
    {
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Reason, "Why it is split so.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<Item>("item", row => row.ItemId, "The item.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        Many<SupplierShare>("shares", row => row.SharesId, "What each supplier is meant to get.");
    }
}

internal sealed class SupplierShareType : Readable<SupplierShare>
{
    public SupplierShareType()
        : base("SupplierShare", "supplierShareRows", "planning.read")
    {
        ScopedLike<SupplierShares>(row => row.SharesId);
        Column(row => row.Percent, "How much of a hundred.");
        One<SupplierShares>("split", row => row.SharesId, "The split.");
        One<Supplier>("supplier", row => row.SupplierId, "Who is meant to get it.");
    }
}

internal sealed class ForecastAccuracyType : Readable<ForecastAccuracy>
{
    public ForecastAccuracyType()
        : base("ForecastAccuracy", "forecastAccuracies", "planning.read")
    {
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Weeks);
        Column(row => row.Forecast, "What was forecast for those weeks, in base units.");
        Column(row => row.Actual, "What left in them.");
        Column(row => row.BiasPercent);
        Column(row => row.ErrorPercent);
        Column(row => row.MeanDeviation);
        Column(row => row.TrackingSignal);
        Column(row => row.IsBiased, "Whether the forecasts are wrong in one direction.");
        Column(row => row.ComputedAt, "When it was measured.");
        One<Item>("item", row => row.ItemId, "The item.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
    }
}
