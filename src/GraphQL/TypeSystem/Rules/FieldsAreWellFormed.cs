using Platform.GraphQL.Execution;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§3.6, §3.7 Objects and interfaces have fields; fields give output types and take input types.</summary>
internal sealed class FieldsAreWellFormed : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        foreach (var type in schema.OfKind<ComplexType>())
        {
            if (type.Fields.Count == 0)
            {
                errors.Add(SchemaErrors.At($"Type {type} must define one or more fields.", type.AllSyntax));
            }

            foreach (var field in type.Fields)
            {
                Check(field, errors);
            }
        }
    }

    private static void Check(FieldDefinition field, ICollection<GraphQLError> errors)
    {
        if (!field.Type.IsOutput)
        {
            errors.Add(SchemaErrors.At(
                $"The type of {field.Place()} must be Output Type but got: {field.Type}.", field.TypeSyntax()));
        }

        foreach (var argument in field.Arguments)
        {
            if (!argument.Type.IsInput)
            {
                errors.Add(SchemaErrors.At(
                    $"The type of {argument.Place()} must be Input Type but got: {argument.Type}.",
                    argument.TypeSyntax()));
            }
        }
    }
}
