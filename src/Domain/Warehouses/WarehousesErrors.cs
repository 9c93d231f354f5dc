using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

public sealed record CalendarNotFound(CalendarId Calendar) : DomainError
{
    public override string Message => $"There is no calendar {Calendar}.";
}

public sealed record CalendarCodeTaken(string CalendarCode) : DomainError
{
    public override string Message => $"There is already a calendar {CalendarCode}.";
}

public sealed record CalendarDayNotFound(CalendarId Calendar, DateOnly Day) : DomainError
{
    public override string Message => $"{Day:O} is an ordinary day of calendar {Calendar}.";
}

/// <summary>Nobody works for more than three years: the calendar is wrong, and no date can be promised by it.</summary>
public sealed record NoWorkingDay(DateOnly From) : DomainError
{
    public override string Message => $"No working day follows within three years of {From:O}.";
}

public sealed record WarehouseNotFound(WarehouseId Warehouse) : DomainError
{
    public override string Message => $"There is no warehouse {Warehouse}.";
}

public sealed record WarehouseCodeTaken(string WarehouseCode) : DomainError
{
    public override string Message => $"There is already a warehouse {WarehouseCode}.";
}

public sealed record WarehouseIsRetired(WarehouseId Warehouse) : DomainError
{
    public override string Message => $"Warehouse {Warehouse} is retired and changes no more.";
}

/// <summary>A warehouse opens when goods can come in and, unless it only passes them on, be kept.</summary>
public sealed record WarehouseIncomplete(WarehouseId Warehouse, string Missing) : DomainError
{
    public override string Message => $"Warehouse {Warehouse} cannot open: it has no {Missing}.";
}

public sealed record TimeZoneUnknown(string TimeZone) : DomainError
{
    public override string Message => $"There is no time zone {TimeZone} (IANA, such as Europe/Berlin).";
}

public sealed record OperatorMissing(WarehouseRole Role) : DomainError
{
    public override string Message => $"A warehouse of role {Role} is run by a partner: name it.";
}

public sealed record PartnerIsNoCarrier(PartnerId Partner) : DomainError
{
    public override string Message => $"Partner {Partner} is no carrier.";
}

public sealed record ZoneNotFound(ZoneId Zone) : DomainError
{
    public override string Message => $"There is no zone {Zone}.";
}

public sealed record ZoneCodeTaken(WarehouseId Warehouse, string ZoneCode) : DomainError
{
    public override string Message => $"Warehouse {Warehouse} already has a zone {ZoneCode}.";
}

public sealed record ZoneIsRetired(ZoneId Zone) : DomainError
{
    public override string Message => $"Zone {Zone} is retired.";
}

/// <summary>NET-03: these classes must not lie in one zone.</summary>
public sealed record HazardsNotTogether(HazardClass One, HazardClass Other) : DomainError
{
    public override string Message => $"{One} and {Other} must not lie in one zone.";
}

/// <summary>What lies there was put under the old rule, and might break the new one.</summary>
public sealed record ZoneHoldsStock(ZoneId Zone, string Field) : DomainError
{
    public override string Message => $"{Field} of zone {Zone} cannot change while its bins hold stock.";
}

public sealed record BinNotFound(BinId Bin) : DomainError
{
    public override string Message => $"There is no bin {Bin}.";
}

public sealed record BinCodeTaken(ZoneId Zone, string BinCode) : DomainError
{
    public override string Message => $"The warehouse of zone {Zone} already has a bin {BinCode}.";
}

public sealed record BinIsRetired(BinId Bin) : DomainError
{
    public override string Message => $"Bin {Bin} is retired.";
}

/// <summary>NET-01: stock lies only in bins, so a bin with stock cannot become a group; nor may its rules tighten around it.</summary>
public sealed record BinHoldsStock(BinId Bin, string Field) : DomainError
{
    public override string Message => $"{Field} of bin {Bin} cannot change so while it holds stock.";
}

public sealed record BinHoldsAnotherItem(BinId Bin, ItemId Item) : DomainError
{
    public override string Message => $"Bin {Bin} holds item {Item}; it cannot be dedicated to another.";
}

/// <summary>NET-01: bins are nested under groups of the same zone.</summary>
public sealed record ParentIsNoGroup(BinId Parent) : DomainError
{
    public override string Message => $"Bin {Parent} is no group in use of this zone.";
}

/// <summary>A group with bins under it cannot hold stock itself.</summary>
public sealed record GroupHasBins(BinId Bin, long Bins) : DomainError
{
    public override string Message => $"Bin {Bin} is a group of {Bins} bins.";
}

/// <summary>Groups hold no stock, so they have neither capacity nor a dedicated item.</summary>
public sealed record GroupHoldsNothing(string Field) : DomainError
{
    public override string Message => $"A group of bins holds no stock: it has no {Field}.";
}

public sealed record BinNotBlocked(BinId Bin) : DomainError
{
    public override string Message => $"Bin {Bin} is not blocked.";
}

public sealed record ChannelNotFound(FulfillmentChannelId Channel) : DomainError
{
    public override string Message => $"There is no fulfillment channel {Channel} in use.";
}

public sealed record ChannelCodeTaken(string ChannelCode) : DomainError
{
    public override string Message => $"There is already a fulfillment channel {ChannelCode}.";
}

/// <summary>NET-05: goods cross entities only by an intercompany flow, so a channel ships from its own entity.</summary>
public sealed record ChannelOfAnotherEntity(FulfillmentChannelId Channel, LegalEntityId Entity, LegalEntityId WarehouseEntity)
    : DomainError
{
    public override string Message =>
        $"Channel {Channel} sells for entity {Entity}; the warehouse belongs to {WarehouseEntity}.";
}

public sealed record TemplateTooLarge(WarehouseId Template, long Bins, long Most) : DomainError
{
    public override string Message => $"Warehouse {Template} has {Bins} bins; at most {Most} are cloned at once.";
}

/// <summary>The record named by a change request is of a kind that has no changes here, or is gone.</summary>
public sealed record LocationIsRetired(RecordKind Record, Guid Id) : DomainError
{
    public override string Message => $"{Record} {Id} is retired and changes no more.";
}
