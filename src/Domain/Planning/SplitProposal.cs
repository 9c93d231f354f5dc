using Platform.Domain.Kernel;

namespace Platform.Domain.Planning;

/// <param name="Option">One of the proposal's ways.</param>
/// <param name="Quantity">How much comes that way, in base units.</param>
public sealed record SplitPart(SourcingOptionId Option, decimal Quantity);

/// <summary>
/// Meets one need in several ways at once, such as from two suppliers by their shares. The proposal keeps the first part; each other
/// part becomes a decided proposal of its own, and every way that was not taken says why.
/// </summary>
/// <param name="ReorderProposal">The proposal.</param>
/// <param name="Version">As it was seen.</param>
/// <param name="Parts">Two or more of its ways, with what comes of each.</param>
/// <param name="Reason">Why it is split so.</param>
[Needs("planning.decide")]
[Refuses<InvalidField>, Refuses<ReorderProposalNotFound>, Refuses<StaleVersion>, Refuses<WrongProposalStatus>]
[Refuses<SourcingOptionNotFound>, Refuses<SourceNotPossible>, Refuses<SurplusGone>]
public sealed record SplitProposal(ReorderProposalId ReorderProposal, int Version, IReadOnlyList<SplitPart> Parts, string Reason)
    : ICommand<ProposalSplit>, IReasoned;

/// <param name="ReorderProposal">The proposal, with the first part.</param>
/// <param name="Number">Its number.</param>
/// <param name="Parts">The other parts.</param>
/// <param name="Version">Its version.</param>
public sealed record ProposalSplit(ReorderProposalId ReorderProposal, string Number, IReadOnlyList<ReorderProposalId> Parts, int Version);

internal sealed class SplitProposalHandler(PlatformDb db) : ICommandHandler<SplitProposal, ProposalSplit>
{
    private const int MostParts = 10;

    public async Task<Result<ProposalSplit>> HandleAsync(SplitProposal command, Envelope envelope, CancellationToken ct)
    {
        if (Check(command) is { } invalid)
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

        await db.LockSupplyAsync(proposal.ItemId, ct);
        var options = await db.OptionsAsync(proposal.Id, ct);
        if (await RefuseAsync(proposal, options, command.Parts, ct) is { } not)
        {
            return not;
        }

        var chosen = command.Parts.Select(part => options.Find(option => option.Id == part.Option)!).ToList();
        foreach (var option in options.Except(chosen))
        {
            option.Reject(chosen[0], proposal.Quantity);
        }

        chosen[0].Choose();
        var parts = new List<ReorderProposalId>();
        for (var at = 1; at < chosen.Count; at++)
        {
            var id = new ReorderProposalId(Guid.CreateVersion7(envelope.Now));
            var part = proposal.PartOf(id, await db.NextProposalNumberAsync(ct), chosen[at], command.Parts[at].Quantity, command.Reason, envelope);
            db.Add(part);
            db.Add(chosen[at].ChosenFor(id, Guid.CreateVersion7(envelope.Now)));
            chosen[at].GiveAway();
            db.Raise(part.Moved(ProposalStep.Decide, ProposalStatus.Proposed, command.Reason));
            parts.Add(id);
        }

        proposal.Decide(chosen[0], command.Parts[0].Quantity, command.Reason, envelope);
        db.Raise(proposal.Moved(ProposalStep.Decide, ProposalStatus.Proposed, command.Reason));
        return new ProposalSplit(proposal.Id, proposal.Number, parts, proposal.Version);
    }

    private async Task<DomainError?> RefuseAsync(
        ReorderProposal proposal, List<SourcingOption> options, IReadOnlyList<SplitPart> parts, CancellationToken ct)
    {
        foreach (var part in parts)
        {
            if (options.Find(one => one.Id == part.Option) is not { } option)
            {
                return new SourcingOptionNotFound(proposal.Id, part.Option);
            }

            if (!option.IsPossible)
            {
                return new SourceNotPossible(option.Id, option.Verdict);
            }

            if (option.FromWarehouseId is { } site && await db.SurplusNowAsync(proposal.ItemId, site, ct) is var surplus && surplus < part.Quantity)
            {
                return new SurplusGone(site, surplus, part.Quantity);
            }
        }

        return null;
    }

    private static InvalidField? Check(SplitProposal command) =>
        Field.Whole("parts", command.Parts.Count, least: 2, most: MostParts)
        ?? command.Parts.Select((part, at) => Field.Positive($"parts.{at}.quantity", part.Quantity, most: 1_000_000_000m, decimals: 6))
            .FirstOrDefault(found => found is not null)
        ?? (command.Parts.Select(part => part.Option).Distinct().Count() < command.Parts.Count
            ? Field.Invalid("parts", "must name each way once", null)
            : null)
        ?? Field.Text("reason", command.Reason, most: 500);
}
