using System.Buffers;
using Platform.Domain.Bulk;
using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Bulk;

/// <summary>Works an export off, page by page. Every page is read as the asker may read at that moment.</summary>
internal sealed class Exporting(GraphCall graph, Schema schema, BulkStore store, JobPrincipals principals, TimeProvider clock)
{
    private const long LongestResult = 1L << 30;

    /// <summary>Why it could not go on; null when it is done, or is no longer ours.</summary>
    public async Task<string?> RunAsync(BulkWork work, CancellationToken ct)
    {
        var document = ExportDocument.Of(schema, work.Document);
        var format = RowFormat.Of(work.Format!.Value, document);
        var progress = work.Progress;
        var size = document.LargestPage;
        if (!document.IsPaged && progress.Position is not null)
        {
            return null;
        }

        while (true)
        {
            if (await principals.FindAsync(work, ct) is not { } principal || !principal.Holds("export.run"))
            {
                return "The one who asked may export no more.";
            }

            using var answer = await graph.AskAsync(
                principal, document.Text, document.Variables(work.Variables, size, progress.Position), companion: null, ct);
            if (answer.RootElement.Fault() is { } fault)
            {
                // A page of many rows may cost more than one request may; smaller pages cost less.
                if (fault.Code is ErrorCodes.MaxCost or ErrorCodes.PageTooLarge or ErrorCodes.ResponseTooLarge && document.IsPaged && size > 1)
                {
                    size /= 2;
                    continue;
                }

                return fault.Message;
            }

            var data = answer.RootElement.GetProperty("data");
            var piece = new ArrayBufferWriter<byte>();
            if (progress.Bytes == 0)
            {
                format.Begin(piece);
            }

            var rows = 0;
            foreach (var row in document.Rows(data))
            {
                format.Write(piece, row);
                rows++;
            }

            var next = document.Next(data);
            progress = new BulkProgress(
                progress.Done + rows, Refused: 0, next ?? progress.Position ?? "all", progress.Bytes + piece.WrittenCount);
            if (progress.Bytes > LongestResult)
            {
                return $"The result is longer than {LongestResult} bytes; narrow the query.";
            }

            if (!await store.AdvanceAsync(work, piece.WrittenMemory, progress, clock.GetUtcNow() + BulkWorker.LeaseFor, ct) || next is null)
            {
                return null;
            }
        }
    }
}
