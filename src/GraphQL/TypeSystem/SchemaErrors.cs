using Platform.GraphQL.Execution;
using Platform.GraphQL.Language;

namespace Platform.GraphQL.TypeSystem;

/// <summary>Makes errors that point at nodes.</summary>
internal static class SchemaErrors
{
    public static GraphQLError At(string message, params IEnumerable<SyntaxNode?> nodes) => new(message)
    {
        Locations = [.. nodes.Where(node => node?.Range.IsKnown == true).Select(node => node!.Range.Location!.Value)],
    };
}
