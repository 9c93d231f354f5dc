using System.Collections.Immutable;
using System.Reflection;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions;

/// <summary>Who may read a field, or objects of a type; kept with the element, for data layers too.</summary>
public sealed class AuthorizationRules
{
    private AuthorizationRules(ImmutableArray<AuthorizeAttribute> rules, bool allowsAnonymous)
    {
        Rules = rules;
        AllowsAnonymous = allowsAnonymous;
        IsOfPoliciesOnly = rules.All(rule => rule.Policy is not null && rule.Roles is not { Length: > 0 });
    }

    /// <summary>All of them must be met.</summary>
    public ImmutableArray<AuthorizeAttribute> Rules { get; }

    /// <summary>Every rule names a policy and no role.</summary>
    internal bool IsOfPoliciesOnly { get; }

    /// <summary>Said in so many words; without it and without rules nobody has thought about the element.</summary>
    public bool AllowsAnonymous { get; }

    /// <summary>For fields and types that a data layer makes: nobody marked a member, and somebody has thought about it.</summary>
    public static AuthorizationRules ForEverybody { get; } = new([], allowsAnonymous: true);

    /// <summary>For fields and types that a data layer makes: all of these rules must be met.</summary>
    public static AuthorizationRules Of(params ImmutableArray<AuthorizeAttribute> rules) => new(rules, allowsAnonymous: false);

    internal static void Read(ElementConfiguration element, MemberInfo member)
    {
        var rules = member.Marked<AuthorizeAttribute>().ToImmutableArray();
        var allows = member.IsMarked<AllowAnonymousAttribute>();
        if (rules.IsEmpty && !allows)
        {
            return;
        }

        var known = element.Metadata.Get<AuthorizationRules>();
        element.Metadata.Set(new AuthorizationRules(
            [.. known?.Rules ?? [], .. rules], allows || (known?.AllowsAnonymous ?? false)));
    }

    /// <summary>A class's rules for one of its members, unless the member lets everybody in.</summary>
    internal static void Inherit(ElementConfiguration element, Type type)
    {
        if (element.Metadata.Get<AuthorizationRules>() is not { AllowsAnonymous: true })
        {
            Read(element, type);
        }
    }
}
