using Platform.Domain.Kernel;

namespace Platform.Domain.Planning;

public readonly record struct ReplenishmentPolicyId(Guid Value) : ITypedId<ReplenishmentPolicyId>
{
    public static ReplenishmentPolicyId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct TransferLaneId(Guid Value) : ITypedId<TransferLaneId>
{
    public static TransferLaneId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ItemDemandId(Guid Value) : ITypedId<ItemDemandId>
{
    public static ItemDemandId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ReplenishmentRunId(Guid Value) : ITypedId<ReplenishmentRunId>
{
    public static ReplenishmentRunId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ReorderProposalId(Guid Value) : ITypedId<ReorderProposalId>
{
    public static ReorderProposalId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct SourcingOptionId(Guid Value) : ITypedId<SourcingOptionId>
{
    public static SourcingOptionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct SupplierSharesId(Guid Value) : ITypedId<SupplierSharesId>
{
    public static SupplierSharesId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
