using Platform.Api.Reading.Declaring;
using Platform.Domain.Partners;

namespace Platform.Api.Partners;

internal sealed class ExchangeRateType : Readable<ExchangeRate>
{
    public ExchangeRateType()
        : base("ExchangeRate", "exchangeRates", "partners.read")
    {
        Shared();
        Column(row => row.ValidFrom, "The first day on which it holds.");
        Column(row => row.Rate, "What one unit of the one currency is worth in the other.");
        Column(row => row.Source, "Who published it.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        One<KnownCurrency>("fromCurrency", row => row.FromCurrency, "The currency that is worth something.");
        One<KnownCurrency>("toCurrency", row => row.ToCurrency, "The currency it is worth it in.");
    }
}
