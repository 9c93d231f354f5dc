using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Warehouses;

namespace Platform.Api.Stock;

internal sealed class StockMovementType : Readable<StockMovement>
{
    public StockMovementType()
        : base("StockMovement", "stockMovements", "stock.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        ScopedLikeEither<Bin>(row => row.FromBinId, row => row.ToBinId);
        Column(row => row.Line, "Its line in the document.");
        Column(row => row.Type, "What kind of move it is.");
        Column(row => row.FromPlace, "The kind of place it left.");
        Column(row => row.FromCondition, "The condition it left in.");
        Column(row => row.ToPlace, "The kind of place it went to.");
        Column(row => row.ToCondition, "The condition it arrived in.");
        Column(row => row.Quantity, "Base units.");
        Column(row => row.Weight, "What it weighs, for items priced by weight.");
        Column(row => row.EnteredQuantity, "The quantity as somebody entered it.");
        Column(row => row.EnteredUnit, "The unit it was entered in.");
        Column(row => row.DocumentLineId, "The document's line it fulfils.");
        Column(row => row.OccurredAt);
        Column(row => row.RecordedAt);
        One<StockPosting>("posting", row => row.PostingId, "What it was posted with.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "In whose books it stands.");
        One<Item>("item", row => row.ItemId, "What went.");
        One<Lot>("lot", row => row.LotId, "Its lot.");
        One<Serial>("serial", row => row.SerialId, "Its number.");
        One<Owner>("owner", row => row.OwnerId, "Whose it was.");
        One<Owner>("newOwner", row => row.NewOwnerId, "Whose it became.");
        One<Bin>("fromBin", row => row.FromBinId, "The bin it left.");
        One<Bin>("toBin", row => row.ToBinId, "The bin it went to.");
        One<Partner>("partner", row => row.PartnerId, "The company it came from or went to.");
        One<StockMovement>("reverses", row => row.ReversesId, "The movement it takes back.");
        One<StockMovement>("returns", row => row.ReturnsId, "The movement whose goods come back.");
        Many<ValueEntry>("valueEntries", row => row.Id, "What it did to the value of stock.");
    }
}
