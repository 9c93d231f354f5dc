using System.Collections.Frozen;
using System.Collections.ObjectModel;

namespace Platform.GraphQL.Limits;

/// <summary>
/// Every limit on what a client may ask of the engine, all on unless changed. They are counted after fragments are
/// expanded, below every transport. The parser's own limits are <c>ParserLimits</c>.
/// </summary>
public sealed record GraphQLLimits
{
    public static GraphQLLimits Default { get; } = new();

    /// <summary>Fields on one path; introspection is counted apart.</summary>
    public int MaxDepth { get; init; } = 12;

    /// <summary>How often one field of a type may appear on a path.</summary>
    public int MaxCoordinateCycle { get; init; } = 3;

    /// <summary>Exceptions to <see cref="MaxCoordinateCycle"/> by coordinate, such as <c>Category.parent</c>.</summary>
    public IReadOnlyDictionary<string, int> CoordinateCycles { get; init; } = ReadOnlyDictionary<string, int>.Empty;

    public int MaxExpandedFields { get; init; } = 5_000;

    public int MaxAliases { get; init; } = 30;

    /// <summary>Aliases of one field at the root of an operation.</summary>
    public int MaxRootFieldAliases { get; init; } = 10;

    public int MaxFragmentVisits { get; init; } = 1_000;

    public int MaxRootMutations { get; init; } = 10;

    /// <summary>Root mutations that may appear once only, such as login and approve, by field name.</summary>
    public IReadOnlySet<string> SingleRootMutations { get; init; } = FrozenSet<string>.Empty;

    public int MaxIntrospectionTypeDepth { get; init; } = 10;

    public int MaxIntrospectionListDepth { get; init; } = 1;

    public double MaxFieldCost { get; init; } = 1_000;

    public double MaxTypeCost { get; init; } = 1_000;

    /// <summary>Elements of all lists and fields of all objects in the variables together.</summary>
    public int MaxVariableValues { get; init; } = 10_000;

    /// <summary>The same of a mutation: a document of thousands of lines is written at once, and only asked for in pages.</summary>
    public int MaxMutationValues { get; init; } = 10_000;

    public int MaxVariablesDepth { get; init; } = 64;

    /// <summary>Errors reported for one request that never ran.</summary>
    public int MaxRequestErrors { get; init; } = 5;

    /// <summary>Errors reported of one execution; those beyond are counted, not listed.</summary>
    public int MaxExecutionErrors { get; init; } = 100;

    public long MaxResponseBytes { get; init; } = 8 * 1024 * 1024;

    public TimeSpan QueryTimeout { get; init; } = TimeSpan.FromSeconds(10);

    public TimeSpan MutationTimeout { get; init; } = TimeSpan.FromSeconds(15);

    public TimeSpan LoaderBatchTimeout { get; init; } = TimeSpan.FromSeconds(2);

    public int MaxRunning { get; init; } = 32;

    public int MaxWaiting { get; init; } = 128;

    public int MaxCachedDocuments { get; init; } = 256;

    /// <summary>Events a subscriber may fall behind before it is told to resynchronise.</summary>
    public int MaxBufferedEvents { get; init; } = 256;

    public long MaxBufferedBytes { get; init; } = 1024 * 1024;
}
