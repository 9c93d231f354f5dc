using Platform.GraphQL.Execution;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§3.10 An input object has fields of input types; those of a OneOf are nullable and have no default.</summary>
internal sealed class InputObjectsAreWellFormed : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        foreach (var type in schema.OfKind<InputObjectType>())
        {
            if (type.Fields.Count == 0)
            {
                errors.Add(SchemaErrors.At($"Input Object type {type} must define one or more fields.", type.AllSyntax));
            }

            foreach (var field in type.Fields)
            {
                Check(type, field, errors);
            }
        }
    }

    private static void Check(InputObjectType type, InputValueDefinition field, ICollection<GraphQLError> errors)
    {
        if (!field.Type.IsInput)
        {
            errors.Add(SchemaErrors.At(
                $"The type of {field.Place()} must be Input Type but got: {field.Type}.", field.TypeSyntax()));
        }

        if (type.IsOneOf && field.Type is NonNullType)
        {
            errors.Add(SchemaErrors.At(
                $"OneOf input field {field.Place()} must be nullable.", field.TypeSyntax()));
        }

        if (type.IsOneOf && field.HasDefault)
        {
            errors.Add(SchemaErrors.At(
                $"OneOf input field {field.Place()} cannot have a default value.", field.Syntax));
        }
    }
}
