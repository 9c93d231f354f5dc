using System.Collections.Immutable;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem.Rules;

/// <summary>§3 What must be true of a type system. One rule, one file; all run, and all errors are reported.</summary>
internal static class SchemaValidation
{
    private static readonly ImmutableArray<ISchemaRule> _rules =
    [
        new RootTypesAreObjects(),
        new NamesAreNotReserved(),
        new DirectivesAreUsable(),
        new FieldsAreWellFormed(),
        new InterfacesAreImplemented(),
        new UnionsHoldObjects(),
        new EnumsHaveValues(),
        new InputObjectsAreWellFormed(),
        new InputObjectsCanBeGiven(),
        new RequiredInputsAreNotDeprecated(),
        new DefaultValuesFit(),
        new AppliedDirectivesFit(),
    ];

    public static void Check(Schema schema, ICollection<GraphQLError> errors)
    {
        foreach (var rule in _rules)
        {
            rule.Check(schema, errors);
        }
    }
}

internal interface ISchemaRule
{
    void Check(Schema schema, ICollection<GraphQLError> errors);
}

/// <summary>The places a rule looks at.</summary>
internal static class SchemaWalk
{
    public static IEnumerable<T> OfKind<T>(this Schema schema)
        where T : NamedType => schema.Types.Where(type => !type.IsIntrospection).OfType<T>();

    public static TypeNode? TypeSyntax(this SchemaElement element) => element.Syntax switch
    {
        FieldDefinitionNode field => field.Type,
        InputValueDefinitionNode value => value.Type,
        _ => null,
    };

    /// <summary>Every argument and input field of the schema, its directives' included.</summary>
    public static IEnumerable<InputValueDefinition> Inputs(this Schema schema) => schema.DirectiveTypes
        .SelectMany(directive => directive.Arguments)
        .Concat(schema.OfKind<ComplexType>().SelectMany(type => type.Fields).SelectMany(field => field.Arguments))
        .Concat(schema.OfKind<InputObjectType>().SelectMany(type => type.Fields));

    /// <summary>Everything with a name that the schema's authors wrote.</summary>
    public static IEnumerable<SchemaElement> Elements(this Schema schema)
    {
        var members = schema.OfKind<NamedType>().SelectMany(type => type switch
        {
            ComplexType complex => complex.Fields,
            EnumType names => names.Values,
            _ => (IEnumerable<SchemaElement>)[],
        });
        return schema.DirectiveTypes
            .Concat(members)
            .Concat(schema.OfKind<NamedType>().Select(type => type.Element))
            .Concat(schema.Inputs());
    }

    /// <summary>How messages call a place: with all its names.</summary>
    public static string Place(this SchemaElement element) => element.Coordinate.ToString();
}
