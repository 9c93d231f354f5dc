using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions;

/// <summary>
/// Asks whether the caller meets rules. An answer holds for one operation, or one event of a subscription: what was
/// allowed a minute ago is asked again. Data layers that answer whole subtrees ask here about the fields below theirs.
/// </summary>
public static class FieldAuthorization
{
    private static readonly ConditionalWeakTable<DataLoaderScope, ConcurrentDictionary<object, Task<GraphQLError?>>> Answers = [];

    /// <summary>The reason why this caller may not read the field, or null. Rules on the object it returns are included.</summary>
    public static async ValueTask<GraphQLError?> CheckAsync(FieldDefinition field, FieldContext context)
    {
        if (field.Metadata.Get<AuthorizationRules>() is { } own && await CheckAsync(own, context, field) is { } error)
        {
            return error;
        }

        return field.Type.Named is ObjectType type ? await CheckAsync(type, context) : null;
    }

    /// <summary>The reason why this caller may not read objects of the type, or null.</summary>
    public static ValueTask<GraphQLError?> CheckAsync(ObjectType type, FieldContext context) =>
        type.Metadata.Get<AuthorizationRules>() is { } rules ? CheckAsync(rules, context, type) : default;

    internal static ValueTask<GraphQLError?> CheckAsync(AuthorizationRules rules, FieldContext context, object? resource)
    {
        if (rules.IsOfPoliciesOnly && Known(context.Request) is { } identity)
        {
            return new ValueTask<GraphQLError?>(Ask(rules, identity));
        }

        var known = Answers.GetOrCreateValue(context.Loaders);
        return known.TryGetValue(rules, out var answer)
            ? new ValueTask<GraphQLError?>(answer)
            : new ValueTask<GraphQLError?>(known.GetOrAdd(
                rules, _ => AskAsync(rules, context.Request, resource, ApplyPolicy.BeforeResolver)));
    }

    private static IPolicyIdentity? Known(RequestContext request)
    {
        foreach (var identity in request.User.Identities)
        {
            if (identity is IPolicyIdentity known)
            {
                return known;
            }
        }

        return null;
    }

    private static GraphQLError? Ask(AuthorizationRules rules, IPolicyIdentity identity)
    {
        foreach (var rule in rules.Rules)
        {
            if (rule.Apply == ApplyPolicy.BeforeResolver && !identity.Meets(rule.Policy!))
            {
                return Refused(isAuthenticated: true);
            }
        }

        return null;
    }

    /// <summary>Asks those rules that are applied at that moment.</summary>
    internal static async Task<GraphQLError?> AskAsync(
        AuthorizationRules rules, RequestContext request, object? resource, ApplyPolicy apply)
    {
        foreach (var rule in rules.Rules)
        {
            if (rule.Apply == apply && await AskAsync(rule, request, resource) is { } error)
            {
                return error;
            }
        }

        return null;
    }

    private static async Task<GraphQLError?> AskAsync(AuthorizeAttribute rule, RequestContext request, object? resource)
    {
        var isAuthenticated = request.User.Identities.Any(identity => identity.IsAuthenticated);
        if (rule.Policy is null && !isAuthenticated)
        {
            return Refused(isAuthenticated);
        }

        if (rule.Roles is { Length: > 0 } roles && !Array.Exists(roles, request.User.IsInRole))
        {
            return Refused(isAuthenticated);
        }

        if (rule.Policy is { } policy)
        {
            var service = request.Services.GetRequiredService<IAuthorizationService>();
            var result = await service.AuthorizeAsync(request.User, resource, policy);
            return result.Succeeded ? null : Refused(isAuthenticated);
        }

        return null;
    }

    // One text for both: who is refused learns nothing about what they would have seen.
    private static GraphQLError Refused(bool isAuthenticated) =>
        new("The current user is not authorized to access this resource.")
        {
            Code = isAuthenticated ? ErrorCodes.NotAuthorized : ErrorCodes.NotAuthenticated,
        };
}

/// <summary>An identity that knows itself which policies it meets, so that no service need be asked for each field.</summary>
public interface IPolicyIdentity
{
    bool Meets(string policy);
}
