using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>Ends a substitution.</summary>
[Needs("catalog.write")]
[Refuses<InvalidField>, Refuses<SubstituteNotFound>, Refuses<StaleVersion>]
public sealed record UnlinkSubstitute(ItemSubstituteId Link, int Version, string Reason)
    : ICommand<SubstituteUnlinked>, IReasoned;

public sealed record SubstituteUnlinked(ItemSubstituteId Link, ItemId Item, ItemId Substitute, string Reason) : IEvent
{
    public Subject Subject => new(nameof(ItemSubstitute), Link.Value);
}

internal sealed class UnlinkSubstituteHandler(PlatformDb db) : ICommandHandler<UnlinkSubstitute, SubstituteUnlinked>
{
    public async Task<Result<SubstituteUnlinked>> HandleAsync(
        UnlinkSubstitute command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var link = await db.LockSubstituteAsync(command.Link, ct);
        if (link is null || link.Status == RowStatus.Retired)
        {
            return new SubstituteNotFound(command.Link);
        }

        if (link.Version != command.Version)
        {
            return new StaleVersion(nameof(ItemSubstitute), link.Id.Value, command.Version, link.Version);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.ItemSubstitute, link.Id.Value, FieldGroup.Status, link.Version,
                new StatusWas(MasterStatus.Active), new StatusWas(MasterStatus.Retired), command.Reason),
            envelope);
        link.Retire(envelope.Now);
        var unlinked = new SubstituteUnlinked(link.Id, link.ItemId, link.SubstituteId, command.Reason);
        db.Raise(unlinked);
        return unlinked;
    }
}
