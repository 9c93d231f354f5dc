using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Purchasing;

/// <summary>How much of a category a company may buy in a month, in its currency (PRC-12).</summary>
public sealed class Budget
{
    private Budget()
    {
    }

    public BudgetId Id { get; private set; }

    public LegalEntityId LegalEntityId { get; private set; }

    /// <summary>The category of items; null for everything that has no budget of its own.</summary>
    public string? Category { get; private set; }

    /// <summary>The first day of the month in which the goods are expected.</summary>
    public DateOnly Period { get; private set; }

    public decimal Amount { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static Budget Of(BudgetId id, SetBudget set, DateTimeOffset at) => new()
    {
        Id = id,
        LegalEntityId = set.LegalEntity,
        Category = set.Category,
        Period = set.Period,
        Amount = set.Amount,
        Version = 1,
        CreatedAt = at,
        UpdatedAt = at,
    };

    internal void Change(decimal amount, DateTimeOffset at)
    {
        (Amount, UpdatedAt) = (amount, at);
        Version++;
    }
}

/// <summary>Says how much of a category may be bought for a month.</summary>
/// <param name="LegalEntity">The company.</param>
/// <param name="Category">The category of items; null for everything that has no budget of its own.</param>
/// <param name="Period">The first day of the month.</param>
/// <param name="Version">The version that was seen last; 0 when there is none.</param>
/// <param name="Amount">How much, in the company's currency.</param>
[Needs("purchasing.budget")]
[Refuses<InvalidField>, Refuses<LegalEntityNotFound>, Refuses<StaleVersion>]
public sealed record SetBudget(LegalEntityId LegalEntity, string? Category, DateOnly Period, int Version, decimal Amount) : ICommand<BudgetSet>;

public sealed record BudgetSet(BudgetId Budget, LegalEntityId LegalEntity, string? Category, DateOnly Period, decimal Amount, int Version) : IEvent
{
    public Subject Subject => new(nameof(Purchasing.Budget), Budget.Value);
}

/// <summary>Lets a draft go beyond the budget; changing the order takes that back.</summary>
[Needs("purchasing.budget")]
[Refuses<InvalidField>, Refuses<PurchaseOrderNotFound>, Refuses<StaleVersion>, Refuses<WrongOrderStatus>]
public sealed record AllowOverrun(PurchaseOrderId Order, int Version, string Reason) : ICommand<OrderMoved>, IReasoned;

internal sealed class SetBudgetHandler(PlatformDb db) : ICommandHandler<SetBudget, BudgetSet>, IConstraintRefusals<SetBudget>
{
    public async Task<Result<BudgetSet>> HandleAsync(SetBudget command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.OptionalText("category", command.Category, most: 100)
            ?? (command.Amount == 0m ? null : Field.Positive("amount", command.Amount, most: 100_000_000_000m, decimals: 4))
            ?? (command.Period.Day == 1 ? null : Field.Invalid("period", "must be the first day of a month", command.Period.ToString("O")));
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.ShareLegalEntityAsync(command.LegalEntity, ct) is null)
        {
            return new LegalEntityNotFound(command.LegalEntity);
        }

        var budget = await db.LockBudgetAsync(command.LegalEntity, command.Category, command.Period, ct);
        if ((budget?.Version ?? 0) != command.Version)
        {
            return new StaleVersion(nameof(Budget), command.LegalEntity.Value, command.Version, budget?.Version ?? 0);
        }

        if (budget is null)
        {
            budget = Budget.Of(new BudgetId(Guid.CreateVersion7(envelope.Now)), command, envelope.Now);
            db.Add(budget);
        }
        else
        {
            budget.Change(command.Amount, envelope.Now);
        }

        var set = new BudgetSet(budget.Id, budget.LegalEntityId, budget.Category, budget.Period, budget.Amount, budget.Version);
        db.Raise(set);
        return set;
    }

    public DomainError? RefusalFor(SetBudget command, string constraint) =>
        constraint == "budget_once" ? new StaleVersion(nameof(Budget), command.LegalEntity.Value, command.Version, Current: 1) : null;
}

internal sealed class AllowOverrunHandler(PlatformDb db) : ICommandHandler<AllowOverrun, OrderMoved>
{
    public async Task<Result<OrderMoved>> HandleAsync(AllowOverrun command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var order = await db.LockOrderAsync(command.Order, ct);
        if (order is null)
        {
            return new PurchaseOrderNotFound(command.Order);
        }

        if (OrderSteps.Refuse(order, command.Version, OrderStep.AllowOverrun) is { } refusal)
        {
            return refusal;
        }

        var from = order.Status;
        order.AllowOverrun(command.Reason, envelope);
        var moved = order.Moved(OrderStep.AllowOverrun, from, command.Reason);
        db.Raise(moved);
        return moved;
    }
}
