using System.Globalization;
using System.Text.RegularExpressions;

namespace Platform.Domain.Kernel;

/// <summary>An input field breaks a rule of its own, whatever else is true.</summary>
/// <param name="Field">The field as the client knows it, in camelCase.</param>
/// <param name="Rule">What it must be.</param>
/// <param name="Given">What was given, cut to a readable length.</param>
public sealed record InvalidField(string Field, string Rule, string? Given) : InvalidInput
{
    public override string Message => $"{Field} {Rule}; given: {(Given is null ? "nothing" : $"'{Given}'")}.";
}

/// <summary>
/// The rules of single fields. Each answers null when the value keeps the rule, so that checks chain with <c>??</c>
/// and the first broken one is the refusal.
/// </summary>
public static partial class Field
{
    private const int ShownCharacters = 80;

    /// <summary>Codes are typed, scanned and printed: capitals, digits and the four signs that every label printer has.</summary>
    public static InvalidField? Code(string field, string? value) =>
        value is not null && CodePattern().IsMatch(value)
            ? null
            : Invalid(field, "must be 1 to 40 capital letters, digits or . _ / - and begin with a letter or digit", value);

    public static InvalidField? Text(string field, string? value, int most) =>
        string.IsNullOrWhiteSpace(value)
            ? Invalid(field, "must not be empty", value)
            : OptionalText(field, value, most);

    public static InvalidField? OptionalText(string field, string? value, int most)
    {
        if (value is null)
        {
            return null;
        }

        if (value.Length == 0 || value.Length > most)
        {
            return Invalid(field, $"must have 1 to {most} characters", value);
        }

        if (char.IsWhiteSpace(value[0]) || char.IsWhiteSpace(value[^1]))
        {
            return Invalid(field, "must not begin or end with a space", value);
        }

        // PostgreSQL stores no NUL and no half of a surrogate pair; labels print no control characters.
        return value.Any(char.IsControl) || !IsWellFormed(value)
            ? Invalid(field, "must hold no control characters and no broken ones", value)
            : null;
    }

    public static InvalidField? Pattern(string field, string? value, Regex pattern, string rule) =>
        value is not null && pattern.IsMatch(value) ? null : Invalid(field, rule, value);

    public static InvalidField? Country(string field, string? value) =>
        Pattern(field, value, CountryPattern(), "must be a country of two capital letters (ISO 3166)");

    public static InvalidField? OptionalCountry(string field, string? value) =>
        value is null ? null : Country(field, value);

    public static InvalidField? Whole(string field, long? value, long least, long most) =>
        value is null || (value >= least && value <= most)
            ? null
            : Invalid(field, string.Create(CultureInfo.InvariantCulture, $"must lie between {least} and {most}"), Show(value));

    /// <summary>A measure: positive, within its column, no finer than it can be stored.</summary>
    public static InvalidField? Positive(string field, decimal? value, decimal most, int decimals)
    {
        if (value is null)
        {
            return null;
        }

        if (value <= 0 || value > most)
        {
            return Invalid(field, string.Create(CultureInfo.InvariantCulture, $"must be more than 0 and at most {most}"), Show(value));
        }

        return decimal.Round(value.Value, decimals) == value
            ? null
            : Invalid(field, string.Create(CultureInfo.InvariantCulture, $"must have at most {decimals} decimals"), Show(value));
    }

    /// <summary>An enum that came from code, not from the wire, may hold a number that nobody named.</summary>
    public static InvalidField? Known<TEnum>(string field, TEnum? value)
        where TEnum : struct, Enum =>
        value is null || Enum.IsDefined(value.Value)
            ? null
            : Invalid(field, $"must be one of {string.Join(", ", Enum.GetNames<TEnum>())}", value.ToString());

    public static InvalidField Invalid(string field, string rule, string? given) =>
        new(field, rule, given is { Length: > ShownCharacters } ? Cut(given) : given);

    /// <summary>A refusal is stored and sent as JSON, so what is shown must be well-formed itself.</summary>
    private static string Cut(string given) =>
        given[..(char.IsHighSurrogate(given[ShownCharacters - 1]) ? ShownCharacters - 1 : ShownCharacters)] + "…";

    private static string? Show(IFormattable? value) => value?.ToString(format: null, CultureInfo.InvariantCulture);

    private static bool IsWellFormed(string value)
    {
        for (var i = 0; i < value.Length; i++)
        {
            if (char.IsSurrogate(value[i]))
            {
                if (!char.IsHighSurrogate(value[i]) || i + 1 == value.Length || !char.IsLowSurrogate(value[i + 1]))
                {
                    return false;
                }

                i++;
            }
        }

        return true;
    }

    [GeneratedRegex(@"\A[A-Z0-9][A-Z0-9._/-]{0,39}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex CodePattern();

    [GeneratedRegex(@"\A[A-Z]{2}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex CountryPattern();
}
