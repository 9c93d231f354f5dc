using Platform.Domain.Kernel;

namespace Platform.Domain.Planning;

/// <summary>
/// Says from where a need is met; the other ways stay on record with why they were not taken (PRC-06). Another way than the
/// recommended one needs a reason, and so does buying while another site has enough, where the policy says so (PRC-07).
/// </summary>
/// <param name="ReorderProposal">The proposal.</param>
/// <param name="Version">As it was seen.</param>
/// <param name="Option">One of its ways.</param>
/// <param name="Quantity">Another quantity than the way's own, in base units.</param>
/// <param name="Reason">Why, where it is not as recommended.</param>
[Needs("planning.decide")]
[Refuses<InvalidField>, Refuses<ReorderProposalNotFound>, Refuses<StaleVersion>, Refuses<WrongProposalStatus>]
[Refuses<SourcingOptionNotFound>, Refuses<SourceNotPossible>, Refuses<TransferFirst>, Refuses<SourcingNeedsReason>, Refuses<SurplusGone>]
public sealed record DecideSourcing(
    ReorderProposalId ReorderProposal, int Version, SourcingOptionId Option, decimal? Quantity, string? Reason)
    : ICommand<ProposalMoved>, IReasoned;

/// <summary>Says that a need is none; the same is not proposed again until the day.</summary>
[Needs("planning.decide")]
[Refuses<InvalidField>, Refuses<ReorderProposalNotFound>, Refuses<StaleVersion>, Refuses<WrongProposalStatus>]
public sealed record DismissProposal(ReorderProposalId ReorderProposal, int Version, DateOnly Until, string Reason)
    : ICommand<ProposalMoved>, IReasoned;

internal sealed class DecideSourcingHandler(PlatformDb db) : ICommandHandler<DecideSourcing, ProposalMoved>
{
    public async Task<Result<ProposalMoved>> HandleAsync(DecideSourcing command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Positive("quantity", command.Quantity, most: 1_000_000_000m, decimals: 6)
            ?? Field.OptionalText("reason", command.Reason, most: 500);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.LockProposalAsync(command.ReorderProposal, ct) is not { } proposal)
        {
            return new ReorderProposalNotFound(command.ReorderProposal);
        }

        if (proposal.Refuse(command.Version, ProposalStep.Decide) is { } refusal)
        {
            return refusal;
        }

        // Two needs of one item never both get another site's last pieces.
        await db.LockSupplyAsync(proposal.ItemId, ct);
        var options = await db.OptionsAsync(proposal.Id, ct);
        if (options.Find(one => one.Id == command.Option) is not { } chosen)
        {
            return new SourcingOptionNotFound(proposal.Id, command.Option);
        }

        var quantity = command.Quantity ?? chosen.Quantity;
        if (await RefuseAsync(proposal, options, chosen, quantity, command.Reason, ct) is { } not)
        {
            return not;
        }

        foreach (var option in options)
        {
            if (option == chosen)
            {
                option.Choose();
            }
            else
            {
                option.Reject(chosen, proposal.Quantity);
            }
        }

        var from = proposal.Status;
        proposal.Decide(chosen, quantity, command.Reason, envelope);
        var moved = proposal.Moved(ProposalStep.Decide, from, command.Reason);
        db.Raise(moved);
        return moved;
    }

    private async Task<DomainError?> RefuseAsync(
        ReorderProposal proposal, List<SourcingOption> options, SourcingOption chosen, decimal quantity, string? reason, CancellationToken ct)
    {
        if (!chosen.IsPossible)
        {
            return new SourceNotPossible(chosen.Id, chosen.Verdict);
        }

        var recommended = options[0];
        if (reason is null && recommended.Id != chosen.Id)
        {
            return recommended is { Kind: SourceKind.Transfer, Verdict: SourcingVerdict.Fits } && chosen.Kind != SourceKind.Transfer
                ? new TransferFirst(proposal.Id, recommended.FromWarehouseId!.Value, recommended.Quantity)
                : new SourcingNeedsReason(proposal.Id, recommended.Id);
        }

        if (chosen.FromWarehouseId is not { } site)
        {
            return null;
        }

        var surplus = await db.SurplusNowAsync(proposal.ItemId, site, ct);
        return surplus < quantity ? new SurplusGone(site, surplus, quantity) : null;
    }
}

internal sealed class DismissProposalHandler(PlatformDb db) : ICommandHandler<DismissProposal, ProposalMoved>
{
    public async Task<Result<ProposalMoved>> HandleAsync(DismissProposal command, Envelope envelope, CancellationToken ct)
    {
        var today = DateOnly.FromDateTime(envelope.Now.UtcDateTime);
        var invalid = Field.Text("reason", command.Reason, most: 500)
            ?? (command.Until < today || command.Until > today.AddDays(365)
                ? Field.Invalid("until", "must lie within the coming year", command.Until.ToString("O"))
                : null);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.LockProposalAsync(command.ReorderProposal, ct) is not { } proposal)
        {
            return new ReorderProposalNotFound(command.ReorderProposal);
        }

        if (proposal.Refuse(command.Version, ProposalStep.Dismiss) is { } refusal)
        {
            return refusal;
        }

        var from = proposal.Status;
        proposal.Dismiss(command.Reason, command.Until, envelope.Now);
        var moved = proposal.Moved(ProposalStep.Dismiss, from, command.Reason);
        db.Raise(moved);
        return moved;
    }
}
