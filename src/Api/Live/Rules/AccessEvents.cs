using Platform.Domain.Access;

namespace Platform.Api.Live.Rules;

/// <summary>Accounts, sessions and keys are heard of by those who answer for them; they belong to no rows.</summary>
internal sealed class AccessEvents : IEventRules
{
    private const string Read = "access.read";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Shared<UserCreated>(Read),
        Rule.Shared<UserLocked>(Read),
        Rule.Shared<UserUnlocked>(Read),
        Rule.Shared<RoleGranted>(Read),
        Rule.Shared<RoleRevoked>(Read),
        Rule.Shared<RowScopeChanged>(Read),
        Rule.Shared<PasswordSet>(Read),
        Rule.Shared<SessionStarted>(Read),
        Rule.Shared<SessionRefreshed>(Read),
        Rule.Shared<SessionEnded>(Read),
        Rule.Shared<SessionsRevoked>(Read),
        Rule.Shared<ApiKeyCreated>(Read),
        Rule.Shared<ApiKeyRotated>(Read),
        Rule.Shared<ApiKeyRevoked>(Read),
        Rule.Shared<IdentityLinked>(Read),
        Rule.Shared<IdentityUnlinked>(Read),
    ];
}
