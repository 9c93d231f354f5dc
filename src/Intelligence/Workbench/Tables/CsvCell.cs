using System.Buffers.Text;
using System.Text;
using System.Text.Unicode;

namespace Platform.Intelligence.Workbench.Tables;

/// <summary>What one cell can be read as.</summary>
internal static class CsvCell
{
    // What exports of spreadsheets, databases and data frames write for "not known".
    private static readonly HashSet<string> MissingWords = new(StringComparer.OrdinalIgnoreCase)
    {
        "NA", "N/A", "NaN", "null", "none", "?", "#N/A", "\\N", "-", "nil", "missing",
    };

    private const int LongestNumber = 40;

    private static readonly int LongestMissingWord = MissingWords.Max(word => word.Length);

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

    /// <summary>Text is UTF-8; what cannot be is taken as Latin-1, which old exports still write.</summary>
    public static string Text(ReadOnlySpan<byte> cell) => Utf8.IsValid(cell) ? Encoding.UTF8.GetString(cell) : Encoding.Latin1.GetString(cell);

    public static int Decode(ReadOnlySpan<byte> cell, Span<char> text) =>
        Utf8.IsValid(cell) ? Encoding.UTF8.GetChars(cell, text) : Encoding.Latin1.GetChars(cell, text);

    /// <summary>A number that is written as no amount is: a zero in front of another digit.</summary>
    public static bool IsCode(ReadOnlySpan<byte> cell) => cell.Length > 1 && cell[0] == '0' && char.IsAsciiDigit((char)cell[1]);

    /// <summary>Infinity counts as a number here; the caller refuses it with the line.</summary>
    public static bool TryNumber(ReadOnlySpan<byte> cell, byte delimiter, out double number) =>
        (Utf8Parser.TryParse(cell, out number, out var length) && length == cell.Length) || TryDressed(cell, delimiter, out number);

    /// <summary>
    /// Numbers as people write them: a plus, a currency, a percent sign, groups of three digits. Where the comma does
    /// not separate columns, it is the decimal point and the point groups.
    /// </summary>
    private static bool TryDressed(ReadOnlySpan<byte> cell, byte delimiter, out double number)
    {
        number = 0;
        var isNegative = cell.Length > 1 && cell[0] == '-';
        var bare = cell.Length > 1 && cell[0] is (byte)'-' or (byte)'+' ? cell[1..] : cell;
        var currency = bare.StartsWith("$"u8) ? 1 : bare.StartsWith("£"u8) ? 2 : bare.StartsWith("€"u8) ? 3 : 0;
        bare = bare[currency..].TrimStart((byte)' ');
        var isPercent = bare.Length > 1 && bare[^1] == '%';
        bare = isPercent ? bare[..^1].TrimEnd((byte)' ') : bare;
        if (bare.Length is 0 or > LongestNumber)
        {
            return false;
        }

        if (Ascii.EqualsIgnoreCase(bare, "inf"u8) || Ascii.EqualsIgnoreCase(bare, "infinity"u8))
        {
            number = isNegative ? double.NegativeInfinity : double.PositiveInfinity;
            return !isPercent;
        }

        Span<byte> plain = stackalloc byte[LongestNumber];
        var (group, point) = delimiter == ',' ? ((byte)',', (byte)'.') : ((byte)'.', (byte)',');
        if (!char.IsAsciiDigit((char)bare[0]) && bare[0] != point)
        {
            return false;
        }

        var size = Undress(bare, group, point, plain);
        if (size < 0 || !Utf8Parser.TryParse(plain[..size], out number, out var length) || length != size)
        {
            return false;
        }

        // Twelve percent is 12 here: a column has one unit, and people speak of it in percent.
        number = isNegative ? -number : number;
        return true;
    }

    /// <summary>Copies the number without its groups; −1 where a group has not three digits.</summary>
    private static int Undress(ReadOnlySpan<byte> bare, byte group, byte point, Span<byte> plain)
    {
        var whole = bare.IndexOf(point);
        whole = whole < 0 ? bare.Length : whole;
        var size = 0;
        for (var i = 0; i < bare.Length; i++)
        {
            if (bare[i] == group)
            {
                // Groups are counted from the point; the first of them must have a digit in front.
                if (i == 0 || i > whole || (whole - i) % 4 != 0 || (i > 3 && bare[i - 4] != group))
                {
                    return -1;
                }

                continue;
            }

            plain[size++] = bare[i] == point ? (byte)'.' : bare[i];
        }

        return size;
    }
}
