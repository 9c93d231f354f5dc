using Platform.Domain.Kernel;

namespace Platform.Domain.Stock;

/// <summary>One document's movements.</summary>
public readonly record struct StockPostingId(Guid Value) : ITypedId<StockPostingId>
{
    public static StockPostingId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ReservationId(Guid Value) : ITypedId<ReservationId>
{
    public static ReservationId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>A pallet, a carton, a cart: what is moved as one.</summary>
public readonly record struct HandlingUnitId(Guid Value) : ITypedId<HandlingUnitId>
{
    public static HandlingUnitId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct CostingRuleId(Guid Value) : ITypedId<CostingRuleId>
{
    public static CostingRuleId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct StockPolicyId(Guid Value) : ITypedId<StockPolicyId>
{
    public static StockPolicyId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
