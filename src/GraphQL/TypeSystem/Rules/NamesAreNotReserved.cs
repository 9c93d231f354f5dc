using Platform.GraphQL.Execution;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§3, §4.1 Names that begin with two underscores belong to introspection.</summary>
internal sealed class NamesAreNotReserved : ISchemaRule
{
    public void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        foreach (var element in schema.Elements().Where(e => e.Name.StartsWith("__", StringComparison.Ordinal)))
        {
            errors.Add(SchemaErrors.At(
                $"Name \"{element.Name}\" must not begin with \"__\", which is reserved by GraphQL introspection.",
                element.Syntax));
        }
    }
}
