using Platform.Api.Access;
using Platform.Domain.Catalog;
using Platform.Domain.Finance;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;
using Platform.Domain.Warehouses;

namespace Platform.Api.Live.Rules;

/// <summary>Items and what belongs to them are shared by all companies of the house.</summary>
internal sealed class CatalogEvents : IEventRules
{
    private const string Read = "catalog.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Shared<ItemCreated>(Read),
        Rule.Shared<ItemActivated>(Read),
        Rule.Shared<ItemBlocked>(Read),
        Rule.Shared<ItemUnblocked>(Read),
        Rule.Shared<ItemRetired>(Read),
        Rule.Shared<ItemChangeRecorded>(Read),
        Rule.Shared<DuplicateOverridden>(Read),
        Rule.Shared<PackChangeRecorded>(Read),
        Rule.Shared<PackRetired>(Read),
        Rule.Shared<SubstituteLinked>(Read),
        Rule.Shared<SubstituteUnlinked>(Read),
        Rule.OfPartner<SupplierPartAdded>(Read, happened => happened.Supplier.Value),
        Rule.OfPartner<SupplierPartRemoved>(Read, happened => happened.Supplier.Value),
        Rule.At<LotRegistered>(Read, (happened, _, _) => new(EventReach.OfSupplier(happened.Supplier?.Value))),
        Rule.At<LotDatesCorrected>(Read, (happened, places, ct) => places.OfLotAsync(happened.Lot.Value, ct)),
        Rule.At<LotBlocked>(Read, (happened, places, ct) => places.OfLotAsync(happened.Lot.Value, ct)),
        Rule.At<LotUnblocked>(Read, (happened, places, ct) => places.OfLotAsync(happened.Lot.Value, ct)),
        Rule.At<SerialRegistered>(Read, (_, _, _) => new(EventReach.House)),
        Rule.At<SerialBlocked>(Read, (_, _, _) => new(EventReach.House)),
        Rule.At<SerialUnblocked>(Read, (_, _, _) => new(EventReach.House)),
        Rule.Shared<UnitDefined>(Read),
    ];
}

/// <summary>A partner in the portal hears of themselves and of no other partner.</summary>
internal sealed class PartnerEvents : IEventRules
{
    private const string Read = "partners.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.OfPartner<PartnerCreated>(Read, happened => happened.Partner.Value),
        Rule.OfPartner<PartnerBlocked>(Read, happened => happened.Partner.Value),
        Rule.OfPartner<PartnerUnblocked>(Read, happened => happened.Partner.Value),
        Rule.OfPartner<PartnerRetired>(Read, happened => happened.Partner.Value),
        Rule.OfPartner<PartnerChangeRecorded>(Read, happened => happened.Partner.Value),
        Rule.OfPartner<SupplierRegistered>(Read, happened => happened.Supplier.Value),
        Rule.OfPartner<SupplierApproved>(Read, happened => happened.Supplier.Value),
        Rule.OfPartner<SupplierSuspended>(Read, happened => happened.Supplier.Value),
        Rule.OfPartner<SupplierReinstated>(Read, happened => happened.Supplier.Value),
        Rule.OfPartner<CustomerRegistered>(Read, happened => happened.Customer.Value),
        Rule.OfPartner<CreditHoldPlaced>(Read, happened => happened.Customer.Value),
        Rule.OfPartner<CreditHoldReleased>(Read, happened => happened.Customer.Value),
        Rule.InEntity<OwnerCreated>(Read, happened => happened.LegalEntity),
        Rule.At<OwnerRetired>(Read, (happened, places, ct) => places.OfOwnerAsync(happened.Owner.Value, ct)),
        Rule.InEntity<LegalEntityCreated>(Read, happened => happened.LegalEntity),
        Rule.InEntity<LegalEntityRenamed>(Read, happened => happened.LegalEntity),
        Rule.InEntity<LegalEntityBlocked>(Read, happened => happened.LegalEntity),
        Rule.InEntity<LegalEntityUnblocked>(Read, happened => happened.LegalEntity),
        Rule.InEntity<LegalEntityRetired>(Read, happened => happened.LegalEntity),
    ];
}

internal sealed class FinanceEvents : IEventRules
{
    private const string Read = "finance.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Shared<CurrencyAdded>(Read),
        Rule.Shared<ExchangeRateRecorded>(Read),
        Rule.Shared<ExchangeRateCorrected>(Read),
        Rule.InEntity<PeriodWasClosed>(Read, happened => happened.LegalEntity),
        Rule.InEntity<PeriodWasReopened>(Read, happened => happened.LegalEntity),
    ];
}

internal sealed class NetworkEvents : IEventRules
{
    private const string Read = "network.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Shared<CalendarCreated>(Read),
        Rule.Shared<CalendarChanged>(Read),
        Rule.Shared<CalendarDaySet>(Read),
        Rule.Shared<CalendarDayCleared>(Read),
        Rule.Narrowed<WarehouseCreated>(
            Read,
            (happened, places, ct) => places.OfWarehouseAsync(happened.Warehouse.Value, ct),
            async (happened, listener, places, ct) => happened with { ClonedFrom = await SeenAsync(happened.ClonedFrom, listener, places, ct) }),
        Rule.Narrowed<WarehouseCloned>(
            Read,
            (happened, places, ct) => places.OfWarehouseAsync(happened.Warehouse.Value, ct),
            async (happened, listener, places, ct) => happened with { Template = await SeenAsync(happened.Template, listener, places, ct) }),
        Rule.InWarehouse<WarehouseActivated>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<WarehouseBlocked>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<WarehouseUnblocked>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<WarehouseRetired>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<ZoneCreated>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<ZoneRetired>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<BinCreated>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<BinBlocked>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<BinUnblocked>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<BinRetired>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<CutOffSet>(Read, happened => happened.Warehouse),
        Rule.InEntity<ChannelOpened>(Read, happened => happened.LegalEntity),
        Rule.At<ChannelClosed>(Read, (happened, places, ct) => places.OfChannelAsync(happened.Channel.Value, ct)),
        Rule.InWarehouse<ChannelServed>(Read, happened => happened.Warehouse),
        Rule.InWarehouse<ChannelServiceStopped>(Read, happened => happened.Warehouse),
        Rule.At<LocationChangeRecorded>(
            Read, (happened, places, ct) => RecordScope.OfAsync(happened.Record, happened.Location, places, ct)),
    ];

    /// <summary>Which warehouse was the model is told to those who see that warehouse too.</summary>
    private static async ValueTask<WarehouseId?> SeenAsync(WarehouseId? other, Principal listener, Places places, CancellationToken ct) =>
        other is { } id && (await places.OfWarehouseAsync(id.Value, ct)).Meets(listener.Rows) ? other : null;
}

internal sealed class StewardshipEvents : IEventRules
{
    private const string Read = "stewardship.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Shared<FieldGroupAssigned>(Read),
        Rule.At<MasterChangeRejected>(
            Read, (happened, places, ct) => RecordScope.OfAsync(happened.Record, happened.RecordId, places, ct)),
        Rule.At<MasterChangeWithdrawn>(
            Read, (happened, places, ct) => RecordScope.OfAsync(happened.Record, happened.RecordId, places, ct)),
    ];
}

/// <summary>Whose a master record is, whatever its kind.</summary>
internal static class RecordScope
{
    public static ValueTask<EventReach> OfAsync(RecordKind kind, Guid id, Places places, CancellationToken ct) => kind switch
    {
        RecordKind.LegalEntity => new(new EventReach(id, [], null)),
        RecordKind.Partner or RecordKind.Supplier or RecordKind.Customer => new(new EventReach(null, [], id)),
        RecordKind.Owner => places.OfOwnerAsync(id, ct),
        RecordKind.Warehouse => places.OfWarehouseAsync(id, ct),
        RecordKind.CutOff => places.OfCutOffAsync(id, ct),
        RecordKind.FulfillmentChannel => places.OfChannelAsync(id, ct),
        RecordKind.Zone => places.OfZoneAsync(id, ct),
        RecordKind.Bin => places.OfBinAsync(id, ct),
        RecordKind.ExchangeRate or RecordKind.Item or RecordKind.ItemUnit or RecordKind.ItemSubstitute
            or RecordKind.Calendar => new(EventReach.Shared),
        RecordKind.Lot => places.OfLotAsync(id, ct),
        RecordKind.Serial => new(EventReach.House),
    };
}
