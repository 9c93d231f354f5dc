using Platform.GraphQL.Conventions;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Graph;

/// <summary>What a field asks of its caller and what it makes happen, where rules alone do not say it.</summary>
internal sealed record FieldContract(string Permission, string? Emits);

/// <summary>
/// Says of every field what it needs, costs and emits: as directives for tools that read the document, and as a sentence
/// for those that see only introspection. One source for both.
/// </summary>
internal static class FieldContracts
{
    private const string Authorize = "authorize";
    private const string Emits = "emits";

    public static void Print(SchemaBuilder schema)
    {
        schema.Object("Query").Description ??= "Everything that can be read.";
        schema.Object("Subscription").Description ??= "Everything that can be watched as it happens.";
        var types = schema.Types.OfType<ObjectTypeConfiguration>().ToList();
        foreach (var type in types)
        {
            Print(type, PoliciesOf(type));
            foreach (var field in type.Fields)
            {
                Print(field);
            }
        }

        if (types.Exists(type => type.Directives.Concat(type.Fields.SelectMany(field => field.Directives)).Any(Is(Authorize))))
        {
            var authorize = schema.Directive(Authorize);
            authorize.Description = "The permission that a caller must hold.";
            authorize.Argument("policy", "String!").Description = "The permission's name.";
            authorize.Locations.AddRange([DirectiveLocation.Object, DirectiveLocation.FieldDefinition]);
            authorize.IsRepeatable = true;
        }

        if (types.Exists(type => type.Fields.Exists(field => field.Directives.Exists(directive => Is(Emits)(directive)))))
        {
            var emits = schema.Directive(Emits);
            emits.Description = "The events that the mutation writes to the event log.";
            emits.Argument("events", "[String!]!").Description = "The types of the events.";
            emits.Locations.Add(DirectiveLocation.FieldDefinition);
        }
    }

    private static void Print(FieldConfiguration field)
    {
        var contract = field.Metadata.Get<FieldContract>();
        var policies = contract is null ? PoliciesOf(field) : [contract.Permission];
        Print(field, policies);
        if (contract?.Emits is { } emitted)
        {
            field.AddDirective(Emits, ("events", $"[\"{emitted}\"]"));
            Append(field, $"Emits `{emitted}`.");
        }

        var cost = field.Directives.Find(directive => Is(WellKnownDirectives.Cost)(directive));
        if (cost?.Arguments is [{ Value: StringValueNode weight }])
        {
            Append(field, $"Costs {weight.Value}.");
        }
    }

    private static void Print(ElementConfiguration element, IReadOnlyList<string> policies)
    {
        foreach (var policy in policies)
        {
            element.AddDirective(Authorize, ("policy", $"\"{policy}\""));
        }

        if (policies.Count > 0)
        {
            Append(element, $"Needs {string.Join(" and ", policies.Select(policy => $"`{policy}`"))}.");
        }
    }

    private static IReadOnlyList<string> PoliciesOf(ElementConfiguration element) =>
        [.. element.Metadata.Get<AuthorizationRules>()?.Rules.Select(rule => rule.Policy).OfType<string>() ?? []];

    private static void Append(ElementConfiguration element, string sentence) =>
        element.Description = element.Description is null ? sentence : $"{element.Description} {sentence}";

    private static Func<DirectiveNode, bool> Is(string name) => directive => directive.Name.Value == name;
}
