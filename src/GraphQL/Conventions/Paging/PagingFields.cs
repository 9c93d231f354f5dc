using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Paging;

/// <summary>The arguments of a connection field and what the cost analysis is told about it.</summary>
internal static class PagingFields
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

    public static PagingArguments Read(FieldContext field, PagingOptions options, string name)
    {
        var given = new PagingArguments
        {
            First = field.Arguments.Get<int?>("first"),
            After = field.Arguments.Get<string>("after"),
            Last = options.AllowBackwardPagination ? field.Arguments.Get<int?>("last") : null,
            Before = options.AllowBackwardPagination ? field.Arguments.Get<string>("before") : null,
            IncludeTotalCount = options.IncludeTotalCount,
        };
        return PagingArguments.Check(given, options, name);
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
