using Platform.GraphQL.Execution;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Authorization;

/// <summary>Rules that are applied at validation: one refused field refuses the operation before anything runs.</summary>
internal sealed class ValidationGate(Schema schema) : IOperationGate
{
    private readonly HashSet<FieldDefinition> _guarded = [.. schema.Types
        .OfType<ComplexType>()
        .SelectMany(type => type.Fields)
        .Where(field => RulesOf(field).Any())];

    public GraphQLError? Check(OperationFacts operation, RequestContext context)
    {
        if (_guarded.Count == 0)
        {
            return null;
        }

        foreach (var field in operation.Fields.Where(_guarded.Contains))
        {
            foreach (var rules in RulesOf(field))
            {
                var asked = FieldAuthorization.AskAsync(rules, context, field, ApplyPolicy.Validation);

                // Gates do not wait. A policy that does cannot be asked here, and what cannot be asked is refused.
                if (!asked.IsCompletedSuccessfully || asked.GetAwaiter().GetResult() is { } error)
                {
                    return new GraphQLError("The current user is not authorized to access this resource.")
                    {
                        Code = asked.IsCompletedSuccessfully ? asked.GetAwaiter().GetResult()?.Code : ErrorCodes.NotAuthorized,
                    };
                }
            }
        }

        return null;
    }

    private static IEnumerable<AuthorizationRules> RulesOf(FieldDefinition field) =>
        new[] { field.Metadata.Get<AuthorizationRules>(), field.Type.Named.Metadata.Get<AuthorizationRules>() }
            .OfType<AuthorizationRules>()
            .Where(rules => rules.Rules.Any(rule => rule.Apply == ApplyPolicy.Validation));
}
