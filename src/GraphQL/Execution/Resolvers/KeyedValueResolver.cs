using System.Collections.Concurrent;

namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>
/// A field without a resolver is looked up by its name in a parent that is a map; schemas made from a document alone
/// are served this way. §6.4.2
/// </summary>
internal static class KeyedValueResolver
{
    private static readonly ConcurrentDictionary<string, FieldResolver> Known = new(StringComparer.Ordinal);

    public static FieldResolver For(string field) => Known.GetOrAdd(
        field,
        static name => new PureResolver<IReadOnlyDictionary<string, object?>?, object?>(
            parent => parent is not null && parent.TryGetValue(name, out var value) ? value : null));
}
