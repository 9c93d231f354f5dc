using System.Collections.Frozen;
using Platform.Domain.Kernel;

namespace Platform.Domain.Receiving;

public enum ShipmentStatus
{
    /// <summary>The supplier said that it comes.</summary>
    Announced,

    /// <summary>A door waits for it.</summary>
    Scheduled,
    Arrived,
    Receiving,

    /// <summary>Everything that came of it was counted, and validated where that was asked for.</summary>
    Received,
    Closed,
    Cancelled,
}

public enum ShipmentStep
{
    Schedule,
    Unschedule,
    Arrive,
    Receive,

    /// <summary>Nothing more of it is counted.</summary>
    Finish,
    Close,
    Cancel,
}

/// <summary>The life of an inbound shipment, as its whole table.</summary>
internal static class ShipmentSteps
{
    public static FrozenDictionary<(ShipmentStatus From, ShipmentStep Step), ShipmentStatus> Table { get; } =
        new Dictionary<(ShipmentStatus From, ShipmentStep Step), ShipmentStatus>
        {
            [(ShipmentStatus.Announced, ShipmentStep.Schedule)] = ShipmentStatus.Scheduled,
            [(ShipmentStatus.Announced, ShipmentStep.Arrive)] = ShipmentStatus.Arrived,
            [(ShipmentStatus.Announced, ShipmentStep.Cancel)] = ShipmentStatus.Cancelled,
            [(ShipmentStatus.Scheduled, ShipmentStep.Unschedule)] = ShipmentStatus.Announced,
            [(ShipmentStatus.Scheduled, ShipmentStep.Arrive)] = ShipmentStatus.Arrived,
            [(ShipmentStatus.Scheduled, ShipmentStep.Cancel)] = ShipmentStatus.Cancelled,
            [(ShipmentStatus.Arrived, ShipmentStep.Receive)] = ShipmentStatus.Receiving,
            // Nothing of it could be taken in.
            [(ShipmentStatus.Arrived, ShipmentStep.Finish)] = ShipmentStatus.Received,
            [(ShipmentStatus.Receiving, ShipmentStep.Receive)] = ShipmentStatus.Receiving,
            [(ShipmentStatus.Receiving, ShipmentStep.Finish)] = ShipmentStatus.Received,
            [(ShipmentStatus.Received, ShipmentStep.Close)] = ShipmentStatus.Closed,
        }.ToFrozenDictionary();

    public static ShipmentStatus After(ShipmentStatus status, ShipmentStep step) => Table[(status, step)];

    /// <summary>Null when the shipment is as the caller saw it and the step leads on from there.</summary>
    public static DomainError? Refuse(InboundShipment shipment, int version, ShipmentStep step) =>
        shipment.Version != version
            ? new StaleVersion(nameof(InboundShipment), shipment.Id.Value, version, shipment.Version)
            : RefuseStep(shipment, step);

    public static WrongShipmentStatus? RefuseStep(InboundShipment shipment, ShipmentStep step) =>
        Table.ContainsKey((shipment.Status, step)) ? null : new WrongShipmentStatus(shipment.Id, shipment.Status, step);
}
