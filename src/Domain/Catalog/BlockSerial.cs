using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>Holds one unit: it is not picked or shipped until it is released.</summary>
[Needs("catalog.lots")]
[Refuses<InvalidField>, Refuses<SerialNotFound>, Refuses<StaleVersion>, Refuses<SerialAlreadyBlocked>]
public sealed record BlockSerial(SerialId Serial, int Version, string Reason) : ICommand<SerialBlocked>, IReasoned;

public sealed record SerialBlocked(SerialId Serial, ItemId Item, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Serial), Serial.Value);
}

/// <summary>Releases a unit that was held.</summary>
[Needs("catalog.lots")]
[Refuses<InvalidField>, Refuses<SerialNotFound>, Refuses<StaleVersion>, Refuses<SerialNotBlocked>]
public sealed record UnblockSerial(SerialId Serial, int Version, string Reason) : ICommand<SerialUnblocked>, IReasoned;

public sealed record SerialUnblocked(SerialId Serial, ItemId Item, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Serial), Serial.Value);
}

internal sealed class BlockSerialHandler(PlatformDb db) : ICommandHandler<BlockSerial, SerialBlocked>
{
    public async Task<Result<SerialBlocked>> HandleAsync(BlockSerial command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var serial = await db.LockSerialAsync(command.Serial, ct);
        if (serial is null)
        {
            return new SerialNotFound(command.Serial);
        }

        if (serial.Version != command.Version)
        {
            return new StaleVersion(nameof(Serial), serial.Id.Value, command.Version, serial.Version);
        }

        if (serial.Status == LotStatus.Blocked)
        {
            return new SerialAlreadyBlocked(serial.Id, serial.BlockReason!);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Serial, serial.Id.Value, FieldGroup.Status, serial.Version, new LotStatusWas(LotStatus.Open),
                new LotStatusWas(LotStatus.Blocked), command.Reason),
            envelope);
        serial.Block(command.Reason, envelope.Now);
        var blocked = new SerialBlocked(serial.Id, serial.ItemId, serial.Version, command.Reason);
        db.Raise(blocked);
        return blocked;
    }
}

internal sealed class UnblockSerialHandler(PlatformDb db) : ICommandHandler<UnblockSerial, SerialUnblocked>
{
    public async Task<Result<SerialUnblocked>> HandleAsync(UnblockSerial command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var serial = await db.LockSerialAsync(command.Serial, ct);
        if (serial is null)
        {
            return new SerialNotFound(command.Serial);
        }

        if (serial.Version != command.Version)
        {
            return new StaleVersion(nameof(Serial), serial.Id.Value, command.Version, serial.Version);
        }

        if (serial.Status == LotStatus.Open)
        {
            return new SerialNotBlocked(serial.Id);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Serial, serial.Id.Value, FieldGroup.Status, serial.Version, new LotStatusWas(LotStatus.Blocked),
                new LotStatusWas(LotStatus.Open), command.Reason),
            envelope);
        serial.Unblock(envelope.Now);
        var unblocked = new SerialUnblocked(serial.Id, serial.ItemId, serial.Version, command.Reason);
        db.Raise(unblocked);
        return unblocked;
    }
}
