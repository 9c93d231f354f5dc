using System.Buffers.Text;
using System.Globalization;
using System.Text;

namespace Platform.Intelligence.Workbench.Tables;

/// <summary>What one cell can be read as.</summary>
internal static class CsvCell
{
    // What exports of spreadsheets, databases and data frames write for "not known".
    private static readonly HashSet<string> MissingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "NA", "N/A", "NaN", "null", "none", "?", "#N/A", "\\N", "-", "nil", "missing",
    };

    private static readonly int LongestMissingWord = MissingWords.Max(word => word.Length);

    private static readonly string[] DateForms =
    [
        "yyyy-MM-dd", "yyyy-MM-dd HH:mm:ss", "yyyy-MM-dd HH:mm", "yyyy-MM-ddTHH:mm:ss", "yyyy-MM-ddTHH:mm:ssZ",
        "yyyy-MM-ddTHH:mm", "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFF", "yyyy-MM-ddTHH:mm:ss.FFFFFFFZ",
        "yyyy/MM/dd", "yyyy/MM/dd HH:mm:ss",
    ];

    public static ReadOnlySpan<byte> Trim(ReadOnlySpan<byte> cell) => cell.Trim((ReadOnlySpan<byte>)[(byte)' ', (byte)'\t']);

    public static bool IsMissing(ReadOnlySpan<byte> cell)
    {
        if (cell.Length == 0)
        {
            return true;
        }

        // Nearly every number is told from a word by its first character.
        return cell.Length <= LongestMissingWord && !char.IsAsciiDigit((char)cell[0])
            && MissingWords.Contains(Encoding.UTF8.GetString(cell));
    }

    /// <summary>Infinity counts as a number here; the caller refuses it with the line.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> cell, byte delimiter, out double number)
    {
        if (Utf8Parser.TryParse(cell, out number, out var length) && length == cell.Length)
        {
            return true;
        }

        if (cell.Length > 1 && cell[0] == '+')
        {
            return Utf8Parser.TryParse(cell[1..], out number, out length) && length == cell.Length - 1;
        }

        // Where the semicolon separates, the comma is the decimal point.
        var comma = cell.IndexOf((byte)',');
        if (delimiter == ',' || comma < 0 || cell.Length > 40 || cell[(comma + 1)..].Contains((byte)','))
        {
            return false;
        }

        Span<byte> copy = stackalloc byte[cell.Length];
        cell.CopyTo(copy);
        copy[comma] = (byte)'.';
        return Utf8Parser.TryParse(copy, out number, out length) && length == cell.Length;
    }

    /// <summary>Days since 1970, in UTC where the cell says nothing else.</summary>
    public static bool TryDate(ReadOnlySpan<byte> cell, out double days)
    {
        days = 0;
        if (cell.Length is < 10 or > 32 || !char.IsAsciiDigit((char)cell[0]) || cell[4] is not ((byte)'-' or (byte)'/'))
        {
            return false;
        }

        if (!DateTime.TryParseExact(
            Encoding.UTF8.GetString(cell), DateForms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
        {
            return false;
        }

        days = (date - DateTime.UnixEpoch).TotalDays;
        return true;
    }
}
