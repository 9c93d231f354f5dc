using Platform.Domain.Kernel;

namespace Platform.Domain.Approvals;

public readonly record struct ApprovalRequestId(Guid Value) : ITypedId<ApprovalRequestId>
{
    public static ApprovalRequestId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ApprovalDecisionId(Guid Value) : ITypedId<ApprovalDecisionId>
{
    public static ApprovalDecisionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ApprovalDelegationId(Guid Value) : ITypedId<ApprovalDelegationId>
{
    public static ApprovalDelegationId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct AutomationLimitId(Guid Value) : ITypedId<AutomationLimitId>
{
    public static AutomationLimitId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
