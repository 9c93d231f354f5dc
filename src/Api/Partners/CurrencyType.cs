using Platform.Api.Reading.Declaring;
using Platform.Domain.Partners;

namespace Platform.Api.Partners;

internal sealed class CurrencyType : Readable<KnownCurrency>
{
    public CurrencyType()
        : base("Currency", "currencies", "partners.read")
    {
        Shared();
        Column(row => row.Code, "ISO 4217 code of three letters.");
        Column(row => row.Name);
        Column(row => row.Digits, "Decimals of its smallest coin.");
        Column(row => row.Status);
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        FindBy(row => row.Code);
    }
}
