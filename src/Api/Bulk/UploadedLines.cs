namespace Platform.Api.Bulk;

/// <summary>Where lines begin and end: at LF, with or without CR before it; lines of white space are none.</summary>
internal static class UploadedLines
{
    public static IEnumerable<ReadOnlyMemory<byte>> In(ReadOnlyMemory<byte> piece)
    {
        while (!piece.IsEmpty)
        {
            var end = piece.Span.IndexOf((byte)'\n');
            var line = end < 0 ? piece : piece[..end];
            piece = end < 0 ? default : piece[(end + 1)..];
            if (!IsBlank(line.Span))
            {
                yield return line;
            }
        }
    }

    public static int Count(ReadOnlyMemory<byte> piece) => In(piece).Count();

    private static bool IsBlank(ReadOnlySpan<byte> line) => line.IndexOfAnyExcept(" \t\r"u8) < 0;
}
