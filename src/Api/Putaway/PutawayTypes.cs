using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Putaway;
using Platform.Domain.Receiving;
using Platform.Domain.Stock.Ledger;
using Platform.Domain.Warehouses;

namespace Platform.Api.Putaway;

internal sealed class WarehouseTaskType : Readable<WarehouseTask>
{
    public WarehouseTaskType()
        : base("WarehouseTask", "warehouseTasks", "putaway.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Number, "Its number, as people name it.");
        Column(row => row.Kind, "What is done.");
        Column(row => row.Status, "How far it has come.");
        Column(row => row.HandlingUnitId, "The pallet or carton.");
        Column(row => row.Condition, "The state in which the goods are carried.");
        Column(row => row.Quantity, "How many base units are to be carried.");
        Column(row => row.Explanation);
        Column(row => row.Priority);
        Column(row => row.DueAt, "Until when it should be done.");
        Column(row => row.LateAt, "Since when it is known to be late.");
        Column(row => row.WorkerId, "The account of whoever carries it.");
        Column(row => row.Worker, "Who carries it.");
        Column(row => row.ClaimedAt, "When somebody took it.");
        Column(row => row.Confirmed, "How many base units were put there.");
        Column(row => row.OverrideReason, "Why they were put into another bin than the directed one.");
        Column(row => row.PostingId, "The posting of the ledger that moved the goods.");
        Column(row => row.EndedAt, "When it ended.");
        Column(row => row.Reason, "Why it failed or was called off.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Number);
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<ReceiptLine>("receiptLine", row => row.ReceiptLineId, "The receipt line that brought the goods.");
        One<Reservation>("reservation", row => row.ReservationId, "Who waits for them.");
        One<WarehouseTask>("splitFrom", row => row.SplitFromId, "The task whose rest it is.");
        One<Item>("item", row => row.ItemId, "What is carried.");
        One<Lot>("lot", row => row.LotId, "Its lot.");
        One<Serial>("serial", row => row.SerialId, "Its serial number.");
        One<Owner>("owner", row => row.OwnerId, "Whose goods they are.");
        One<Bin>("fromBin", row => row.FromBinId, "Where the goods lie.");
        One<Bin>("toBin", row => row.ToBinId, "Where they are directed; null when no bin takes them.");
        One<Bin>("actualBin", row => row.ActualBinId, "Where they were put.");
    }
}

internal sealed class CrossDockMoveType : Readable<CrossDockMove>
{
    public CrossDockMoveType()
        : base("CrossDockMove", "crossDockMoves", "putaway.read")
    {
        Scoped(ScopeKind.LegalEntity, row => row.LegalEntityId);
        Scoped(ScopeKind.Warehouse, row => row.WarehouseId);
        Column(row => row.Quantity, "How many base units.");
        Column(row => row.IsConfirmed);
        Column(row => row.MovedBy, "The account that moved them.");
        Column(row => row.Mover, "Who moved them.");
        Column(row => row.MovedAt, "When they were moved.");
        One<LegalEntity>("legalEntity", row => row.LegalEntityId, "The company.");
        One<Warehouse>("warehouse", row => row.WarehouseId, "The site.");
        One<Item>("item", row => row.ItemId, "What was moved.");
        One<Lot>("lot", row => row.LotId, "Its lot.");
        One<Bin>("fromBin", row => row.FromBinId, "Where it lay.");
        One<Bin>("toBin", row => row.ToBinId, "Where it was put.");
        One<WarehouseTask>("task", row => row.TaskId, "The task that was confirmed; null when nobody scanned it.");
    }
}
