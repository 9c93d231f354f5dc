using Platform.Domain.Kernel;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock;

internal sealed class PostTogetherHandler(StockPoster poster) : ITogetherHandler<PostMovements, StockPosted>
{
    public Task<IReadOnlyList<Result<StockPosted>>> HandleAsync(
        IReadOnlyList<(PostMovements Command, Envelope Envelope)> requests, CancellationToken ct) =>
        poster.PostTogetherAsync([.. requests.Select(request => (request.Command.Request, request.Envelope))], ct);
}
