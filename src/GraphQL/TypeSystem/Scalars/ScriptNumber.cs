using System.Globalization;

namespace Platform.GraphQL.TypeSystem;

/// <summary>A number as the clients' language prints it, because error messages quote it.</summary>
internal static class ScriptNumber
{
    public static string Text(double value)
    {
        if (double.IsNaN(value))
        {
            return "NaN";
        }

        if (double.IsInfinity(value))
        {
            return value > 0 ? "Infinity" : "-Infinity";
        }

        if (value == 0)
        {
            return "0";
        }

        // The shortest digits that read back as the same number, as d.ddddE±x.
        var shortest = value.ToString("R", CultureInfo.InvariantCulture);
        var sign = shortest[0] == '-' ? "-" : "";
        var parts = shortest.TrimStart('-').Split('E');
        var exponent = parts.Length > 1 ? int.Parse(parts[1], CultureInfo.InvariantCulture) : 0;
        var point = parts[0].IndexOf('.', StringComparison.Ordinal);
        var whole = point < 0 ? parts[0].Length : point;
        var raw = parts[0].Replace(".", "", StringComparison.Ordinal);
        var leading = raw.Length - raw.TrimStart('0').Length;
        var digits = raw.Trim('0');
        return sign + Place(digits, whole - leading + exponent);
    }

    // Number::toString of ECMAScript: `point` digits stand before the decimal point.
    private static string Place(string digits, int point)
    {
        const int widestWhole = 21;
        const int deepestFraction = -6;
        if (digits.Length <= point && point <= widestWhole)
        {
            return digits.PadRight(point, '0');
        }

        if (point is > 0 and <= widestWhole)
        {
            return $"{digits[..point]}.{digits[point..]}";
        }

        if (point is > deepestFraction and <= 0)
        {
            return $"0.{new string('0', -point)}{digits}";
        }

        var exponent = point - 1;
        var mantissa = digits.Length == 1 ? digits : $"{digits[0]}.{digits[1..]}";
        return $"{mantissa}e{(exponent < 0 ? "-" : "+")}{Math.Abs(exponent)}";
    }
}
