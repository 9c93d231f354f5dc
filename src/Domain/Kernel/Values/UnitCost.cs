namespace Platform.Domain.Kernel.Values;

/// <summary>What one base unit costs: finer than money, because a screw costs a fraction of a cent.</summary>
public sealed record UnitCost
{
    /// <summary>numeric(28,10), kept below a billion so that cost × quantity is always exact.</summary>
    public const decimal Limit = 1_000_000_000m;

    public const int Decimals = 10;

    private UnitCost(decimal amount, Currency currency)
    {
        Amount = amount;
        Currency = currency;
    }

    public decimal Amount { get; }

    public Currency Currency { get; }

    public static Result<UnitCost> Create(decimal amount, Currency currency) =>
        amount is >= 0m and < Limit && decimal.Round(amount, Decimals) == amount
            ? new UnitCost(amount, currency)
            : new UnitCostNotValid(amount, currency.Code);

    /// <summary>The value of a quantity at this cost, in whole coins.</summary>
    public Result<Money> Of(decimal quantity) => Money.Round(Amount * quantity, Currency);

    public override string ToString() => $"{Amount} {Currency.Code}";
}
