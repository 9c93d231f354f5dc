using System.Globalization;

namespace Platform.Intelligence.Learning.XgboostFormat;

/// <summary>
/// Single precision as XGBoost writes it: the shortest digits that read back the same, always with an exponent
/// (0 is 0E0, a half is 5E-1). A number without one would be read as an integer and refused.
/// </summary>
internal static class FloatText
{
    public static string Of(float value)
    {
        if (float.IsNaN(value))
        {
            return "NaN";
        }

        if (float.IsInfinity(value))
        {
            return value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return float.IsNegative(value) ? "-0E0" : "0E0";
        }

        // E8 holds nine digits, enough for every float; R is the shortest. Its digits are moved behind one exponent.
        var shortest = Math.Abs(value).ToString("R", CultureInfo.InvariantCulture);
        var exponentAt = shortest.IndexOf('E', StringComparison.Ordinal);
        var exponent = exponentAt < 0 ? 0 : int.Parse(shortest.AsSpan(exponentAt + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture);
        var mantissa = exponentAt < 0 ? shortest : shortest[..exponentAt];
        var point = mantissa.IndexOf('.', StringComparison.Ordinal);
        var digits = mantissa.Replace(".", "", StringComparison.Ordinal);
        exponent += (point < 0 ? mantissa.Length : point) - 1;
        var leading = digits.Length - digits.TrimStart('0').Length;
        digits = digits.Trim('0');
        exponent -= leading;
        var sign = value < 0 ? "-" : "";
        var fraction = digits.Length > 1 ? $".{digits[1..]}" : "";
        return string.Create(CultureInfo.InvariantCulture, $"{sign}{digits[0]}{fraction}E{exponent}");
    }
}
