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
    /// <summary>Posts a document whole, or refuses it and leaves no trace; raises <see cref="StockPosted"/>.</summary>
    public async Task<Result<StockPosted>> PostAsync(PostingRequest request, Envelope envelope, CancellationToken ct)
    {
        var prepared = await PrepareAsync(request, envelope, ct);
        if (!prepared.Succeeded(out var ready))
        {
            return prepared.Error!;
        }

        await WriteAsync(ready, envelope, ct);
        return Raise(ready.Plan);
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
        var plan = new PostingBook(facts, envelope.Now).Decide(request, NewId(envelope));
        return plan.Succeeded(out var decided) ? new PreparedPosting(entity, facts, decided) : plan.Error!;
    }

    internal async Task<PostingFacts> ReadAsync(
        LedgerEntity entity, IReadOnlyList<PostingRequest> requests, Envelope envelope, CancellationToken ct)
    {
        var earlier = await PostingReads.ReadEarlierAsync(db, entity.Id, requests, ct);
        return await PostingReads.ReadAsync(db, new PostingNeeds(entity, requests, earlier, envelope.Now), envelope.Now, ct);
    }

    internal Task WriteAsync(PreparedPosting ready, Envelope envelope, CancellationToken ct) =>
        PostingWrites.WriteAsync(db, ready.Entity, ready.Facts, [ready.Plan], envelope, ct);

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
