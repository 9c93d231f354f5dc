namespace Platform.GraphQL.Conventions;

/// <summary>When a rule is asked.</summary>
public enum ApplyPolicy
{
    /// <summary>Before the field's resolver runs.</summary>
    BeforeResolver,

    /// <summary>After it, so that a policy can look at the value.</summary>
    AfterResolver,

    /// <summary>Before the operation runs: one refused field refuses the request.</summary>
    Validation,
}

/// <summary>
/// Who may read a field; on a type, who may read objects of it, wherever they come from. Without policy and roles,
/// whoever is authenticated. Several rules must all be met.
/// </summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Method
        | AttributeTargets.Property,
    AllowMultiple = true,
    Inherited = true)]
public sealed class AuthorizeAttribute : Attribute
{
    public AuthorizeAttribute()
    {
    }

    public AuthorizeAttribute(string policy)
    {
        Policy = policy;
    }

    public AuthorizeAttribute(string policy, ApplyPolicy apply)
    {
        Policy = policy;
        Apply = apply;
    }

    public string? Policy { get; init; }

    /// <summary>One of these roles is enough.</summary>
    public string[]? Roles { get; init; }

    public ApplyPolicy Apply { get; init; } = ApplyPolicy.BeforeResolver;
}

/// <summary>Anybody may read it, authenticated or not, whatever the type says.</summary>
[AttributeUsage(
    AttributeTargets.Class | AttributeTargets.Struct | AttributeTargets.Interface | AttributeTargets.Method
        | AttributeTargets.Property,
    Inherited = true)]
public sealed class AllowAnonymousAttribute : Attribute;
