using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>§3.13.1–3.13.5 The directives every service has, and those this engine understands when a schema uses them.</summary>
public static class WellKnownDirectives
{
    public const string Skip = "skip";
    public const string Include = "include";
    public const string Deprecated = "deprecated";
    public const string SpecifiedBy = "specifiedBy";
    public const string OneOf = "oneOf";
    public const string Defer = "defer";
    public const string Stream = "stream";
    public const string Cost = "cost";
    public const string ListSize = "listSize";
    public const string RequiresOptIn = "requiresOptIn";
    public const string Tag = "tag";

    public const string DefaultDeprecationReason = "No longer supported";

    private const string SpecifiedDocument = """"
        "Directs the executor to include this field or fragment only when the `if` argument is true."
        directive @include(
          "Included when true."
          if: Boolean!
        ) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT

        "Directs the executor to skip this field or fragment when the `if` argument is true."
        directive @skip(
          "Skipped when true."
          if: Boolean!
        ) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT

        "Marks an element of a GraphQL schema as no longer supported."
        directive @deprecated(
          "Explains why this element was deprecated, usually also including a suggestion for how to access supported similar data. Formatted using the Markdown syntax, as specified by [CommonMark](https://commonmark.org/)."
          reason: String! = "No longer supported"
        ) on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

        "Exposes a URL that specifies the behavior of this scalar."
        directive @specifiedBy(
          "The URL that specifies the behavior of this scalar."
          url: String!
        ) on SCALAR

        "Indicates exactly one field must be supplied and this field must not be `null`."
        directive @oneOf on INPUT_OBJECT
        """";

    private const string OptionalDocument = """"
        "The `@defer` directive may be provided for fragment spreads and inline fragments to inform the executor to delay the execution of the current fragment to indicate deprioritization of the current fragment."
        directive @defer(
          "Deferred when true."
          if: Boolean! = true
          "If this argument label has a value other than null, it will be passed on to the result of this defer directive."
          label: String
        ) on FRAGMENT_SPREAD | INLINE_FRAGMENT

        "The `@stream` directive may be provided for a field of `List` type so that the backend can leverage technology such as asynchronous iterators to provide a partial list initially, and additional list items in subsequent responses."
        directive @stream(
          "Streamed when true."
          if: Boolean! = true
          "If this argument label has a value other than null, it will be passed on to the result of this stream directive."
          label: String
          "The initial elements that shall be sent down to the consumer."
          initialCount: Int! = 0
        ) on FIELD

        "The purpose of the `cost` directive is to define a `weight` for GraphQL types, fields, and arguments. Static analysis can use these weights when calculating the overall cost of a query or response."
        directive @cost(
          "The `weight` argument defines what value to add to the overall cost for every appearance, or possible appearance, of a type, field, argument, etc."
          weight: String!
        ) on SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | ENUM | INPUT_FIELD_DEFINITION

        "The purpose of the `@listSize` directive is to either inform the static analysis about the size of returned lists (if that information is statically available), or to point the analysis to where to find that information."
        directive @listSize(
          "The `assumedSize` argument can be used to statically define the maximum length of a list returned by a field."
          assumedSize: Int
          "The `slicingArguments` argument can be used to define which of the field's arguments with numeric type are slicing arguments, so that their value determines the size of the list returned by that field. It may specify a list of multiple slicing arguments."
          slicingArguments: [String!]
          "The `slicingArgumentDefaultValue` argument can be used to define a default value for a slicing argument, which is used if the argument is not present in a query."
          slicingArgumentDefaultValue: Int
          "The `sizedFields` argument can be used to define that the value of the `assumedSize` argument or of a slicing argument does not affect the size of a list returned by a field itself, but that of a list returned by one of its sub-fields."
          sizedFields: [String!]
          "The `requireOneSlicingArgument` argument can be used to inform the static analysis that it should expect that exactly one of the defined slicing arguments is present in a query. If that is not the case (i.e., if none or multiple slicing arguments are present), the static analysis may throw an error."
          requireOneSlicingArgument: Boolean = true
        ) on FIELD_DEFINITION

        "Marks an element that clients may use only after opting in to a feature."
        directive @requiresOptIn(
          "The name of the feature."
          feature: String!
        ) repeatable on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE

        "Groups elements of a schema under a name, for tools."
        directive @tag(
          "The name of the tag."
          name: String!
        ) repeatable on SCHEMA | SCALAR | OBJECT | FIELD_DEFINITION | ARGUMENT_DEFINITION | INTERFACE | UNION | ENUM | ENUM_VALUE | INPUT_OBJECT | INPUT_FIELD_DEFINITION
        """";

    internal static IReadOnlyList<DirectiveDefinitionNode> Specified { get; } = Read(SpecifiedDocument);

    internal static IReadOnlyList<DirectiveDefinitionNode> Optional { get; } = Read(OptionalDocument);

    /// <summary>Whether the specification itself defines the directive.</summary>
    public static bool IsSpecified(string name) => name is Skip or Include or Deprecated or SpecifiedBy or OneOf;

    private static List<DirectiveDefinitionNode> Read(string text) =>
        [.. GraphQLDocument.ParseSchema(text).Definitions.Cast<DirectiveDefinitionNode>()];
}
