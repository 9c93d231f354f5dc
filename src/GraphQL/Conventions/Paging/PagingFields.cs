using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Paging;

/// <summary>The arguments of a connection field and what the cost analysis is told about it.</summary>
public static class PagingFields
{
    public static void AddArguments(FieldConfiguration field, PagingOptions options)
    {
        field.Argument("first", "Int").Description = "Returns the first _n_ elements from the list.";
        field.Argument("after", "String").Description =
            "Returns the elements in the list that come after the specified cursor.";
        if (options.AllowBackwardPagination)
        {
            field.Argument("last", "Int").Description = "Returns the last _n_ elements from the list.";
            field.Argument("before", "String").Description =
                "Returns the elements in the list that come before the specified cursor.";
        }
    }

    public static PagingArguments Read(ArgumentValues arguments, PagingOptions options, string name)
    {
        var given = new PagingArguments
        {
            First = arguments.Get<int?>("first"),
            After = arguments.Get<string>("after"),
            Last = options.AllowBackwardPagination ? arguments.Get<int?>("last") : null,
            Before = options.AllowBackwardPagination ? arguments.Get<string>("before") : null,
            IncludeTotalCount = options.IncludeTotalCount,
        };
        return PagingArguments.Check(given, options, name);
    }

    public static (int Skip, int Take) ReadSegment(ArgumentValues arguments, PagingOptions options, string name)
    {
        var skip = arguments.Get<int?>("skip") ?? 0;
        var take = PagingArguments.Check(
            new PagingArguments { First = arguments.Get<int?>("take") },
            options with { RequirePagingBoundaries = false },
            name).Size;
        return skip >= 0
            ? (skip, take)
            : throw PagingArguments.Refused("The number of items to skip must be at least 0.", ErrorCodes.PageTooSmall);
    }

    public static ListSizeAttribute Size(PagingOptions options) => new()
    {
        AssumedSize = options.MaxPageSize,
        SlicingArguments = options.AllowBackwardPagination ? ["first", "last"] : ["first"],
        SlicingArgumentDefaultValue = options.DefaultPageSize,
        SizedFields = options.IncludeNodesField ? ["edges", "nodes"] : ["edges"],
        RequireOneSlicingArgument = options.RequirePagingBoundaries,
    };

    public static ListSizeAttribute SegmentSize(PagingOptions options) => new()
    {
        AssumedSize = options.MaxPageSize,
        SlicingArguments = ["take"],
        SlicingArgumentDefaultValue = options.DefaultPageSize,
        SizedFields = ["items"],
        RequireOneSlicingArgument = false,
    };
}
