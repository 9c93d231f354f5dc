using System.Text.RegularExpressions;
using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;

namespace Platform.Domain.Receiving;

/// <summary>What the label of a lot says.</summary>
/// <param name="Code">The lot's code.</param>
/// <param name="SupplierLot">What the supplier calls it, where that differs.</param>
/// <param name="ManufacturedOn">The day on which it was made.</param>
/// <param name="ExpiresOn">The last day of its shelf life, as printed.</param>
/// <param name="CountryOfOrigin">The country it was made in, as two capital letters (ISO 3166).</param>
public sealed record ReceivedLot(
    string Code, string? SupplierLot, DateOnly? ManufacturedOn, DateOnly? ExpiresOn, string? CountryOfOrigin);

/// <summary>A photo of damage: where it is kept, and the fingerprint of its content.</summary>
/// <param name="Uri">Where it is kept.</param>
/// <param name="Sha256">The SHA-256 of its content, as 64 small hexadecimal digits.</param>
public sealed record DamageEvidence(string Uri, string Sha256)
{
    internal InvalidField? Check(string at) =>
        Field.Text($"{at}.uri", Uri, most: 500)
        ?? (System.Uri.TryCreate(Uri, UriKind.Absolute, out _) ? null : Field.Invalid($"{at}.uri", "must be an absolute address", Uri))
        ?? Field.Pattern($"{at}.sha256", Sha256, EvidencePatterns.Sha256(), "must be 64 small hexadecimal digits");
}

internal static partial class EvidencePatterns
{
    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    internal static partial Regex Sha256();
}

/// <summary>So many of one item in one condition, of one lot, for one line of an order.</summary>
/// <param name="OrderLine">The line that it was ordered on.</param>
/// <param name="Unit">The unit in which it was counted.</param>
/// <param name="Quantity">How many of the unit.</param>
/// <param name="Weight">What it weighs, for items priced by weight.</param>
/// <param name="Condition">Good or damaged.</param>
/// <param name="Lot">Its lot, where the item is tracked by lot.</param>
/// <param name="Serials">The number of every single unit, where the item is tracked so; otherwise empty.</param>
/// <param name="Evidence">The photo; damage without one is not taken in.</param>
public sealed record ReceivedGoods(
    PurchaseOrderLineId OrderLine, string Unit, decimal Quantity, decimal? Weight, ReceivedCondition Condition, ReceivedLot? Lot,
    IReadOnlyList<string> Serials, DamageEvidence? Evidence)
{
    internal const int MostSerials = 1000;

    internal InvalidField? Check(string at) =>
        Field.Text($"{at}.unit", Unit, most: 20)
        ?? Field.Positive($"{at}.quantity", Quantity, most: 1_000_000_000m, decimals: 6)
        ?? Field.Positive($"{at}.weight", Weight, most: 1_000_000_000m, decimals: 6)
        ?? Field.Known<ReceivedCondition>($"{at}.condition", Condition)
        ?? Field.Whole($"{at}.serials", Serials.Count, least: 0, most: MostSerials)
        ?? Serials.Select((code, no) => Field.Text($"{at}.serials.{no}", code, most: 60)).FirstOrDefault(found => found is not null)
        ?? (Serials.CountBy(code => code, StringComparer.Ordinal).FirstOrDefault(code => code.Value > 1) is { Value: > 1 } twice
            ? Field.Invalid($"{at}.serials", "must not repeat one", twice.Key)
            : null)
        ?? (Lot is null
            ? null
            : Field.Text($"{at}.lot.code", Lot.Code, most: 60)
                ?? Field.OptionalText($"{at}.lot.supplierLot", Lot.SupplierLot, most: 60)
                ?? Field.OptionalCountry($"{at}.lot.countryOfOrigin", Lot.CountryOfOrigin)
                ?? Catalog.LotDates.Check($"{at}.lot.manufacturedOn", Lot.ManufacturedOn)
                ?? Catalog.LotDates.Check($"{at}.lot.expiresOn", Lot.ExpiresOn))
        ?? Evidence?.Check($"{at}.evidence")
        ?? (Condition == ReceivedCondition.Damaged && Evidence is null
            ? Field.Invalid($"{at}.evidence", "must show the damage", given: null)
            : null);
}
