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
        "d.M.yyyy", "d.M.yyyy HH:mm", "d.M.yyyy HH:mm:ss", "d-MMM-yy", "d-MMM-yyyy", "d MMM yyyy",
    ];

    private static readonly string[] MonthFirstForms = ["M/d/yyyy", "M/d/yyyy H:mm", "M/d/yyyy H:mm:ss", "M/d/yy", "M-d-yyyy"];

    private static readonly string[] DayFirstForms = ["d/M/yyyy", "d/M/yyyy H:mm", "d/M/yyyy H:mm:ss", "d/M/yy", "d-M-yyyy"];

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

        if (TryDecorated(cell, delimiter, out number))
        {
            return true;
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

    // What spreadsheets put around numbers: 1,234.50 and $12 and 12%.
    private static bool TryDecorated(ReadOnlySpan<byte> cell, byte delimiter, out double number)
    {
        number = 0;
        var bare = cell.EndsWith("%"u8) ? cell[..^1] : cell.StartsWith("$"u8) ? cell[1..] : cell.StartsWith("€"u8) || cell.StartsWith("£"u8) ? cell[Prefix(cell)..] : cell;
        if (bare.Length is 0 or > 40)
        {
            return false;
        }

        if (delimiter != ',' || !IsGrouped(bare))
        {
            return bare.Length < cell.Length && Utf8Parser.TryParse(bare, out number, out var all) && all == bare.Length;
        }

        Span<byte> plain = stackalloc byte[bare.Length];
        var length = 0;
        foreach (var letter in bare)
        {
            if (letter != (byte)',')
            {
                plain[length++] = letter;
            }
        }

        return Utf8Parser.TryParse(plain[..length], out number, out var read) && read == length;
    }

    private static int Prefix(ReadOnlySpan<byte> cell) => cell.StartsWith("€"u8) ? "€"u8.Length : "£"u8.Length;

    // Commas between groups of three digits, as in 1,234,567.8.
    private static bool IsGrouped(ReadOnlySpan<byte> cell)
    {
        var whole = cell.IndexOf((byte)'.') is >= 0 and var point ? cell[..point] : cell;
        whole = whole.StartsWith("-"u8) ? whole[1..] : whole;
        if (whole.IndexOf((byte)',') is < 1 or > 3)
        {
            return false;
        }

        foreach (var letter in whole)
        {
            if (letter != (byte)',' && !char.IsAsciiDigit((char)letter))
            {
                return false;
            }
        }

        for (var at = whole.Length - 4; at > 0; at -= 4)
        {
            if (whole[at] != (byte)',')
            {
                return false;
            }
        }

        return (whole.Length - whole.IndexOf((byte)',')) % 4 == 0 && whole.Count((byte)',') == (whole.Length - whole.IndexOf((byte)',')) / 4;
    }

    /// <summary>Days since 1970, in UTC where the cell says nothing else.</summary>
    public static bool TryDate(ReadOnlySpan<byte> cell, DateOrder order, out double days)
    {
        days = 0;
        if (cell.Length is < 6 or > 32 || !char.IsAsciiDigit((char)cell[0]) || cell.IndexOfAnyExceptInRange((byte)'0', (byte)'9') is < 1 or > 4)
        {
            return false;
        }

        var forms = order switch
        {
            DateOrder.Certain => DateForms,
            DateOrder.MonthFirst => MonthFirstForms,
            DateOrder.DayFirst => DayFirstForms,
            _ => throw new System.Diagnostics.UnreachableException(),
        };
        if (!DateTime.TryParseExact(
            Encoding.UTF8.GetString(cell), forms, CultureInfo.InvariantCulture,
            DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var date))
        {
            return false;
        }

        days = (date - DateTime.UnixEpoch).TotalDays;
        return true;
    }
}
