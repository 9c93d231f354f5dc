using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>Stops deliveries to a customer until finance releases them.</summary>
[Needs("partners.credit_hold")]
[Refuses<InvalidField>, Refuses<CustomerNotFound>, Refuses<StaleVersion>, Refuses<CustomerOnCreditHold>]
public sealed record PlaceCreditHold(CustomerId Customer, int Version, string Reason)
    : ICommand<CreditHoldPlaced>, IReasoned;

public sealed record CreditHoldPlaced(CustomerId Customer, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Partner), Customer.Value);
}

/// <summary>Lets deliveries to a customer go on.</summary>
[Needs("partners.credit_hold")]
[Refuses<InvalidField>, Refuses<CustomerNotFound>, Refuses<StaleVersion>, Refuses<CustomerNotOnHold>]
public sealed record ReleaseCreditHold(CustomerId Customer, int Version, string Reason)
    : ICommand<CreditHoldReleased>, IReasoned;

public sealed record CreditHoldReleased(CustomerId Customer, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Partner), Customer.Value);
}

internal sealed class PlaceCreditHoldHandler(PlatformDb db) : ICommandHandler<PlaceCreditHold, CreditHoldPlaced>
{
    public async Task<Result<CreditHoldPlaced>> HandleAsync(
        PlaceCreditHold command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var customer = await db.LockCustomerAsync(command.Customer, ct);
        if (customer is null)
        {
            return new CustomerNotFound(command.Customer);
        }

        if (customer.Version != command.Version)
        {
            return new StaleVersion(nameof(Customer), customer.Id.Value, command.Version, customer.Version);
        }

        if (customer.RefuseDelivery() is { } alreadyHeld)
        {
            return alreadyHeld;
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Customer, customer.Id.Value, FieldGroup.Credit, customer.Version, new HoldWas(IsOnHold: false),
                new HoldWas(IsOnHold: true), command.Reason),
            envelope);
        customer.Hold(command.Reason, envelope.Now);
        var placed = new CreditHoldPlaced(customer.Id, customer.Version, command.Reason);
        db.Raise(placed);
        return placed;
    }
}

internal sealed class ReleaseCreditHoldHandler(PlatformDb db) : ICommandHandler<ReleaseCreditHold, CreditHoldReleased>
{
    public async Task<Result<CreditHoldReleased>> HandleAsync(
        ReleaseCreditHold command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var customer = await db.LockCustomerAsync(command.Customer, ct);
        if (customer is null)
        {
            return new CustomerNotFound(command.Customer);
        }

        if (customer.Version != command.Version)
        {
            return new StaleVersion(nameof(Customer), customer.Id.Value, command.Version, customer.Version);
        }

        if (!customer.IsOnCreditHold)
        {
            return new CustomerNotOnHold(customer.Id);
        }

        db.RegisterChange(
            new Changed(
                RecordKind.Customer, customer.Id.Value, FieldGroup.Credit, customer.Version, new HoldWas(IsOnHold: true),
                new HoldWas(IsOnHold: false), command.Reason),
            envelope);
        customer.Release(envelope.Now);
        var released = new CreditHoldReleased(customer.Id, customer.Version, command.Reason);
        db.Raise(released);
        return released;
    }
}

internal sealed record HoldWas(bool IsOnHold);
