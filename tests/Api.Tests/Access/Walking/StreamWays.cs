using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.Api.Access.Walking;

/// <summary>Every subscription of the schema, asked for everything since the beginning, with all that hangs on its messages.</summary>
internal static class StreamWays
{
    private const int Deep = 3;

    public static IEnumerable<(string Field, string Document)> Of(Schema schema) =>
        from field in schema.RootType(Platform.GraphQL.Language.OperationType.Subscription)!.Fields
        where field.Arguments.Find("after") is not null
        let required = field.Arguments.Where(argument => argument.Type is NonNullType && !argument.HasDefault).ToList()
        where required.Count == 0
        select (field.Name, $"subscription {{ {field.Name}(after: \"0\") {Selection(field.Type.Named, Deep)} }}");

    /// <summary>Every leaf, and the objects behind edges that need no argument; lists of rows are walked as queries.</summary>
    public static string Selection(NamedType type, int depth) => type switch
    {
        ComplexType complex => $"{{ __typename {string.Join(' ', complex.Fields.Select(field => Field(field, depth)).Where(text => text.Length > 0))} }}",
        UnionType => "{ __typename }",
        _ => "",
    };

    private static string Field(FieldDefinition field, int depth) => field.Type.Named switch
    {
        _ when field.Arguments.Count > 0 => "",
        ComplexType complex when depth > 1 => $"{field.Name} {Selection(complex, depth - 1)}",
        ComplexType => "",
        UnionType => $"{field.Name} {{ __typename }}",
        _ => field.Name,
    };
}
