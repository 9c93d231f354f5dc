using Platform.Domain.Kernel;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock;

/// <summary>Posts the movements of a document, all of them or none.</summary>
[Needs("stock.post")]
public sealed record PostMovements(PostingRequest Request) : ICommand<StockPosted>;

internal sealed class PostMovementsHandler(StockPoster poster) : ICommandHandler<PostMovements, StockPosted>, IConstraintRefusals<PostMovements>
{
    public Task<Result<StockPosted>> HandleAsync(PostMovements command, Envelope envelope, CancellationToken ct) =>
        poster.PostAsync(command.Request, envelope, ct);

    public DomainError? RefusalFor(PostMovements command, string constraint) =>
        StockConstraints.RefusalFor(command.Request, constraint);
}
