using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Stock.Posting;

/// <summary>
/// The only writer of stock. It locks in one fixed order, judges under the locks, and writes balances, movements, pools, value
/// entries and their journals together: two round trips, however many lines.
/// </summary>
public sealed class StockPoster(PlatformDb db, LedgerEntities entities)
{
    /// <summary>
    /// Posts a document as the last thing its command does: judged now, written with the command's journal and its commit. That is a
    /// round trip less, and nothing else in the command would see the rows.
    /// </summary>
    public async Task<Result<StockPosted>> PostLastAsync(PostingRequest request, Envelope envelope, CancellationToken ct)
    {
        var prepared = await PrepareAsync(request, envelope, ct);
        if (!prepared.Succeeded(out var ready))
        {
            return prepared.Error!;
        }

        WriteLast(ready);
        return Raise(ready.Plan);
    }

    /// <summary>Posts a document whole, or refuses it and leaves no trace; raises <see cref="StockPosted"/>.</summary>
    public async Task<Result<StockPosted>> PostAsync(PostingRequest request, Envelope envelope, CancellationToken ct)
    {
        var prepared = await PrepareAsync(request, envelope, ct);
        if (!prepared.Succeeded(out var ready))
        {
            return prepared.Error!;
        }

        await PostingWrites.ExecuteAsync(db, PostingWrites.Of(ready.Entity, ready.Facts, [ready.Plan]), ct);
        return Raise(ready.Plan);
    }

    /// <summary>
    /// Judges many documents of one entity one after the other under locks taken once, and writes what was found right together.
    /// A refused one leaves the others as if it had not been there. Raises nothing: each caller's event is their own.
    /// </summary>
    internal async Task<IReadOnlyList<Result<StockPosted>>> PostTogetherAsync(
        IReadOnlyList<(PostingRequest Request, Envelope Envelope)> documents, CancellationToken ct)
    {
        var id = documents[0].Request.LegalEntity;
        if (await entities.FindAsync(db, id, ct) is not { } entity)
        {
            return [.. documents.Select(_ => (Result<StockPosted>)new LegalEntityNotFound(id))];
        }

        var facts = await ReadAsync(entity, [.. documents.Select(document => document.Request)], documents[0].Envelope, ct);
        var book = new PostingBook(facts);
        var plans = new List<PostingPlan>(documents.Count);
        var results = new List<Result<StockPosted>>(documents.Count);
        foreach (var (request, envelope) in documents)
        {
            var decided = book.Decide(request, NewId(envelope), envelope);
            if (decided.Succeeded(out var plan))
            {
                plans.Add(plan);
                results.Add(StockPosted.Of(plan));
            }
            else
            {
                results.Add(decided.Error!);
            }
        }

        if (plans.Count > 0)
        {
            db.WriteLast(PostingWrites.Of(entity, facts, plans));
        }

        return results;
    }

    /// <summary>Posts the lines that are right, by COPY, and names the others.</summary>
    internal async Task<Result<(PostingPlan Plan, IReadOnlyList<RefusedLine> Refused)>> ImportAsync(
        PostingRequest request, Envelope envelope, CancellationToken ct)
    {
        if (await entities.FindAsync(db, request.LegalEntity, ct) is not { } entity)
        {
            return new LegalEntityNotFound(request.LegalEntity);
        }

        if (request.Lines.Count is 0 or > PostingRequest.MostLines)
        {
            return request.Lines.Count == 0 ? new NoLines() : new TooManyLines(request.Lines.Count, PostingRequest.MostLines);
        }

        var facts = await ReadAsync(entity, [request], envelope, ct);
        var decided = new PostingBook(facts).DecideEach(request, NewId(envelope), envelope);
        if (decided.Succeeded(out var judged) && judged.Plan.Movements.Count > 0)
        {
            await PostingCopies.WriteAsync(db, entity, facts, judged.Plan, ct);
        }

        return decided;
    }

    /// <summary>Judges a document under its locks and writes nothing yet: for commands with a rule over the whole of it.</summary>
    internal async Task<Result<PreparedPosting>> PrepareAsync(PostingRequest request, Envelope envelope, CancellationToken ct)
    {
        if (await entities.FindAsync(db, request.LegalEntity, ct) is not { } entity)
        {
            return new LegalEntityNotFound(request.LegalEntity);
        }

        if (request.Lines.Count is 0 or > PostingRequest.MostLines)
        {
            return request.Lines.Count == 0 ? new NoLines() : new TooManyLines(request.Lines.Count, PostingRequest.MostLines);
        }

        var facts = await ReadAsync(entity, [request], envelope, ct);
        var plan = new PostingBook(facts).Decide(request, NewId(envelope), envelope);
        return plan.Succeeded(out var decided) ? new PreparedPosting(entity, facts, decided) : plan.Error!;
    }

    internal async Task<PostingFacts> ReadAsync(
        LedgerEntity entity, IReadOnlyList<PostingRequest> requests, Envelope envelope, CancellationToken ct)
    {
        var earlier = await PostingReads.ReadEarlierAsync(db, entity.Id, requests, ct);
        return await PostingReads.ReadAsync(db, new PostingNeeds(entity, requests, earlier, envelope.Now), envelope.Now, ct);
    }

    internal void WriteLast(PreparedPosting ready) => db.WriteLast(PostingWrites.Of(ready.Entity, ready.Facts, [ready.Plan]));

    internal StockPosted Raise(PostingPlan plan)
    {
        var posted = StockPosted.Of(plan);
        db.Raise(posted, plan.OccurredAt);
        return posted;
    }

    internal static StockPostingId NewId(Envelope envelope) => StockPostingId.From(Guid.CreateVersion7(envelope.Now));
}

/// <summary>A document found right under locks that are still held.</summary>
internal sealed record PreparedPosting(LedgerEntity Entity, PostingFacts Facts, PostingPlan Plan);
