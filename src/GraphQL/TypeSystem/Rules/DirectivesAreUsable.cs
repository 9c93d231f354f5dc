using Platform.GraphQL.Execution;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§3.13 A directive stands somewhere, takes input types, and its definition does not use itself.</summary>
internal sealed class DirectivesAreUsable : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        foreach (var directive in schema.DirectiveTypes)
        {
            if (directive.Locations.Length == 0)
            {
                errors.Add(SchemaErrors.At(
                    $"Directive {directive.Place()} must include 1 or more locations.", directive.Syntax));
            }

            foreach (var argument in directive.Arguments)
            {
                if (!argument.Type.IsInput)
                {
                    errors.Add(SchemaErrors.At(
                        $"The type of {argument.Place()} must be Input Type but got: {argument.Type}.",
                        argument.Syntax));
                }
            }

            if (Reaches(directive, directive, []))
            {
                errors.Add(SchemaErrors.At(
                    $"Directive {directive.Place()} cannot reference itself, directly or indirectly.", directive.Syntax));
            }
        }
    }

    // A definition references the directives at its arguments, and those at the types of its arguments.
    private static bool Reaches(DirectiveType target, SchemaElement from, HashSet<SchemaElement> visited) =>
        visited.Add(from) && Next(from).Any(next => ReferenceEquals(next, target) || Reaches(target, next, visited));

    private static IEnumerable<SchemaElement> Next(SchemaElement element)
    {
        var used = element.Directives.Select(applied => applied.Definition).OfType<SchemaElement>();
        return element switch
        {
            DirectiveType directive => used.Concat(directive.Arguments),
            InputValueDefinition value => used.Concat(PartsOf(value.Type.Named)),
            _ => used,
        };
    }

    private static IEnumerable<SchemaElement> PartsOf(NamedType type)
    {
        IEnumerable<SchemaElement> members = type switch
        {
            InputObjectType input => input.Fields,
            EnumType names => names.Values,
            _ => [],
        };
        return members.Prepend(type.Element);
    }
}
