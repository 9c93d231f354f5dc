using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Warehouses;

/// <summary>Lets a warehouse serve a channel of its own legal entity, or changes its rank among those that do.</summary>
[Needs("network.channels")]
[Refuses<InvalidField>, Refuses<WarehouseNotFound>, Refuses<WarehouseIsRetired>, Refuses<ChannelNotFound>]
[Refuses<ChannelOfAnotherEntity>]
public sealed record ServeChannel(WarehouseId Warehouse, FulfillmentChannelId Channel, int Rank)
    : ICommand<ChannelServed>;

public sealed record ChannelServed(WarehouseId Warehouse, FulfillmentChannelId Channel, int Rank) : IEvent
{
    public Subject Subject => new(nameof(FulfillmentChannel), Channel.Value);
}

/// <summary>Lets a warehouse serve a channel no longer.</summary>
[Needs("network.channels")]
[Refuses<ChannelNotFound>, Refuses<WarehouseNotFound>]
public sealed record StopServingChannel(WarehouseId Warehouse, FulfillmentChannelId Channel)
    : ICommand<ChannelServiceStopped>;

public sealed record ChannelServiceStopped(WarehouseId Warehouse, FulfillmentChannelId Channel) : IEvent
{
    public Subject Subject => new(nameof(FulfillmentChannel), Channel.Value);
}

internal sealed class ServeChannelHandler(PlatformDb db) : ICommandHandler<ServeChannel, ChannelServed>
{
    public async Task<Result<ChannelServed>> HandleAsync(ServeChannel command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Whole("rank", command.Rank, least: 1, most: 999) is { } invalid)
        {
            return invalid;
        }

        var warehouse = await db.ShareWarehouseAsync(command.Warehouse, ct);
        var channel = await db.LockChannelAsync(command.Channel, ct);
        if (Decide(command, warehouse, channel) is { } refusal)
        {
            return refusal;
        }

        var service = await db.FindWarehouseChannelAsync(command.Warehouse, command.Channel, ct);
        var served = new ChannelServed(command.Warehouse, command.Channel, command.Rank);
        db.RegisterChange(
            new Changed(
                RecordKind.FulfillmentChannel, command.Channel.Value, FieldGroup.Service, channel!.Version,
                service is null ? null : served with { Rank = service.Rank }, served, Reason: null),
            envelope);
        if (service is null)
        {
            service = new WarehouseChannel(command.Warehouse, command.Channel);
            db.Add(service);
        }

        service.Apply(served);
        db.Raise(served);
        return served;
    }

    internal static DomainError? Decide(ServeChannel command, Warehouse? warehouse, FulfillmentChannel? channel)
    {
        if (warehouse is null)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        if (warehouse.Status == MasterStatus.Retired)
        {
            return new WarehouseIsRetired(warehouse.Id);
        }

        if (channel is null || channel.Status == PlaceStatus.Retired)
        {
            return new ChannelNotFound(command.Channel);
        }

        return channel.LegalEntityId == warehouse.LegalEntityId
            ? null
            : new ChannelOfAnotherEntity(channel.Id, channel.LegalEntityId, warehouse.LegalEntityId);
    }
}

internal sealed class StopServingChannelHandler(PlatformDb db)
    : ICommandHandler<StopServingChannel, ChannelServiceStopped>
{
    public async Task<Result<ChannelServiceStopped>> HandleAsync(
        StopServingChannel command, Envelope envelope, CancellationToken ct)
    {
        var channel = await db.LockChannelAsync(command.Channel, ct);
        if (channel is null)
        {
            return new ChannelNotFound(command.Channel);
        }

        if (await db.FindWarehouseChannelAsync(command.Warehouse, command.Channel, ct) is not { } service)
        {
            return new WarehouseNotFound(command.Warehouse);
        }

        db.Remove(service);
        var stopped = new ChannelServiceStopped(command.Warehouse, command.Channel);
        db.RegisterChange(
            new Changed(
                RecordKind.FulfillmentChannel, command.Channel.Value, FieldGroup.Service, channel.Version,
                Before: null, stopped, Reason: null),
            envelope);
        db.Raise(stopped);
        return stopped;
    }
}
