using Platform.Domain.Finance;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Posting;

namespace Platform.Domain.Stock;

/// <summary>Posts the movements of a document, all of them or none.</summary>
[Needs("stock.post"), WithinRows]
[Refuses<SeveralLinesRefused>, Refuses<NoLines>, Refuses<TooManyLines>, Refuses<LegalEntityNotFound>]
[Refuses<PeriodClosed>, Refuses<OccurredInFuture>, Refuses<DocumentAlreadyPosted>, Refuses<ItemUnknown>]
[Refuses<BinUnknown>, Refuses<OwnerUnknown>, Refuses<PathNotAllowed>, Refuses<PlaceIncomplete>]
[Refuses<GoesNowhere>, Refuses<QuantityNotPositive>, Refuses<QuantityNotInBaseUnits>, Refuses<UnitNotOfItem>]
[Refuses<ItemNotActive>, Refuses<BinIsBlocked>, Refuses<OtherLegalEntity>, Refuses<OtherWarehouse>]
[Refuses<BinRoleNotAllowed>, Refuses<ConditionNotAllowedInBin>, Refuses<TransitionNotAllowed>]
[Refuses<NotUsable>, Refuses<LotRequired>, Refuses<SerialRequired>, Refuses<NotTracked>, Refuses<LotUnknown>]
[Refuses<SerialUnknown>, Refuses<SerialQuantityIsOne>, Refuses<SerialAlreadyOnHand>, Refuses<LotExpired>]
[Refuses<LotIsBlocked>, Refuses<SerialIsBlocked>, Refuses<CatchWeightRequired>]
[Refuses<CatchWeightImplausible>, Refuses<WeightNotExpected>, Refuses<InsufficientStock>]
[Refuses<InsufficientWeight>, Refuses<NegativeFloor>, Refuses<ExpectedQuantityStale>]
[Refuses<MixingViolation>, Refuses<CapacityExceeded>, Refuses<DimensionsMissing>, Refuses<UnitCostRequired>]
[Refuses<UnitCostImpossible>, Refuses<ValueOutOfRange>, Refuses<MovementNotFound>]
[Refuses<MovementAlreadyReversed>, Refuses<ReversalNotAllowed>, Refuses<ReturnExceedsShipment>]
[Refuses<ReservationDoesNotHold>, Refuses<StockIsHeld>, Refuses<ReleaseIsDecided>]
public sealed record PostMovements(PostingRequest Request) : ICommand<StockPosted>, IFoldable
{
    Guid IFoldable.Fold => Request.LegalEntity.Value;

    IReadOnlySet<Guid> IFoldable.Touches => Request.Lines.Select(line => line.Item.Value).ToHashSet();

    int IFoldable.Size => Request.Lines.Count;
}

internal sealed class PostMovementsHandler(StockPoster poster) : ICommandHandler<PostMovements, StockPosted>, IConstraintRefusals<PostMovements>
{
    public Task<Result<StockPosted>> HandleAsync(PostMovements command, Envelope envelope, CancellationToken ct) =>
        poster.PostLastAsync(command.Request, envelope, ct);

    public DomainError? RefusalFor(PostMovements command, string constraint) =>
        StockConstraints.RefusalFor(command.Request, constraint);
}
