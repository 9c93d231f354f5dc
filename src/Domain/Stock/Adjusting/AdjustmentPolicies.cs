using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Stock.Adjusting;

public sealed record ReasonRequired : DomainError
{
    public override string Message => "An adjustment says why: give a reason code.";
}

public sealed record EvidenceRequired(ItemId Item, WarehouseId Warehouse) : DomainError
{
    public override string Message => $"Policy asks for evidence when item {Item} is adjusted in warehouse {Warehouse}.";
}

/// <summary>The value is above what policy lets one person change; nothing was posted.</summary>
public sealed record ApprovalRequired(ItemId Item, WarehouseId Warehouse, decimal Value, decimal WithoutApproval, string Currency)
    : DomainError
{
    public override string Message =>
        $"An adjustment of {Value} {Currency} needs approval: up to {WithoutApproval} {Currency} pass without. Ask for it.";
}

/// <summary>How far one person may adjust an item in a warehouse; the most specific row of policy counts.</summary>
internal sealed record AdjustmentPolicy(decimal WithoutApproval, bool NeedsEvidence)
{
    /// <summary>Where nobody set a policy: small corrections pass, in the entity's currency.</summary>
    public static AdjustmentPolicy Default { get; } = new(1_000m, NeedsEvidence: false);

    public EvidenceRequired? RefuseReason(PostingReason reason, ItemId item, WarehouseId warehouse) =>
        NeedsEvidence && string.IsNullOrWhiteSpace(reason.Evidence) ? new EvidenceRequired(item, warehouse) : null;

    public ApprovalRequired? RefuseValue(ItemId item, WarehouseId warehouse, decimal value, string currency) =>
        value > WithoutApproval ? new ApprovalRequired(item, warehouse, value, WithoutApproval, currency) : null;
}

internal sealed class AdjustmentPolicies(PlatformDb db)
{
    /// <summary>Judges the document under its locks, then asks policy about its value, and only then writes.</summary>
    public async Task<Result<StockPosted>> PostAsync(
        StockPoster poster, PostingRequest request, Envelope envelope, CancellationToken ct)
    {
        if (string.IsNullOrWhiteSpace(request.Reason?.Code))
        {
            return new ReasonRequired();
        }

        var prepared = await poster.PrepareAsync(request, envelope, ct);
        if (!prepared.Succeeded(out var ready))
        {
            return prepared.Error!;
        }

        foreach (var movement in ready.Plan.Movements)
        {
            var warehouse = ready.Facts.Bins[(movement.From.Bin ?? movement.To.Bin)!.Value].Warehouse;
            var policy = await db.FindAdjustmentPolicyAsync(movement.Line.Item, warehouse, ct);
            var value = decimal.Abs(movement.Value?.Valued.OnHand ?? 0m);
            if (policy.RefuseReason(request.Reason, movement.Line.Item, warehouse) is { } unproven)
            {
                return unproven;
            }

            // What others agreed to is not asked for its value again.
            if (envelope.Mandate is null
                && policy.RefuseValue(movement.Line.Item, warehouse, value, ready.Entity.Currency) is { } tooMuch)
            {
                return tooMuch;
            }
        }

        poster.WriteLast(ready);
        return poster.Raise(ready.Plan);
    }
}
