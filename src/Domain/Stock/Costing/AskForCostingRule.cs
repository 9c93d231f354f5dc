using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Stock.Ledger;

namespace Platform.Domain.Stock.Costing;

/// <summary>
/// Asks that cost flows otherwise for a class of items, in one company or in all, or for one item in one company (CAT-18); without
/// a method, that the rule is taken back. Somebody else agrees to it.
/// </summary>
[Needs("stock.cost")]
[Refuses<InvalidField>, Refuses<CostingScopeNotValid>, Refuses<CostingRuleStands>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record AskForCostingRule(LegalEntityId? LegalEntity, string? Category, ItemId? Item, CostingMethod? Method, string Reason)
    : ICommand<ApprovalFiled>, IReasoned;

internal sealed class AskForCostingRuleHandler(PlatformDb db, ApprovalDesk approvals)
    : ICommandHandler<AskForCostingRule, ApprovalFiled>, IConstraintRefusals<AskForCostingRule>
{
    public async Task<Result<ApprovalFiled>> HandleAsync(AskForCostingRule command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.OptionalText("category", command.Category, most: 100) ?? Field.Known("method", command.Method)
            ?? Field.Text("reason", command.Reason, most: 500);
        if (invalid is not null)
        {
            return invalid;
        }

        if ((command.Category is null) == (command.Item is null) || (command.Item is not null && command.LegalEntity is null))
        {
            return new CostingScopeNotValid("A rule is about a class of items, or about one item in one company; for all companies change the item.");
        }

        var rule = await db.EnsureCostingRuleAsync(command, envelope.Now, ct);
        if (rule.Method == command.Method)
        {
            return new CostingRuleStands(rule.Id, rule.Method);
        }

        var subject = new Subject(nameof(CostingRule), rule.Id.Value);
        var (turning, waiting) = await db.CountPoolsAsync(rule, ct);
        return await approvals.FileAsync(
            new SetCostingRule(rule.Id, command.Method, command.Reason),
            new ApprovalSheet
            {
                Kind = "POLICY_CHANGE",
                Subject = subject,
                Title = $"Cost of {rule.About} by {Words(command.Method)}",
                Note = command.Reason,
                Effects =
                [
                    new ShownEffect($"cost of {rule.About}", Words(rule.Method), Words(command.Method)),
                    new ShownEffect("pools in reach that are empty and may turn at once", null, $"{turning}"),
                    new ShownEffect("pools in reach with goods, which wait until they are empty", null, $"{waiting}"),
                ],
                Preconditions = [subject],
                LegalEntity = command.LegalEntity,
            },
            envelope,
            ct);
    }

    public DomainError? RefusalFor(AskForCostingRule command, string constraint) =>
        constraint is "costing_rule_item_id_fkey" or "costing_rule_legal_entity_id_fkey"
            ? new CostingScopeNotValid("There is no such item or company.")
            : null;

    private static string Words(CostingMethod? method) => method is { } named ? StockWords.Of(named) : "the next wider rule";
}

/// <summary>What an approver relies on of a rule: what it says today.</summary>
internal sealed class CostingRuleFacts(PlatformDb db) : IMaterialFacts
{
    public string Kind => nameof(CostingRule);

    public async Task<object?> ReadAsync(Guid id, CancellationToken ct) =>
        await db.LockCostingRuleAsync(CostingRuleId.From(id), ct) is { } rule ? new { rule.Method, rule.Version } : null;
}
