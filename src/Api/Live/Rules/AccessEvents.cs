using Platform.Domain.Access;

namespace Platform.Api.Live.Rules;

/// <summary>Accounts, sessions and keys are heard of by those who answer for them; whoever is limited to rows sees none of them.</summary>
internal sealed class AccessEvents : IEventRules
{
    private const string Read = "access.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Unlimited<UserCreated>(Read),
        Rule.Unlimited<UserLocked>(Read),
        Rule.Unlimited<UserUnlocked>(Read),
        Rule.Unlimited<RoleGranted>(Read),
        Rule.Unlimited<RoleRevoked>(Read),
        Rule.Unlimited<RowScopeChanged>(Read),
        Rule.Unlimited<PasswordSet>(Read),
        Rule.Unlimited<SessionStarted>(Read),
        Rule.Unlimited<SessionRefreshed>(Read),
        Rule.Unlimited<SessionEnded>(Read),
        Rule.Unlimited<SessionsRevoked>(Read),
        Rule.Unlimited<ApiKeyCreated>(Read),
        Rule.Unlimited<ApiKeyRotated>(Read),
        Rule.Unlimited<ApiKeyRevoked>(Read),
        Rule.Unlimited<IdentityLinked>(Read),
        Rule.Unlimited<IdentityUnlinked>(Read),
    ];
}
