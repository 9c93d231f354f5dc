using Platform.Domain.Policies;

namespace Platform.Api.Live.Rules;

/// <summary>Policies hold for the whole house.</summary>
internal sealed class PolicyEvents : IEventRules
{
    private const string Read = "policies.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Shared<PolicyDrafted>(Read),
        Rule.Shared<PolicySimulated>(Read),
        Rule.Shared<PolicyPublished>(Read),
        Rule.Shared<PolicyWithdrawn>(Read),
    ];
}
