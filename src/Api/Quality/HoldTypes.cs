using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Quality;
using Platform.Domain.Quality.Disposing;
using Platform.Domain.Quality.Holding;
using Platform.Domain.Warehouses;

namespace Platform.Api.Quality;

internal sealed class StockHoldType : Readable<StockHold>
{
    public StockHoldType()
        : base("StockHold", "stockHolds", "quality.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Number, "Its number, as people name it.");
        Column(row => row.Kind, "For whose cause the goods are held back.");
        Column(row => row.Status, "Whether it stands.");
        Column(row => row.Reason, "Why the goods are held back.");
        Column(row => row.Reference);
        Column(row => row.Quantity);
        Column(row => row.PlacedBy, "The account that placed it.");
        Column(row => row.Placer, "Who placed it.");
        Column(row => row.PlacedAt, "When it was placed.");
        Column(row => row.ReleasedBy, "The account that released it.");
        Column(row => row.ReleasedAt, "When it was released.");
        Column(row => row.ReleaseReason, "Why it was released.");
        Column(row => row.Version);
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site; all of the company's when null.");
        One<Bin>("bin", row => row.BinId, "The bin; all of them when null.");
        One<Item>("item", row => row.ItemId, "The item; all of them when null.");
        One<Lot>("lot", row => row.LotId, "The lot; all of them when null.");
        One<Serial>("serial", row => row.SerialId, "The one unit; all of them when null.");
        Many<StockHoldPart>("parts", row => row.HoldId, "The units that it took out of use and answers for.");
    }
}

internal sealed class StockHoldPartType : Readable<StockHoldPart>
{
    public StockHoldPartType()
        : base("StockHoldPart", "stockHoldParts", "quality.read")
    {
        ScopedLike<StockHold>(row => row.HoldId);
        Column(row => row.HandlingUnitId, "The pallet or carton.");
        Column(row => row.Quantity, "Base units that it took out of use.");
        Column(row => row.FreesAs);
        Column(row => row.Freed);
        Column(row => row.TakenAt, "When it took them.");
        Column(row => row.Version);
        One<InspectionPart>("inspectionPart", row => row.InspectionPartId, "The part of an inspection in which they were accepted while the hold stood.");
        One<StockHold>("hold", row => row.HoldId, "The hold that answers for them now.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Bin>("bin", row => row.BinId, "Where they lay then.");
        One<Item>("item", row => row.ItemId, "What they are.");
        One<Lot>("lot", row => row.LotId, "Their lot.");
        One<Serial>("serial", row => row.SerialId, "Its serial number.");
        One<Owner>("owner", row => row.OwnerId, "Whose goods they are.");
    }
}

internal sealed class DispositionType : Readable<Disposition>
{
    public DispositionType()
        : base("Disposition", "dispositions", "quality.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Number, "Its number, as people name it.");
        Column(row => row.Kind, "What becomes of the goods.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.SourceKind, "The kind of document line that brought the goods.");
        Column(row => row.SourceId, "The document line that brought the goods.");
        Column(row => row.HandlingUnitId, "The pallet or carton.");
        Column(row => row.Condition, "The state in which the goods were.");
        Column(row => row.UsedAs);
        Column(row => row.Quantity, "How many base units.");
        Column(row => row.Weight, "Their weight, for goods priced by weight.");
        Column(row => row.Value, "What they stand at in the books.").Needs("stock.value.read");
        Column(row => row.Reason, "Why it is proposed.");
        Column(row => row.Evidence);
        Column(row => row.ProposedBy, "The account that proposed it.");
        Column(row => row.ProposedAt, "When it was proposed.");
        Column(row => row.CarriedOutAt, "When it was carried out.");
        Column(row => row.PostingId, "The posting of the ledger that carried it out.");
        Column(row => row.EndedAt, "When it ended without being carried out.");
        Column(row => row.EndReason, "Why it ended so.");
        Column(row => row.Version);
        FindBy(row => row.Number);
        One<Inspection>("inspection", row => row.InspectionId, "The inspection that rejected them.");
        One<InspectionPart>("inspectionPart", row => row.InspectionPartId, "The part of it.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Bin>("bin", row => row.BinId, "Where the goods lay.");
        One<Item>("item", row => row.ItemId, "What they are.");
        One<Lot>("lot", row => row.LotId, "Their lot.");
        One<Serial>("serial", row => row.SerialId, "Its serial number.");
        One<Owner>("owner", row => row.OwnerId, "Whose goods they are.");
        One<Supplier>("supplier", row => row.SupplierId, "Who takes them back, or delivered them.");
        One<KnownCurrency>("currency", row => row.CurrencyCode, "The currency of the value.");
    }
}
