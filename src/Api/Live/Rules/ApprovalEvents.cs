using Platform.Domain.Approvals;

namespace Platform.Api.Live.Rules;

/// <summary>A request is heard of where its document is at home; rules are for everybody who reads them.</summary>
internal sealed class ApprovalEvents : IEventRules
{
    private const string Read = "approvals.read";

    private const string ReadPolicies = "policies.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.At<ApprovalFiled>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity?.Value, happened.Warehouse?.Value, happened.Supplier?.Value, ct)),
        Rule.At<ApprovalMoved>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity?.Value, happened.Warehouse?.Value, happened.Supplier?.Value, ct)),
        Rule.At<ApprovalDeskChanged>(Read, (happened, places, ct) => places.OfApprovalAsync(happened.Request.Value, ct)),
        Rule.At<ApprovalCommented>(Read, (happened, places, ct) => places.OfApprovalAsync(happened.Request.Value, ct)),
        Rule.Shared<ApprovalsDelegated>(Read),
        Rule.Shared<DelegationRevoked>(Read),
        Rule.At<AutomationLimited>(Read, (happened, places, ct) => places.OfAsync(
            happened.LegalEntity?.Value, happened.Warehouse?.Value, null, ct)),
        Rule.Shared<HumanRequired>(ReadPolicies),
    ];
}
