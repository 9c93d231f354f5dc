using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;

namespace Platform.Domain.Stock.Costing;

/// <summary>
/// Puts a rule of costing in force; run by the approval of it and by nothing else. Empty pools turn at once, and others as soon as
/// nothing lies in them, so no value changes (CAT-18).
/// </summary>
[Needs("stock.cost")]
[Refuses<NeedsApproval>, Refuses<CostingRuleNotFound>]
public sealed record SetCostingRule(CostingRuleId Rule, CostingMethod? Method, string Reason) : ICommand<CostingRuleSet>, IReasoned;

/// <param name="Rule">The rule.</param>
/// <param name="LegalEntity">In whose books it holds; all when there is none.</param>
/// <param name="Category">The class of items it is about.</param>
/// <param name="Item">The item it is about.</param>
/// <param name="Method">How cost flows from now on; none where the next wider rule speaks again.</param>
/// <param name="Turned">Pools that were empty and follow it already.</param>
/// <param name="Waiting">Pools that follow it as soon as nothing lies in them.</param>
public sealed record CostingRuleSet(
    CostingRuleId Rule, LegalEntityId? LegalEntity, string? Category, ItemId? Item, CostingMethod? Method, int Turned, int Waiting) : IEvent
{
    public Subject Subject => new("CostingRule", Rule.Value);
}

internal sealed class SetCostingRuleHandler(PlatformDb db) : ICommandHandler<SetCostingRule, CostingRuleSet>
{
    public async Task<Result<CostingRuleSet>> HandleAsync(SetCostingRule command, Envelope envelope, CancellationToken ct)
    {
        if (envelope.Mandate is null)
        {
            return new NeedsApproval("A rule of costing");
        }

        // A pool that is made meanwhile would take up what held before.
        await db.PausePostingAsync(ct);
        if (await db.LockCostingRuleAsync(command.Rule, ct) is not { } rule)
        {
            return new CostingRuleNotFound(command.Rule);
        }

        var (turned, waiting) = await db.SaveCostingRuleAsync(rule, command.Method, envelope.Now, ct);
        var set = new CostingRuleSet(rule.Id, rule.LegalEntity, rule.Category, rule.Item, command.Method, turned, waiting);
        db.Raise(set);
        return set;
    }
}
