using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Introspection;

/// <summary>§4.2 Answers questions about one schema by ordinary resolvers over the schema itself.</summary>
internal sealed class SchemaAnswers
{
    /// <summary>Set when the schema is complete; nobody asks before.</summary>
    public Schema Schema { get; set; } = null!;

    public void AddTo(SchemaBuilder introspection)
    {
        var meta = introspection.Object(IntrospectionTypes.MetaFields);
        meta.Field("__schema").Resolver = SingleResolver.From((_, _) => Schema);
        meta.Field("__type").Resolver =
            SingleResolver.From((_, field) => Schema.FindType((string)field.Arguments["name"]!));
        AnswerSchema(introspection.Object("__Schema"));
        AnswerType(introspection.Object("__Type"));
        AnswerField(introspection.Object("__Field"));
        AnswerInputValue(introspection.Object("__InputValue"));
        AnswerElement<EnumValueDefinition>(introspection.Object("__EnumValue"));
        AnswerDirective(introspection.Object("__Directive"));
        NameValues(introspection);
    }

    private static void AnswerSchema(ObjectTypeConfiguration type)
    {
        Pure<Schema, string?>(type, "description", schema => schema.Description);
        Pure<Schema, object?>(type, "types", schema => schema.Types);
        Pure<Schema, object?>(type, "queryType", schema => schema.QueryType);
        Pure<Schema, object?>(type, "mutationType", schema => schema.MutationType);
        Pure<Schema, object?>(type, "subscriptionType", schema => schema.SubscriptionType);
        Pure<Schema, object?>(type, "directives", schema => schema.DirectiveTypes);
    }

    private static void AnswerType(ObjectTypeConfiguration type)
    {
        Pure<GraphQLType, TypeKind>(type, "kind", t => t.Kind);
        Pure<GraphQLType, string?>(type, "name", t => (t as NamedType)?.Name);
        Pure<GraphQLType, string?>(type, "description", t => (t as NamedType)?.Description);
        Pure<GraphQLType, string?>(type, "specifiedByURL", t => (t as ScalarType)?.SpecifiedBy);
        Pure<GraphQLType, object?>(type, "interfaces", t => t is ComplexType complex ? complex.Interfaces : null);
        Pure<GraphQLType, object?>(type, "possibleTypes", t =>
            t is IAbstractType ? ((CompositeType)t).PossibleTypes : null);
        Pure<GraphQLType, object?>(type, "ofType", t => t switch
        {
            ListType list => list.Item,
            NonNullType nonNull => nonNull.Inner,
            _ => null,
        });
        Pure<GraphQLType, object?>(type, "isOneOf", t => t is InputObjectType input ? input.IsOneOf : null);
        InUse<GraphQLType>(type, "fields", t => (t as ComplexType)?.Fields);
        InUse<GraphQLType>(type, "inputFields", t => (t as InputObjectType)?.Fields);
        InUse<GraphQLType>(type, "enumValues", t => (t as EnumType)?.Values);
    }

    private static void AnswerField(ObjectTypeConfiguration type)
    {
        AnswerElement<FieldDefinition>(type);
        Pure<FieldDefinition, object?>(type, "type", field => field.Type);
        InUse<FieldDefinition>(type, "args", field => field.Arguments);
    }

    private static void AnswerInputValue(ObjectTypeConfiguration type)
    {
        AnswerElement<InputValueDefinition>(type);
        Pure<InputValueDefinition, object?>(type, "type", value => value.Type);
        Pure<InputValueDefinition, string?>(type, "defaultValue", value => value.DefaultSyntax?.ToString());
    }

    private static void AnswerDirective(ObjectTypeConfiguration type)
    {
        AnswerName<DirectiveType>(type);
        Pure<DirectiveType, bool>(type, "isRepeatable", directive => directive.IsRepeatable);
        Pure<DirectiveType, object?>(type, "locations", directive => directive.Locations);
        InUse<DirectiveType>(type, "args", directive => directive.Arguments);
    }

    private static void AnswerElement<T>(ObjectTypeConfiguration type)
        where T : SchemaElement
    {
        AnswerName<T>(type);
        Pure<T, bool>(type, "isDeprecated", element => element.IsDeprecated);
        Pure<T, string?>(type, "deprecationReason", element => element.DeprecationReason);
    }

    private static void AnswerName<T>(ObjectTypeConfiguration type)
        where T : SchemaElement
    {
        Pure<T, string>(type, "name", element => element.Name);
        Pure<T, string?>(type, "description", element => element.Description);
    }

    private static void NameValues(SchemaBuilder introspection)
    {
        foreach (var value in introspection.Enum("__TypeKind").Values)
        {
            var name = value.Name.Replace("_", "", StringComparison.Ordinal);
            value.Value = Enum.Parse<TypeKind>(name, ignoreCase: true);
        }

        foreach (var value in introspection.Enum("__DirectiveLocation").Values)
        {
            value.Value = DirectiveLocations.Parse(value.Name);
        }
    }

    private static void Pure<TParent, TValue>(ObjectTypeConfiguration type, string field, Func<TParent, TValue> read) =>
        type.Field(field).Resolver = new PureResolver<TParent, TValue>(read);

    // §4.2.2 `includeDeprecated: Boolean! = false`.
    private static void InUse<TParent>(
        ObjectTypeConfiguration type, string field, Func<TParent, IEnumerable<SchemaElement>?> read) =>
        type.Field(field).Resolver = SingleResolver.From((parent, context) =>
        {
            var elements = read((TParent)parent!);
            return context.Arguments["includeDeprecated"] is true
                ? elements
                : elements?.Where(element => !element.IsDeprecated).ToArray();
        });
}
