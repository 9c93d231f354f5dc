using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Purchasing;

/// <summary>A budget that an order does not fit into, in the company's currency.</summary>
/// <param name="Category">The category; null for everything that has no budget of its own.</param>
/// <param name="Period">The month.</param>
/// <param name="Amount">How much may be bought.</param>
/// <param name="Committed">What other orders take of it, received or still to come.</param>
/// <param name="Asked">What this one would take.</param>
public sealed record Overrun(string? Category, DateOnly Period, decimal Amount, decimal Committed, decimal Asked);

/// <summary>The order goes beyond a budget; whoever answers for it may let it (PRC-12).</summary>
public sealed record BudgetExceeded(PurchaseOrderId Order, IReadOnlyList<Overrun> Overruns) : DomainError
{
    public override string Message =>
        $"Purchase order {Order} goes beyond the budget of {string.Join(", ", Overruns.Select(one => $"{one.Category ?? "everything else"} in {one.Period:yyyy-MM}"))}.";

    public bool Equals(BudgetExceeded? other) => other is not null && Order == other.Order && Overruns.SequenceEqual(other.Overruns);

    public override int GetHashCode() => HashCode.Combine(Order, Overruns.Count);
}

/// <summary>What an order, or all others, take of a budget, in one currency.</summary>
internal sealed record BudgetUse(Guid Budget, bool IsOwn, string Currency, decimal Amount);

/// <summary>
/// Compares an order with the budgets of its months. The budgets stay locked until the commit, so of two orders that fit only one by
/// one the second finds the first; nothing is counted anywhere but in the orders themselves.
/// </summary>
internal sealed class BudgetGuard(PlatformDb db, ExchangeRates rates)
{
    public async Task<BudgetExceeded?> RefuseAsync(PurchaseOrder order, DateOnly today, CancellationToken ct)
    {
        if (order.OverrunReason is not null)
        {
            return null;
        }

        var budgets = await db.LockBudgetsOfAsync(order, ct);
        if (budgets.Count == 0)
        {
            return null;
        }

        var money = (await db.Set<LegalEntity>().AsNoTracking().SingleAsync(entity => entity.Id == order.LegalEntityId, ct)).CurrencyCode;
        var uses = await db.FindBudgetUsesAsync(order, budgets, ct);
        var overruns = new List<Overrun>();
        foreach (var budget in budgets)
        {
            var mine = await WorthAsync(uses.FindAll(use => use.Budget == budget.Id.Value && use.IsOwn), money, today, ct);
            var others = await WorthAsync(uses.FindAll(use => use.Budget == budget.Id.Value && !use.IsOwn), money, today, ct);
            if (mine is null || others is null || mine + others > budget.Amount)
            {
                overruns.Add(new Overrun(budget.Category, budget.Period, budget.Amount, others ?? 0m, mine ?? 0m));
            }
        }

        return overruns.Count > 0 ? new BudgetExceeded(order.Id, overruns) : null;
    }

    /// <summary>Null when nobody knows a rate: what nobody can judge does not pass by itself.</summary>
    private async Task<decimal?> WorthAsync(List<BudgetUse> uses, string currency, DateOnly day, CancellationToken ct)
    {
        var sum = 0m;
        foreach (var use in uses)
        {
            if (await rates.WorthAsync(use.Amount, use.Currency, currency, day, ct) is not { } worth)
            {
                return null;
            }

            sum += worth;
        }

        return decimal.Round(sum, 4);
    }
}
