using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>The kinds of ways in which we sell.</summary>
public enum ChannelKind
{
    Wholesale,
    Web,
    Store,
    Marketplace,
    Edi,
}

/// <summary>A way in which a legal entity sells, and is served from some of its warehouses (NET-05).</summary>
public sealed class FulfillmentChannel
{
    private FulfillmentChannel()
    {
    }

    public FulfillmentChannelId Id { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public string Name { get; private set; } = string.Empty;

    public ChannelKind Kind { get; private set; }

    public PlaceStatus Status { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static FulfillmentChannel Create(ChannelOpened opened, DateTimeOffset at) => new()
    {
        Id = opened.Channel,
        LegalEntityId = opened.LegalEntity,
        Code = opened.Code,
        Name = opened.Name,
        Kind = opened.Kind,
        Status = PlaceStatus.Active,
        Version = 1,
        CreatedAt = at,
        UpdatedAt = at,
    };

    internal void Retire(DateTimeOffset at)
    {
        Status = PlaceStatus.Retired;
        Version++;
        UpdatedAt = at;
    }
}

/// <summary>A warehouse that serves a channel; the lowest rank is asked first.</summary>
public sealed class WarehouseChannel
{
    private WarehouseChannel()
    {
    }

    internal WarehouseChannel(WarehouseId warehouse, FulfillmentChannelId channel)
    {
        WarehouseId = warehouse;
        FulfillmentChannelId = channel;
    }

    public WarehouseId WarehouseId { get; private set; }

    public FulfillmentChannelId FulfillmentChannelId { get; private set; }

    public int Rank { get; private set; }

    internal void Apply(ChannelServed served) => Rank = served.Rank;
}

/// <summary>Opens a way of selling for a legal entity.</summary>
[Needs("network.channels")]
[Refuses<InvalidField>, Refuses<ChannelCodeTaken>, Refuses<LegalEntityNotFound>, Refuses<LegalEntityNotActive>]
public sealed record OpenChannel(LegalEntityId LegalEntity, string Code, string Name, ChannelKind Kind)
    : ICommand<ChannelOpened>;

public sealed record ChannelOpened(
    FulfillmentChannelId Channel, LegalEntityId LegalEntity, string Code, string Name, ChannelKind Kind) : IEvent
{
    public Subject Subject => new(nameof(FulfillmentChannel), Channel.Value);
}

internal sealed class OpenChannelHandler(PlatformDb db)
    : ICommandHandler<OpenChannel, ChannelOpened>, IConstraintRefusals<OpenChannel>
{
    public async Task<Result<ChannelOpened>> HandleAsync(OpenChannel command, Envelope envelope, CancellationToken ct)
    {
        var entity = await db.ShareLegalEntityAsync(command.LegalEntity, ct);
        var isTaken = await db.IsChannelCodeTakenAsync(command.Code, ct);
        var result = Decide(command, new FulfillmentChannelId(Guid.CreateVersion7(envelope.Now)), entity, isTaken);
        if (result.Succeeded(out var opened))
        {
            db.Add(FulfillmentChannel.Create(opened, envelope.Now));
            db.RegisterChange(
                new Changed(
                    RecordKind.FulfillmentChannel, opened.Channel.Value, FieldGroup.Setup, BaseVersion: 0, Before: null,
                    opened, Reason: null),
                envelope);
            db.Raise(opened);
        }

        return result;
    }

    public DomainError? RefusalFor(OpenChannel command, string constraint) =>
        constraint == "fulfillment_channel_code_key" ? new ChannelCodeTaken(command.Code) : null;

    internal static Result<ChannelOpened> Decide(
        OpenChannel command, FulfillmentChannelId id, LegalEntity? entity, bool codeIsTaken)
    {
        var invalid = Field.Code("code", command.Code)
            ?? Field.Text("name", command.Name, most: 200)
            ?? Field.Known<ChannelKind>("kind", command.Kind);
        if (invalid is not null)
        {
            return invalid;
        }

        if (codeIsTaken)
        {
            return new ChannelCodeTaken(command.Code);
        }

        if (entity is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        return entity.RefuseNew() is { } closed
            ? closed
            : new ChannelOpened(id, entity.Id, command.Code, command.Name, command.Kind);
    }
}

/// <summary>Closes a way of selling; no warehouse serves it any more.</summary>
[Needs("network.channels")]
[Refuses<InvalidField>, Refuses<ChannelNotFound>, Refuses<StaleVersion>, Refuses<StillInUse>]
public sealed record CloseChannel(FulfillmentChannelId Channel, int Version, string Reason)
    : ICommand<ChannelClosed>, IReasoned;

public sealed record ChannelClosed(FulfillmentChannelId Channel, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(FulfillmentChannel), Channel.Value);
}

internal sealed class CloseChannelHandler(PlatformDb db, RecordUses uses) : ICommandHandler<CloseChannel, ChannelClosed>
{
    public async Task<Result<ChannelClosed>> HandleAsync(CloseChannel command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var channel = await db.LockChannelAsync(command.Channel, ct);
        if (channel is null || channel.Status == PlaceStatus.Retired)
        {
            return new ChannelNotFound(command.Channel);
        }

        if (channel.Version != command.Version)
        {
            return new StaleVersion(nameof(FulfillmentChannel), channel.Id.Value, command.Version, channel.Version);
        }

        var needed = await uses.FindAsync(RecordKind.FulfillmentChannel, channel.Id.Value, ct);
        if (needed.Count > 0)
        {
            return new StillInUse(RecordKind.FulfillmentChannel, channel.Id.Value, needed);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.FulfillmentChannel, channel.Id.Value, FieldGroup.Status, channel.Version,
                new StatusWas(MasterStatus.Active), new StatusWas(MasterStatus.Retired), command.Reason),
            envelope);
        channel.Retire(envelope.Now);
        var closed = new ChannelClosed(channel.Id, channel.Version, command.Reason);
        db.Raise(closed);
        return closed;
    }
}
