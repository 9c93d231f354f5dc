using Platform.Api.Reading.Declaring;
using Platform.Domain.Stewardship;

namespace Platform.Api.Stewardship;

internal sealed class FieldGroupOwnerType : Readable<FieldGroupOwner>
{
    public FieldGroupOwnerType()
        : base("FieldGroupOwner", "fieldGroupOwners", "stewardship.read")
    {
        Shared();
        Column(row => row.RecordKind, "The kind of record.");
        Column(row => row.FieldGroup, "The fields that change together.");
        Column(row => row.OwnerRole, "The role that decides about them.");
    }
}
