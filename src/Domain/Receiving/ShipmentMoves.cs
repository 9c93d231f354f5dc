using Platform.Domain.Exceptions;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Purchasing;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Receiving;

/// <summary>
/// Notes how probable it is that something is wrong with a shipment, and why. From the risk that the rules name on it is counted
/// twice, by two persons, and stock and money hear of the second count (RCV-14).
/// </summary>
[Needs("receiving.flag"), WithinRows]
[Refuses<InvalidField>, Refuses<ShipmentNotFound>, Refuses<StaleVersion>, Refuses<WrongShipmentStatus>]
public sealed record FlagShipment(InboundShipmentId Shipment, int Version, decimal Risk, IReadOnlyList<string> Reasons) : ICommand<ShipmentFlagged>;

public sealed record ShipmentFlagged(
    InboundShipmentId Shipment,
    string Number,
    decimal Risk,
    decimal Threshold,
    bool IsHighRisk,
    IReadOnlyList<string> Reasons,
    LegalEntityId LegalEntity,
    WarehouseId Warehouse,
    SupplierId Supplier,
    int Version) : IEvent
{
    public Subject Subject => new(nameof(InboundShipment), Shipment.Value);
}

/// <summary>A shipment stands at the dock; an appointment that it had is kept, early, on time or late (NET-08).</summary>
[Needs("receiving.receive"), WithinRows]
[Refuses<InvalidField>, Refuses<ShipmentNotFound>, Refuses<StaleVersion>, Refuses<WrongShipmentStatus>]
public sealed record ArriveShipment(InboundShipmentId Shipment, int Version, DateTimeOffset? ArrivedAt) : ICommand<ShipmentMoved>;

/// <summary>
/// Nothing more of a shipment is counted. What came less than was announced and tolerated becomes a case of its line; the other
/// lines go on (RCV-03, RCV-12).
/// </summary>
[Needs("receiving.receive"), WithinRows]
[Refuses<ShipmentNotFound>, Refuses<StaleVersion>, Refuses<WrongShipmentStatus>, Refuses<VerificationRequired>]
public sealed record FinishShipment(InboundShipmentId Shipment, int Version) : ICommand<ShipmentMoved>;

/// <summary>Closes a shipment of which everything was settled.</summary>
[Needs("receiving.settle"), WithinRows]
[Refuses<ShipmentNotFound>, Refuses<StaleVersion>, Refuses<WrongShipmentStatus>, Refuses<DiscrepanciesOpen>]
public sealed record CloseShipment(InboundShipmentId Shipment, int Version) : ICommand<ShipmentMoved>;

/// <summary>A shipment that was announced does not come.</summary>
[Needs("receiving.announce"), WithinRows]
[Refuses<InvalidField>, Refuses<ShipmentNotFound>, Refuses<StaleVersion>, Refuses<WrongShipmentStatus>]
public sealed record CancelShipment(InboundShipmentId Shipment, int Version, string Reason) : ICommand<ShipmentMoved>, IReasoned;

internal sealed class FlagShipmentHandler(PlatformDb db, ReceivingPolicies policies, ExceptionDesk exceptions)
    : ICommandHandler<FlagShipment, ShipmentFlagged>
{
    public async Task<Result<ShipmentFlagged>> HandleAsync(FlagShipment command, Envelope envelope, CancellationToken ct)
    {
        var invalid = (command.Risk == 0m ? null : Field.Positive("risk", command.Risk, most: 1m, decimals: 4))
            ?? Field.Whole("reasons", command.Reasons.Count, least: 1, most: 20)
            ?? command.Reasons.Select((reason, at) => Field.Text($"reasons.{at}", reason, most: 300)).FirstOrDefault(found => found is not null);
        if (invalid is not null)
        {
            return invalid;
        }

        var shipment = await db.LockShipmentAsync(command.Shipment, ct);
        if (shipment is null)
        {
            return new ShipmentNotFound(command.Shipment);
        }

        // Once its goods are counted, it is too late to count them otherwise.
        if (shipment.Status != ShipmentStatus.Arrived && ShipmentSteps.Refuse(shipment, command.Version, ShipmentStep.Arrive) is { } refusal)
        {
            return refusal;
        }

        var terms = await policies.TermsForAsync(Receivable.Of(shipment), envelope.Now, ct);
        shipment.Flag(command.Risk, command.Reasons, terms.RiskThreshold);
        var flagged = new ShipmentFlagged(
            shipment.Id, shipment.Number, command.Risk, terms.RiskThreshold, shipment.IsHighRisk, command.Reasons, shipment.LegalEntityId,
            shipment.WarehouseId, shipment.SupplierId, shipment.Version);
        db.Raise(flagged);
        if (shipment.IsHighRisk)
        {
            await exceptions.SignalAsync(ReceivingSignals.HighRisk(shipment, command.Reasons, terms.RiskThreshold), envelope, ct);
        }

        return flagged;
    }
}

internal sealed class ArriveShipmentHandler(PlatformDb db) : ICommandHandler<ArriveShipment, ShipmentMoved>
{
    public async Task<Result<ShipmentMoved>> HandleAsync(ArriveShipment command, Envelope envelope, CancellationToken ct)
    {
        if (command.ArrivedAt > envelope.Now)
        {
            return Field.Invalid("arrivedAt", "must not lie in the future", command.ArrivedAt.Value.ToString("O"));
        }

        var found = await db.LockShipmentAsync(command.Shipment, command.Version, ShipmentStep.Arrive, ct);
        if (!found.Succeeded(out var shipment))
        {
            return found.Error!;
        }

        var arrived = command.ArrivedAt ?? envelope.Now;
        if (await db.LockAppointmentOfAsync(shipment.Id, ct) is { } appointment)
        {
            appointment.Keep(arrived);
            db.Raise(appointment.Moved(shipment));
        }

        var from = shipment.Status;
        shipment.Arrive(arrived);
        return db.Tell(shipment.Moved(ShipmentStep.Arrive, from, reason: null));
    }
}

internal sealed class FinishShipmentHandler(PlatformDb db, OrderDesk orders, ReceivingPolicies policies, Findings findings, ExceptionDesk exceptions)
    : ICommandHandler<FinishShipment, ShipmentMoved>
{
    public async Task<Result<ShipmentMoved>> HandleAsync(FinishShipment command, Envelope envelope, CancellationToken ct)
    {
        var found = await db.LockShipmentAsync(command.Shipment, command.Version, ShipmentStep.Finish, ct);
        if (!found.Succeeded(out var shipment))
        {
            return found.Error!;
        }

        var unvalidated = await db.CountUnvalidatedAsync(shipment.Id, ct);
        if (unvalidated > 0)
        {
            return new VerificationRequired(shipment.Id, unvalidated);
        }

        var lines = await db.LockShipmentLinesAsync(shipment.Id, ct);
        var terms = await orders.ReadAsync([.. lines.Select(line => line.OrderLineId)], ct);
        var shorts = new List<CaseFact>();
        foreach (var line in lines.GroupBy(line => line.OrderLineId))
        {
            var (ordered, announced, came) = (terms[line.Key], line.Sum(one => one.Quantity), line.Sum(one => one.Received));
            if (came >= announced)
            {
                continue;
            }

            var rules = await policies.TermsForAsync(Receivable.Of(ordered), envelope.Now, ct);
            var isTolerated = rules.ToleratesLess(ordered, announced, came);
            await findings.KeepAsync(new Difference(DiscrepancyKind.Short, ordered, shipment, Line: null, announced, came), isTolerated, envelope, ct);
            if (!isTolerated)
            {
                shorts.Add(new CaseFact(
                    FormattableString.Invariant($"{ordered.Number} line {ordered.Line}"), FormattableString.Invariant($"{announced} announced, {came} came")));
            }
        }

        if (shorts.Count > 0)
        {
            await exceptions.SignalAsync(
                ReceivingSignals.Mismatch(shipment, $"Shipment {shipment.Number} brought less than its supplier announced", nameof(DiscrepancyFound), shorts), envelope, ct);
        }

        var from = shipment.Status;
        shipment.Finish(envelope.Now);
        return db.Tell(shipment.Moved(ShipmentStep.Finish, from, reason: null));
    }
}

internal sealed class CloseShipmentHandler(PlatformDb db) : ICommandHandler<CloseShipment, ShipmentMoved>
{
    public async Task<Result<ShipmentMoved>> HandleAsync(CloseShipment command, Envelope envelope, CancellationToken ct)
    {
        var found = await db.LockShipmentAsync(command.Shipment, command.Version, ShipmentStep.Close, ct);
        if (!found.Succeeded(out var shipment))
        {
            return found.Error!;
        }

        var open = await db.CountOpenDiscrepanciesAsync(shipment.Id, ct);
        if (open > 0)
        {
            return new DiscrepanciesOpen(shipment.Id, open);
        }

        shipment.End(ShipmentStep.Close, reason: null, envelope.Now);
        return db.Tell(shipment.Moved(ShipmentStep.Close, ShipmentStatus.Received, reason: null));
    }
}

internal sealed class CancelShipmentHandler(PlatformDb db) : ICommandHandler<CancelShipment, ShipmentMoved>
{
    public async Task<Result<ShipmentMoved>> HandleAsync(CancelShipment command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var found = await db.LockShipmentAsync(command.Shipment, command.Version, ShipmentStep.Cancel, ct);
        if (!found.Succeeded(out var shipment))
        {
            return found.Error!;
        }

        if (await db.LockAppointmentOfAsync(shipment.Id, ct) is { } appointment)
        {
            appointment.Cancel();
            db.Raise(appointment.Moved(shipment));
        }

        var from = shipment.Status;
        shipment.End(ShipmentStep.Cancel, command.Reason, envelope.Now);
        return db.Tell(shipment.Moved(ShipmentStep.Cancel, from, command.Reason));
    }
}

internal static class Telling
{
    /// <summary>Raises an event that is also the answer.</summary>
    public static TEvent Tell<TEvent>(this PlatformDb db, TEvent happened)
        where TEvent : IEvent
    {
        db.Raise(happened);
        return happened;
    }
}
