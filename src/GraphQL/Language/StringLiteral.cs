using System.Globalization;
using System.Text;

namespace Platform.GraphQL.Language;

/// <summary>§2.9.4 Writes quoted strings: quotes, backslashes and control characters are escaped.</summary>
internal static class StringLiteral
{
    public static void Append(StringBuilder target, string value)
    {
        target.Append('"');
        foreach (var unit in value)
        {
            switch (unit)
            {
                case '"' or '\\':
                    target.Append('\\').Append(unit);
                    break;
                case '\b':
                    target.Append("\\b");
                    break;
                case '\t':
                    target.Append("\\t");
                    break;
                case '\n':
                    target.Append("\\n");
                    break;
                case '\f':
                    target.Append("\\f");
                    break;
                case '\r':
                    target.Append("\\r");
                    break;
                case < ' ' or (>= '\u007F' and <= '\u009F'):
                    target.Append(CultureInfo.InvariantCulture, $"\\u{(int)unit:X4}");
                    break;
                default:
                    target.Append(unit);
                    break;
            }
        }

        target.Append('"');
    }
}
