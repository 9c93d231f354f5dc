using Platform.GraphQL.Execution;

namespace Platform.GraphQL.Conventions;

/// <summary>
/// Which page is asked for, checked against the field's options. Resolvers take it as a parameter, and so do data
/// layers: what a connection looks like and how its page is fetched know nothing of each other.
/// </summary>
public readonly record struct PagingArguments
{
    public int? First { get; init; }

    public string? After { get; init; }

    public int? Last { get; init; }

    public string? Before { get; init; }

    public bool IncludeTotalCount { get; init; }

    public bool EnableRelativeCursors { get; init; }

    /// <summary>The number of items wanted, from whichever end.</summary>
    public int Size => Last ?? First ?? 0;

    public bool IsBackward => Last is not null;

    /// <summary>Fills in the default size, or says what is wrong with the arguments.</summary>
    public static PagingArguments Check(PagingArguments given, PagingOptions options, string field)
    {
        if (given.First is null && given.Last is null && options.RequirePagingBoundaries)
        {
            throw options.AllowBackwardPagination
                ? Refused($"You must provide a `first` or `last` value to properly paginate the `{field}`.", ErrorCodes.PagingBoundaries)
                : Refused($"You must provide a `first` value to properly paginate the `{field}`.", ErrorCodes.FirstMissing);
        }

        if (given.First is not null && given.Last is not null)
        {
            throw Refused("The arguments `first` and `last` cannot be given together.", ErrorCodes.SlicingArgument);
        }

        if (given.Size < 0)
        {
            throw Refused("The requested number of values per page must be at least 0.", ErrorCodes.PageTooSmall);
        }

        if (given.Size > options.MaxPageSize)
        {
            throw new GraphQLException(new GraphQLError("The maximum allowed items per page were exceeded.")
            {
                Code = ErrorCodes.PageTooLarge,
                Extensions = new Dictionary<string, object?>(StringComparer.Ordinal)
                {
                    ["requestedItems"] = given.Size,
                    ["maxAllowedItems"] = options.MaxPageSize,
                },
            });
        }

        return given with
        {
            First = given.First ?? (given.Last is null ? Math.Min(options.DefaultPageSize, options.MaxPageSize) : null),
            EnableRelativeCursors = options.EnableRelativeCursors,
        };
    }

    internal static GraphQLException Refused(string message, string code) =>
        new(new GraphQLError(message) { Code = code });
}
