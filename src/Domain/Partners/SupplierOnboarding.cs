using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Partners;

/// <summary>Lets a candidate be given orders, for a reason that an auditor can read.</summary>
[Needs("partners.approve_supplier")]
[Refuses<InvalidField>, Refuses<SupplierNotFound>, Refuses<StaleVersion>, Refuses<WrongOnboarding>]
public sealed record ApproveSupplier(SupplierId Supplier, int Version, string Reason)
    : ICommand<SupplierApproved>, IReasoned;

public sealed record SupplierApproved(SupplierId Supplier, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Partner), Supplier.Value);
}

/// <summary>Stops new orders to a supplier.</summary>
[Needs("partners.approve_supplier")]
[Refuses<InvalidField>, Refuses<SupplierNotFound>, Refuses<StaleVersion>, Refuses<WrongOnboarding>]
public sealed record SuspendSupplier(SupplierId Supplier, int Version, string Reason)
    : ICommand<SupplierSuspended>, IReasoned;

public sealed record SupplierSuspended(SupplierId Supplier, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Partner), Supplier.Value);
}

/// <summary>Lets a suspended supplier be given orders again.</summary>
[Needs("partners.approve_supplier")]
[Refuses<InvalidField>, Refuses<SupplierNotFound>, Refuses<StaleVersion>, Refuses<WrongOnboarding>]
public sealed record ReinstateSupplier(SupplierId Supplier, int Version, string Reason)
    : ICommand<SupplierReinstated>, IReasoned;

public sealed record SupplierReinstated(SupplierId Supplier, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Partner), Supplier.Value);
}

internal sealed class ApproveSupplierHandler(PlatformDb db) : ICommandHandler<ApproveSupplier, SupplierApproved>
{
    public async Task<Result<SupplierApproved>> HandleAsync(
        ApproveSupplier command, Envelope envelope, CancellationToken ct)
    {
        var step = await db.StepAsync(
            command.Supplier, command.Version, OnboardingStep.Approve, command.Reason, envelope, ct);
        if (!step.Succeeded(out var supplier))
        {
            return step.Error!;
        }

        var approved = new SupplierApproved(supplier.Id, supplier.Version, command.Reason);
        db.Raise(approved);
        return approved;
    }
}

internal sealed class SuspendSupplierHandler(PlatformDb db) : ICommandHandler<SuspendSupplier, SupplierSuspended>
{
    public async Task<Result<SupplierSuspended>> HandleAsync(
        SuspendSupplier command, Envelope envelope, CancellationToken ct)
    {
        var step = await db.StepAsync(
            command.Supplier, command.Version, OnboardingStep.Suspend, command.Reason, envelope, ct);
        if (!step.Succeeded(out var supplier))
        {
            return step.Error!;
        }

        var suspended = new SupplierSuspended(supplier.Id, supplier.Version, command.Reason);
        db.Raise(suspended);
        return suspended;
    }
}

internal sealed class ReinstateSupplierHandler(PlatformDb db) : ICommandHandler<ReinstateSupplier, SupplierReinstated>
{
    public async Task<Result<SupplierReinstated>> HandleAsync(
        ReinstateSupplier command, Envelope envelope, CancellationToken ct)
    {
        var step = await db.StepAsync(
            command.Supplier, command.Version, OnboardingStep.Reinstate, command.Reason, envelope, ct);
        if (!step.Succeeded(out var supplier))
        {
            return step.Error!;
        }

        var reinstated = new SupplierReinstated(supplier.Id, supplier.Version, command.Reason);
        db.Raise(reinstated);
        return reinstated;
    }
}

internal static class OnboardingSteps
{
    public static async Task<Result<Supplier>> StepAsync(
        this PlatformDb db, SupplierId id, int version, OnboardingStep step, string reason, Envelope envelope,
        CancellationToken ct)
    {
        if (Field.Text("reason", reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var supplier = await db.LockSupplierAsync(id, ct);
        if (supplier is null)
        {
            return new SupplierNotFound(id);
        }

        if (Decide(supplier, version, step) is { } refusal)
        {
            return refusal;
        }

        var before = supplier.Onboarding;
        var baseVersion = supplier.Version;
        supplier.Apply(step, reason, envelope.Now);
        db.RegisterChange(
            new Changed(
                RecordKind.Supplier, id.Value, FieldGroup.Status, baseVersion, new OnboardingWas(before),
                new OnboardingWas(supplier.Onboarding), reason),
            envelope);
        return supplier;
    }

    internal static DomainError? Decide(Supplier supplier, int version, OnboardingStep step)
    {
        if (supplier.Version != version)
        {
            return new StaleVersion(nameof(Supplier), supplier.Id.Value, version, supplier.Version);
        }

        return Supplier.Steps.ContainsKey((supplier.Onboarding, step))
            ? null
            : new WrongOnboarding(supplier.Id, supplier.Onboarding, step);
    }

    private sealed record OnboardingWas(Onboarding Onboarding);
}
