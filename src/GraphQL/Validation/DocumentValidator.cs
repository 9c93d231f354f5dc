using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Validation;

/// <summary>
/// §5 Validation. All rules see the document in one traversal, in their order; the errors come in the order in which
/// the reference implementation reports them.
/// </summary>
public static class DocumentValidator
{
    /// <summary>Checks an executable document against a schema. No errors: it may be executed.</summary>
    public static IReadOnlyList<GraphQLError> Validate(
        Schema schema, DocumentNode document, ValidationOptions options) =>
        Run(RuleSet.Executable, new ValidationContext(schema, document, options));

    /// <summary>Checks a schema document for itself, before a schema is built from it.</summary>
    public static IReadOnlyList<GraphQLError> ValidateSchemaDocument(DocumentNode document, ValidationOptions options) =>
        Run(RuleSet.SchemaDocument, new ValidationContext(null, document, options));

    /// <summary>The same for a document that uses and extends types defined elsewhere.</summary>
    public static IReadOnlyList<GraphQLError> ValidateSchemaDocument(
        DocumentNode document, ValidationOptions options, IReadOnlyDictionary<string, TypeKind> outsideTypes) =>
        Run(RuleSet.SchemaDocument, new ValidationContext(null, document, options) { OutsideTypes = outsideTypes });

    private static IReadOnlyList<GraphQLError> Run(RuleSet rules, ValidationContext context)
    {
        new DocumentWalker(context, rules).Walk();
        return context.Errors;
    }
}
