using Microsoft.AspNetCore.Authorization;

namespace Platform.Api.Access;

/// <summary>The name of a policy is the permission it asks for: <c>[Authorize("catalog.read")]</c>.</summary>
internal sealed class PermissionPolicies : IAuthorizationPolicyProvider
{
    private static readonly Task<AuthorizationPolicy> _signedIn =
        Task.FromResult(new AuthorizationPolicyBuilder().RequireAuthenticatedUser().Build());

    public Task<AuthorizationPolicy?> GetPolicyAsync(string policyName) =>
        Task.FromResult<AuthorizationPolicy?>(new AuthorizationPolicyBuilder()
            .RequireAssertion(asked => Principal.Of(asked.User).Holds(policyName))
            .Build());

    public Task<AuthorizationPolicy> GetDefaultPolicyAsync() => _signedIn;

    public Task<AuthorizationPolicy?> GetFallbackPolicyAsync() => Task.FromResult<AuthorizationPolicy?>(null);
}
