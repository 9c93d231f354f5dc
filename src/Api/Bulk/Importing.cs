using System.Buffers;
using System.Runtime.CompilerServices;
using System.Text.Json;
using System.Text.Json.Nodes;
using Platform.Api.Access;
using Platform.Api.Writing;
using Platform.Domain.Bulk;
using Platform.Domain.Kernel;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Bulk;

/// <summary>
/// Works an import off, line by line. Each line has a key of its own, so that whoever goes on after a crash repeats nothing.
/// What must land together, or is only tried, runs in one session of the command runner.
/// </summary>
internal sealed class Importing(
    GraphCall graph, Schema schema, BulkStore store, JobPrincipals principals, CommandRunner runner, TimeProvider clock)
{
    /// <summary>Lines between two notes of the progress.</summary>
    private const int LinesAtOnce = 100;

    private const string MayNot = "The one who asked may import no more.";

    /// <summary>Why it could not go on; null when it is done, or is no longer ours.</summary>
    public Task<string?> RunAsync(BulkWork work, CancellationToken ct)
    {
        var document = ImportDocument.Of(schema, work.Document).For(work.Columns);
        return work.IsDryRun || work.Policy == ImportPolicy.RejectEverything
            ? TogetherAsync(work, document, ct)
            : EachAsync(work, document, ct);
    }

    private async Task<string?> EachAsync(BulkWork work, ImportDocument document, CancellationToken ct)
    {
        var progress = work.Progress;
        var results = new List<LineResult>(LinesAtOnce);
        var principal = await principals.FindAsync(work, ct);
        await foreach (var (number, line) in LinesAsync(work.File!.Value, progress.Done, ct))
        {
            if (principal is null || !principal.Holds("import.run"))
            {
                return MayNot;
            }

            results.Add(await LineAsync(work, document, principal, number, line, session: null, ct));
            if (results.Count == LinesAtOnce)
            {
                if (await AdvanceAsync(work, progress, results, ct) is not { } advanced)
                {
                    return null;
                }

                progress = advanced;
                results.Clear();
                principal = await principals.FindAsync(work, ct);
            }
        }

        if (results.Count > 0)
        {
            await AdvanceAsync(work, progress, results, ct);
        }

        return null;
    }

    private async Task<string?> TogetherAsync(BulkWork work, ImportDocument document, CancellationToken ct)
    {
        if (work.Progress.Done > 0)
        {
            return null; // The result is written at once, with the progress; only the job's end is missing.
        }

        if (await principals.FindAsync(work, ct) is not { } principal || !principal.Holds("import.run"))
        {
            return MayNot;
        }

        var results = new List<LineResult>();
        await using (var session = await runner.OpenSessionAsync(ct))
        {
            await foreach (var (number, line) in LinesAsync(work.File!.Value, done: 0, ct))
            {
                results.Add(await LineAsync(work, document, principal, number, line, session, ct));
                if (results.Count % LinesAtOnce == 0 && !await store.RenewAsync(work, clock.GetUtcNow() + BulkWorker.LeaseFor, ct))
                {
                    return null;
                }
            }

            if (work.IsDryRun || results.Exists(result => result.IsRefused))
            {
                results = [.. results.Select(result => result.IsRefused ? result : result with { Fate = LineFate.WouldLand, Answer = null })];
            }
            else if (!await store.RenewAsync(work, clock.GetUtcNow() + BulkWorker.LeaseFor, ct))
            {
                return null; // Cancelled while it ran: nothing lands.
            }
            else
            {
                await session.CommitAsync();
            }
        }

        await AdvanceAsync(work, work.Progress, results, ct);
        return null;
    }

    private async Task<LineResult> LineAsync(
        BulkWork work, ImportDocument document, Principal principal, long number, ReadOnlyMemory<byte> line,
        CommandRunner.Session? session, CancellationToken ct)
    {
        if (Read(line, document.Cells) is not { } variables)
        {
            return new LineResult(number, LineFate.Refused, [Unreadable(work)], Answer: null);
        }

        var mended = new List<Problem>();
        while (true)
        {
            var companion = new CommandCompanion($"bulk:{work.Job}:{number}", session);
            using var answer = await graph.AskAsync(
                principal, document.Text, JsonSerializer.SerializeToElement(variables), companion, ct);
            var problems = ProblemsOf(answer.RootElement, document, out var payload);
            if (problems.Count == 0)
            {
                return new LineResult(number, mended.Count == 0 ? LineFate.Landed : LineFate.Mended, mended, payload?.Clone());
            }

            mended.AddRange(problems);
            if (work.Policy != ImportPolicy.IgnoreFailed || !TryMend(document, variables, problems))
            {
                return new LineResult(number, LineFate.Refused, mended, Answer: null);
            }
        }
    }

    private static bool TryMend(ImportDocument document, JsonObject variables, List<Problem> problems) =>
        problems is [{ Field: { } field }]
        && document is { Input: { } type, Variable: { } variable }
        && variables[variable] is JsonObject input
        && LineMending.TryLeaveOut(input, type, field);

    private static List<Problem> ProblemsOf(JsonElement answer, ImportDocument document, out JsonElement? payload)
    {
        payload = null;
        if (answer.TryGetProperty("data", out var data) && data.ValueKind == JsonValueKind.Object
            && data.TryGetProperty(document.Root, out var found) && found.ValueKind == JsonValueKind.Object)
        {
            payload = found;
            var errors = found.GetProperty(ImportDocument.Errors);
            return errors.ValueKind == JsonValueKind.Null ? [] : [.. errors.EnumerateArray().Select(error => new Problem(
                error.TryGetProperty("field", out var field) ? field.GetString() : null,
                error.GetProperty("code").GetString(),
                error.GetProperty("message").GetString()!))];
        }

        var fault = answer.Fault();
        return [new Problem(null, fault?.Code, fault?.Message ?? "The mutation was not answered.")];
    }

    private static Problem Unreadable(BulkWork work) => work.Columns is { } columns
        ? new Problem(null, "NO_ROW", $"The row has not {columns.Count} cells, one for each column.")
        : new Problem(null, "NO_OBJECT", "The line is no JSON object.");

    private static JsonObject? Read(ReadOnlyMemory<byte> line, CellColumns? columns)
    {
        try
        {
            return columns is null
                ? JsonNode.Parse(line.Span) as JsonObject
                : columns.Variables(JsonSerializer.Deserialize<List<string?>>(line.Span)!);
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private async Task<BulkProgress?> AdvanceAsync(BulkWork work, BulkProgress progress, List<LineResult> results, CancellationToken ct)
    {
        var piece = new ArrayBufferWriter<byte>();
        results.ForEach(result => result.WriteTo(piece));
        var advanced = new BulkProgress(
            progress.Done + results.Count,
            progress.Refused + results.Count(result => result.IsRefused),
            Position: null,
            progress.Bytes + piece.WrittenCount);
        return await store.AdvanceAsync(work, piece.WrittenMemory, advanced, clock.GetUtcNow() + BulkWorker.LeaseFor, ct) ? advanced : null;
    }

    /// <summary>The lines that are not done yet. Pieces end where lines end; empty lines count for nothing.</summary>
    private async IAsyncEnumerable<(long Number, ReadOnlyMemory<byte> Line)> LinesAsync(
        BulkFileId file, long done, [EnumeratorCancellation] CancellationToken ct)
    {
        var number = 0L;
        for (var piece = 1; await store.PieceAsync(file.Value, piece, ct) is { } body; piece++)
        {
            foreach (var line in UploadedLines.In(body))
            {
                if (number >= done)
                {
                    yield return (number, line);
                }

                number++;
            }
        }
    }
}
