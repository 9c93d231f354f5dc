using Platform.Api.Reading.Declaring;
using Platform.Domain.Catalog;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;
using Platform.Domain.Warehouses;

namespace Platform.Api.Stewardship;

internal sealed class MasterChangeType : Readable<MasterChange>
{
    public MasterChangeType()
        : base("MasterChange", "masterChanges", "stewardship.read")
    {
        ScopedByKind(
            row => row.RecordKind,
            row => row.RecordId,
            (RecordKind.LegalEntity, typeof(LegalEntity)),
            (RecordKind.Partner, typeof(Partner)),
            (RecordKind.Supplier, typeof(Supplier)),
            (RecordKind.Customer, typeof(Customer)),
            (RecordKind.Owner, typeof(Owner)),
            (RecordKind.Lot, typeof(Lot)),
            (RecordKind.Serial, typeof(Serial)),
            (RecordKind.Warehouse, typeof(Warehouse)),
            (RecordKind.CutOff, typeof(CutOff)),
            (RecordKind.FulfillmentChannel, typeof(FulfillmentChannel)),
            (RecordKind.Zone, typeof(Zone)),
            (RecordKind.Bin, typeof(Bin)));
        Column(row => row.RecordKind, "The kind of record.");
        Column(row => row.RecordId, "The record's id.");
        Column(row => row.FieldGroup, "The fields that change together.");
        Column(row => row.State, "Whether it took effect, waits, or did not.");
        Column(row => row.BaseVersion, "The version it was made against; 0 for a new record.");
        Column(row => row.Before);
        Column(row => row.After, "The fields as they become.");
        Column(row => row.RequestedBy, "The account that asked.");
        Column(row => row.RequestedByPerson, "The person behind it.");
        Column(row => row.RequestedAt, "When it was asked for.");
        Column(row => row.DecidedBy, "Who decided.");
        Column(row => row.DecidedAt, "When it was decided.");
        Column(row => row.Reason, "Why, in words.");
        Column(row => row.Version);
    }
}
