using Microsoft.AspNetCore.Authorization;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Authorization;

/// <summary>
/// Puts the rules of fields and types in front of resolvers, once everything is read. A rule on a type guards every
/// field that returns it: <c>node</c>, an edge and a list alike (G-42, G-43).
/// </summary>
internal static class FieldGuards
{
    public static void Apply(ReadingContext context)
    {
        var types = context.Builder.Types.ToList();
        CheckPolicies(context, types);
        foreach (var type in types.OfType<ObjectTypeConfiguration>())
        {
            foreach (var field in type.Fields)
            {
                Guard(field, context);
            }
        }

        if (context.Settings.Options.DenyByDefault)
        {
            ReportUnguarded(context, types);
        }
    }

    private static void Guard(FieldConfiguration field, ReadingContext context)
    {
        if (field.Resolver is null || field.Type is null)
        {
            return;
        }

        var rules = new List<AuthorizationRules>();
        if (field.Metadata.Get<AuthorizationRules>() is { Rules.IsEmpty: false } own)
        {
            rules.Add(own);
        }

        var returned = context.Builder.FindType(field.Type.Syntax.NamedType);
        if (returned is ObjectTypeConfiguration && returned.Metadata.Get<AuthorizationRules>() is { Rules.IsEmpty: false } onType)
        {
            rules.Add(onType);
        }

        if (rules.Count > 0)
        {
            field.Resolver = GuardedResolver.Around(field.Resolver, rules);
        }

        if (returned is InterfaceTypeConfiguration or UnionTypeConfiguration && AnyObjectIsGuarded(returned, context))
        {
            field.Resolver = GuardedValues.Around(field.Resolver, context.Built);
        }
    }

    private static bool AnyObjectIsGuarded(TypeConfiguration returned, ReadingContext context) => context.Builder.Types
        .OfType<ObjectTypeConfiguration>()
        .Any(type => type.Metadata.Get<AuthorizationRules>() is { Rules.IsEmpty: false }
            && (returned is UnionTypeConfiguration union
                ? union.Types.Exists(member => member.Syntax.NamedType == type.Name)
                : type.Interfaces.Exists(implemented => implemented.Syntax.NamedType == returned.Name)));

    private static void CheckPolicies(ReadingContext context, List<TypeConfiguration> types)
    {
        if (context.Services.IsService(typeof(IAuthorizationService)))
        {
            return;
        }

        foreach (var (place, rules) in Elements(types))
        {
            if (rules.Rules.Any(rule => rule.Policy is not null))
            {
                context.Errors.Add(
                    $"{place}: a policy is asked for, and no service knows policies. Call services.AddAuthorization().");
            }
        }
    }

    private static IEnumerable<(string Place, AuthorizationRules Rules)> Elements(List<TypeConfiguration> types)
    {
        foreach (var type in types)
        {
            if (type.Metadata.Get<AuthorizationRules>() is { } rules)
            {
                yield return (type.Name, rules);
            }

            foreach (var field in (type as ComplexTypeConfiguration)?.Fields ?? [])
            {
                if (field.Metadata.Get<AuthorizationRules>() is { } own)
                {
                    yield return ($"{type.Name}.{field.Name}", own);
                }
            }
        }
    }

    /// <summary>G-60: a field nobody thought about does not build.</summary>
    private static void ReportUnguarded(ReadingContext context, List<TypeConfiguration> types)
    {
        foreach (var type in types.OfType<ObjectTypeConfiguration>())
        {
            if (type.Metadata.Has<AuthorizationRules>() || type.Metadata.Has<GeneratedType>())
            {
                continue;
            }

            foreach (var field in type.Fields.Where(field =>
                !field.Metadata.Has<AuthorizationRules>() && !field.Metadata.Has<GeneratedType>()))
            {
                var member = field.Metadata.Get<FieldMember>()?.Member;
                var source = member is null ? "" : $" ({TypeText.Of(member.DeclaringType!)}.{member.Name})";
                context.Errors.Add(
                    $"{type.Name}.{field.Name}{source} has no authorization rule. Add [Authorize] or [AllowAnonymous] to it or to its type.");
            }
        }
    }
}
