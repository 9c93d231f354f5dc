using Platform.GraphQL.Execution;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§3.9 An enum has values.</summary>
internal sealed class EnumsHaveValues : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        foreach (var type in schema.OfKind<EnumType>().Where(type => type.Values.Count == 0))
        {
            errors.Add(SchemaErrors.At($"Enum type {type} must define one or more values.", type.AllSyntax));
        }
    }
}
