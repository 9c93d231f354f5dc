namespace Platform.Api.Bulk;

/// <summary>
/// A spreadsheet runs a text that begins like a formula. Exports put an apostrophe before it, imports take it off; a text
/// that has apostrophes already gets one more, so that none is ever lost.
/// </summary>
internal static class SpreadsheetTexts
{
    public static string Guard(string text) => CouldRun(text) ? "'" + text : text;

    public static string Unguard(string text) => text is ['\'', ..] && CouldRun(text) ? text[1..] : text;

    private static bool CouldRun(string text) => text.AsSpan().TrimStart('\'') is ['=' or '+' or '-' or '@' or '\t' or '\r', ..];
}
