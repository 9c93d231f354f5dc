using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§3.3.1 Root operation types: there is a query type, all are objects, and no two are the same.</summary>
internal sealed class RootTypesAreObjects : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        if (schema.Parts.Query is null)
        {
            errors.Add(SchemaErrors.At(
                "Query root type must be provided.", schema.Parts.Syntax.Where(node => !node.IsExtension)));
        }

        Check(schema, OperationType.Query, schema.Parts.Query, errors);
        Check(schema, OperationType.Mutation, schema.Parts.Mutation, errors);
        Check(schema, OperationType.Subscription, schema.Parts.Subscription, errors);
    }

    private static void Check(
        Schema schema, OperationType operation, NamedType? type, ICollection<GraphQLError> errors)
    {
        if (type is null or ObjectType)
        {
            return;
        }

        var provided = operation == OperationType.Query ? "" : " if provided";
        var node = schema.Parts.Syntax.SelectMany(s => s.OperationTypes).FirstOrDefault(o => o.Operation == operation);
        errors.Add(SchemaErrors.At(
            $"{operation} root type must be Object type{provided}, it cannot be {type}.",
            node?.Type ?? type.Element.Syntax));
    }
}
