using System.Buffers;
using System.IO.Pipelines;
using System.Text.Json;
using Platform.Domain.Bulk;

namespace Platform.Api.Bulk;

/// <summary>What came of an upload.</summary>
internal sealed record UploadedFile(long Bytes, int Lines, string[]? Columns);

/// <summary>Keeps what is uploaded, in pieces that end where lines end. What is kept of a file that is refused is swept away unseen.</summary>
internal sealed class Uploading(BulkStore store)
{
    public const int LongestLine = 256 << 10;

    private const int PieceSize = 512 << 10;

    /// <summary>One JSON object a line, as it came; null when a line is too long.</summary>
    public async Task<UploadedFile?> KeepLinesAsync(BulkFileId file, PipeReader body, CancellationToken ct)
    {
        var kept = new Pieces(store, file);
        var piece = new ArrayBufferWriter<byte>(PieceSize);
        while (true)
        {
            var read = await body.ReadAsync(ct);
            foreach (var segment in read.Buffer)
            {
                piece.Write(segment.Span);
            }

            body.AdvanceTo(read.Buffer.End);
            if (piece.WrittenCount < PieceSize && !read.IsCompleted)
            {
                continue;
            }

            var whole = read.IsCompleted ? piece.WrittenCount : piece.WrittenSpan.LastIndexOf((byte)'\n') + 1;
            if (piece.WrittenCount - whole > LongestLine || UploadedLines.In(piece.WrittenMemory[..whole]).Any(line => line.Length > LongestLine))
            {
                return null;
            }

            if (whole > 0)
            {
                await kept.AddAsync(piece.WrittenMemory[..whole], ct);
                var rest = piece.WrittenSpan[whole..].ToArray();
                piece.ResetWrittenCount();
                piece.Write(rest);
            }

            if (read.IsCompleted)
            {
                return new UploadedFile(kept.Bytes, kept.Lines, Columns: null);
            }
        }
    }

    /// <summary>Comma-separated rows below their columns; each is kept as the JSON array of its cells.</summary>
    /// <exception cref="UnreadableRows">The bytes are no such rows.</exception>
    public async Task<UploadedFile> KeepRowsAsync(BulkFileId file, PipeReader body, CancellationToken ct)
    {
        var kept = new Pieces(store, file);
        var rows = new CommaSeparatedReader(LongestLine);
        var piece = new ArrayBufferWriter<byte>(PieceSize);
        string[]? columns = null;
        while (true)
        {
            var read = await body.ReadAsync(ct);
            try
            {
                foreach (var segment in read.Buffer)
                {
                    foreach (var row in rows.Read(segment))
                    {
                        Take(row);
                    }
                }
            }
            finally
            {
                body.AdvanceTo(read.Buffer.End);
            }

            if (read.IsCompleted && rows.End() is { } last)
            {
                Take(last);
            }

            if (piece.WrittenCount >= PieceSize || (read.IsCompleted && piece.WrittenCount > 0))
            {
                await kept.AddAsync(piece.WrittenMemory, ct);
                piece.ResetWrittenCount();
            }

            if (read.IsCompleted)
            {
                return new UploadedFile(kept.Bytes, kept.Lines, columns ?? throw new UnreadableRows("There is no row of columns."));
            }
        }

        void Take(IReadOnlyList<string?> row)
        {
            if (columns is null)
            {
                columns = [.. row.Select(name => name ?? throw new UnreadableRows("A column has no name."))];
                return;
            }

            piece.Write(JsonSerializer.SerializeToUtf8Bytes(row));
            piece.Write("\n"u8);
        }
    }

    private sealed class Pieces(BulkStore store, BulkFileId file)
    {
        private int _count;

        public long Bytes { get; private set; }

        public int Lines { get; private set; }

        public async Task AddAsync(ReadOnlyMemory<byte> piece, CancellationToken ct)
        {
            await store.AddPieceAsync(file, ++_count, piece, ct);
            Lines += UploadedLines.Count(piece);
            Bytes += piece.Length;
        }
    }
}
