using Platform.GraphQL.Execution;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§5.6.1 for schemas: the arguments of a directive in a schema are values of their types.</summary>
internal sealed class AppliedDirectivesFit : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        Check("the schema", schema.Directives, errors);
        foreach (var element in schema.Elements())
        {
            Check(element.Place(), element.Directives, errors);
        }
    }

    private static void Check(string place, IEnumerable<AppliedDirective> directives, ICollection<GraphQLError> errors)
    {
        foreach (var applied in directives)
        {
            foreach (var argument in applied.Node.Arguments)
            {
                if (applied.Definition?.Arguments.Find(argument.Name.Value) is { Type.IsInput: true } parameter &&
                    !InputCoercion.TryReadLiteral(argument.Value, parameter.Type, NoVariables.Instance, out _))
                {
                    errors.Add(SchemaErrors.At(
                        $"Argument \"{argument.Name}\" of @{applied.Name} at {place} has invalid value {argument.Value}.",
                        argument.Value));
                }
            }
        }
    }
}
