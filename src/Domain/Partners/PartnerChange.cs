using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>The new content of one field group of a partner in one of its roles, whole: what is not said is emptied.</summary>
[JsonDerivedType(typeof(PartnerIdentity), "identity")]
[JsonDerivedType(typeof(SupplierTerms), "supplierTerms")]
[JsonDerivedType(typeof(CustomerService), "customerService")]
[JsonDerivedType(typeof(CustomerCredit), "customerCredit")]
public abstract record PartnerChange
{
    /// <summary>The role whose record, and whose version, it changes.</summary>
    [JsonIgnore]
    public abstract RecordKind Kind { get; }

    [JsonIgnore]
    public abstract FieldGroup Group { get; }

    /// <summary>The first rule of its own that a field breaks.</summary>
    internal abstract InvalidField? Check();

    /// <summary>A group that the register of changes kept.</summary>
    internal static PartnerChange Read(FieldGroup group, string json)
    {
        var type = group switch
        {
            FieldGroup.Identity => typeof(PartnerIdentity),
            FieldGroup.Terms => typeof(SupplierTerms),
            FieldGroup.Service => typeof(CustomerService),
            FieldGroup.Credit => typeof(CustomerCredit),
            _ => throw new InvalidOperationException($"{group} is no changeable group of a partner."),
        };
        return (PartnerChange)JsonSerializer.Deserialize(json, type, KernelJson.Options)!;
    }
}

/// <summary>A partner, or one of its roles, as changes see it.</summary>
internal interface IPartnerRecord
{
    int Version { get; }

    PartnerChange Current(FieldGroup group);

    void Apply(PartnerChange change, DateTimeOffset at);
}
