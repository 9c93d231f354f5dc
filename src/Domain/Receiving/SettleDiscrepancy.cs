using Platform.Domain.Kernel;
using Platform.Domain.Purchasing;

namespace Platform.Domain.Receiving;

/// <summary>
/// Says what becomes of a difference, and closes its case. Of a short receipt the rest is awaited until a day, or no longer wanted;
/// the order's line follows.
/// </summary>
/// <param name="Discrepancy">The difference.</param>
/// <param name="Version">The version that was seen.</param>
/// <param name="Settlement">What becomes of it.</param>
/// <param name="ExpectedOn">When the rest is expected, where it is awaited.</param>
/// <param name="Note">Why.</param>
[Needs("receiving.settle"), WithinRows]
[Refuses<InvalidField>, Refuses<DiscrepancyNotFound>, Refuses<StaleVersion>, Refuses<DiscrepancyNotOpen>, Refuses<SettlementDoesNotFit>]
[Refuses<OrderLineNotFound>, Refuses<OrderNotOpenTo>]
public sealed record SettleDiscrepancy(DiscrepancyId Discrepancy, int Version, Settlement Settlement, DateOnly? ExpectedOn, string? Note)
    : ICommand<DiscrepancySettled>, IReasoned
{
    string? IReasoned.Reason => Note;
}

internal sealed class SettleDiscrepancyHandler(PlatformDb db, OrderDesk orders, Findings findings)
    : ICommandHandler<SettleDiscrepancy, DiscrepancySettled>
{
    public async Task<Result<DiscrepancySettled>> HandleAsync(SettleDiscrepancy command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        var found = await db.LockDiscrepancyAsync(command.Discrepancy, ct);
        if (found is null)
        {
            return new DiscrepancyNotFound(command.Discrepancy);
        }

        if (Decide(command, found) is { } refusal)
        {
            return refusal;
        }

        if (await FollowAsync(command, found, envelope, ct) is { } notPossible)
        {
            return notPossible;
        }

        await findings.SettleAsync(found, command.Settlement, command.Note, envelope, ct);
        return found.Settled();
    }

    internal static DomainError? Decide(SettleDiscrepancy command, Discrepancy found)
    {
        if (found.Version != command.Version)
        {
            return new StaleVersion(nameof(Discrepancy), found.Id.Value, command.Version, found.Version);
        }

        if (found.Status != DiscrepancyStatus.Open)
        {
            return new DiscrepancyNotOpen(found.Id, found.Status);
        }

        return Fits(found.Kind, command.Settlement) ? null : new SettlementDoesNotFit(found.Id, found.Kind, command.Settlement);
    }

    internal static bool Fits(DiscrepancyKind kind, Settlement settlement) => kind switch
    {
        DiscrepancyKind.Short => settlement is Settlement.AwaitRest or Settlement.CancelRest or Settlement.Mistake,
        DiscrepancyKind.Damaged => settlement is Settlement.Accepted or Settlement.Returned or Settlement.Scrapped or Settlement.Mistake,
        DiscrepancyKind.Unannounced => settlement is Settlement.Accepted or Settlement.Returned or Settlement.Mistake,
        // What is too much is settled with the goods that wait.
        DiscrepancyKind.Over => false,
    };

    private static InvalidField? Check(SettleDiscrepancy command, DateTimeOffset now) =>
        Field.Known<Settlement>("settlement", command.Settlement)
        ?? Field.OptionalText("note", command.Note, most: 500)
        ?? ((command.Settlement == Settlement.AwaitRest) == (command.ExpectedOn is not null)
            ? null
            : Field.Invalid("expectedOn", "is given exactly where the rest is awaited", command.ExpectedOn?.ToString("O")))
        ?? (command.ExpectedOn < DateOnly.FromDateTime(now.UtcDateTime)
            ? Field.Invalid("expectedOn", "must not lie in the past", command.ExpectedOn.Value.ToString("O"))
            : null);

    /// <summary>The line of the order follows what was decided about the rest of it.</summary>
    private async Task<DomainError?> FollowAsync(SettleDiscrepancy command, Discrepancy found, Envelope envelope, CancellationToken ct) =>
        command.Settlement switch
        {
            Settlement.AwaitRest => await orders.AwaitRestAsync(found.OrderLineId, command.ExpectedOn!.Value, envelope, ct),
            Settlement.CancelRest => await orders.CancelRestAsync(found.OrderLineId, envelope, ct),
            Settlement.Accepted or Settlement.Returned or Settlement.Scrapped or Settlement.Mistake => null,
        };
}
