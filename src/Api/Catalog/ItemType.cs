using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Stock.Ledger;

namespace Platform.Api.Catalog;

internal sealed class ItemType : Readable<Item>
{
    public ItemType()
        : base("Item", "items", "catalog.read")
    {
        Shared();
        Segments();
        Column(item => item.Code);
        Column(item => item.Status);
        Column(item => item.StatusReason);
        Column(item => item.Name);
        Column(item => item.Description, "What it is, at length.");
        Column(item => item.Brand, "Under which brand it is sold.");
        Column(item => item.Category, "The family of goods it belongs to.");
        Column(item => item.Gtin, "Its global trade item number.");
        Tracked();
        Weighed();
        Stored();
        Classified();
        Column(item => item.IsRegulated, "Whether rules beyond the usual ones apply to it.");
        Column(item => item.IsImported, "Whether it comes from abroad.");
        Column(item => item.CountryOfOrigin);
        Column(item => item.Version);
        Column(item => item.CreatedAt);
        Column(item => item.UpdatedAt);
        FindBy(item => item.Code);
        One<UnitOfMeasure>("baseUnit", item => item.BaseUnit, "The unit in which its stock is kept; it never changes.");
        One<UnitOfMeasure>("weightUnit", item => item.WeightUnit, "The unit in which it is weighed.");
        Many<ItemUnit>("units", unit => unit.ItemId, "Packs in which it is ordered, stored or sold.");
        Many<Lot>("lots", lot => lot.ItemId, "Its lots.");
        Many<Serial>("serials", serial => serial.ItemId, "Its numbered units.");
        Many<ItemSubstitute>("substitutes", link => link.ItemId, "What may be given in its place.");
        Many<ItemSubstitute>("substituteFor", link => link.SubstituteId, "What it may be given in the place of.");
        Many<ItemSupplierPart>("supplierParts", part => part.ItemId, "Who sells it, under which number.");
        Many<ItemDuplicateOverride>("duplicateOverrides", judged => judged.ItemId, "Items it was said not to be.");
        Many<StockBalance>("stockBalances", balance => balance.ItemId, "Where it lies.");
        Many<StockMovement>("stockMovements", movement => movement.ItemId, "Where it went.");
        Many<Reservation>("reservations", reservation => reservation.ItemId, "What is kept of it for somebody.");
        Many<ItemValue>("values", value => value.ItemId, "What its stock is worth, in each legal entity's books.");
    }

    private void Tracked()
    {
        Column(item => item.Tracking, "Whether its units are told apart by lot or serial number.");
        Column(item => item.SerialScope, "Where a serial number is unique.");
        Column(item => item.ShelfLifeDays, "How many days it keeps.");
        Column(item => item.ShelfLifeFrom, "The day from which shelf life is counted.");
        Column(item => item.UseByDays, "Days before expiry until which it must be used.");
        Column(item => item.RemovalDays, "Days before expiry at which it leaves the shelf.");
        Column(item => item.AlertDays, "Days before expiry at which somebody looks at it.");
        Column(item => item.MinimumDaysAtReceipt, "Days of shelf life a supplier must leave.");
    }

    private void Weighed()
    {
        Column(item => item.IsCatchWeight, "Moved in pieces, priced and valued by weight.");
        Column(item => item.NominalWeight, "What a piece should weigh.");
        Column(item => item.WeightTolerancePct, "How far a piece may weigh more or less, in percent.");
    }

    private void Stored()
    {
        Column(item => item.Temperature, "The temperature it must be kept at.");
        Column(item => item.HazardClass, "The danger it brings with it.");
        Column(item => item.SizeClass, "How much room a unit takes.");
        Column(item => item.HandlingClass, "How it must be handled.");
        Column(item => item.CostingMethod, "How cost flows through its stock.");
    }

    private void Classified()
    {
        Column(item => item.AbcClass, "Its share of what is sold.");
        Column(item => item.XyzClass, "How evenly it is asked for.");
        Column(item => item.Velocity, "How often it moves.");
        Column(item => item.Criticality, "What it means when it is missing.");
        Column(item => item.ShrinkRisk, "How easily it disappears.");
        Column(item => item.RegulatorySensitivity, "How closely authorities look at it.");
        Column(item => item.ClassMethod, "The method that found its classes.");
        Column(item => item.ClassifiedAt, "When its classes were found.");
    }
}
