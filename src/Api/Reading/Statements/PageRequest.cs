using System.Collections;
using System.Globalization;
using System.Text;
using Platform.Api.Reading.Planning;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Conventions.Paging;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Reading.Statements;

/// <summary>Which rows a client asks a list for: filter, order, size, and where to go on.</summary>
internal sealed class PageRequest
{
    private const int FurthestPage = 100;

    public InputObjectValue? Where { get; init; }

    public object? Order { get; init; }

    public int Size { get; init; }

    public int Skip { get; set; }

    /// <summary>The list is read from its end.</summary>
    public bool IsReversed { get; init; }

    public string? After { get; init; }

    public string? Before { get; init; }

    public bool WantsCursors { get; init; }

    /// <summary>Pages before and after this one are counted.</summary>
    public bool WantsNeighbours { get; init; }

    public required ReadLimits Limits { get; init; }

    /// <summary>The values of the cursors, once the order is known.</summary>
    public object?[]? AfterValues { get; private set; }

    public object?[]? BeforeValues { get; private set; }

    /// <summary>The first rows in their own order.</summary>
    public static PageRequest Whole(int size, ReadLimits limits) =>
        new() { Size = size, Limits = limits };

    public static PageRequest Of(Level level, ArgumentValues arguments, ReadLimits limits)
    {
        var list = level.List!;
        var wantsCursors = level.Shape is { } shape && (shape.WantsCursors || shape.WantsNeighbours);
        var order = Has(arguments, "order") ? arguments["order"] : null;
        var where = arguments["where"] as InputObjectValue;
        if (Has(arguments, "skip"))
        {
            var (skip, take) = PagingFields.ReadSegment(arguments, list.Paging, list.Coordinate);
            return new PageRequest { Where = where, Order = order, Size = take, Skip = skip, Limits = limits };
        }

        var page = PagingFields.Read(arguments, list.Paging, list.Coordinate);
        return new PageRequest
        {
            Where = where,
            Order = order,
            Size = page.Size,
            IsReversed = page.IsBackward,
            After = page.After,
            Before = page.Before,
            WantsCursors = wantsCursors,
            WantsNeighbours = level.Shape is { WantsNeighbours: true },
            Limits = limits,
        };
    }

    /// <summary>Some cursor came or goes.</summary>
    public bool HasCursors => WantsCursors || After is not null || Before is not null;

    /// <summary>Reads the cursors; one that leads to a page further on says how many pages are skipped.</summary>
    public void Follow(CursorFormat cursors)
    {
        var pages = 0;
        if (After is not null)
        {
            AfterValues = cursors.Read(After, "after", out var ahead);
            pages = IsReversed ? pages : ahead;
        }

        if (Before is not null)
        {
            BeforeValues = cursors.Read(Before, "before", out var back);
            pages = IsReversed ? back : pages;
        }

        // Cursors lead to pages nearby; one that leads further was made up, and would make the database count rows for nothing.
        if (pages > FurthestPage)
        {
            throw new GraphQLException(new GraphQLError("A cursor leads to a page that no list gave.") { Code = ErrorCodes.BadCursor });
        }

        Skip += pages * Size;
    }

    /// <summary>A cursor goes on only where it was made: in this list, under this filter and this order.</summary>
    public CursorFormat Cursors(ReadList list, PageOrder order) => new(
        list.Paging.CursorKey,
        CanonicalText.Of(list.Coordinate, Where, Order),
        [.. order.Steps.Select(step => step.CursorType)]);

    private static bool Has(ArgumentValues arguments, string name)
    {
        for (var i = 0; i < arguments.Count; i++)
        {
            if (arguments.Name(i) == name)
            {
                return true;
            }
        }

        return false;
    }
}

/// <summary>The limits of filters and orders, as the schema was built with.</summary>
internal sealed record ReadLimits(FilterOptions Filtering, SortOptions Sorting, PagingOptions Paging)
{
    /// <summary>The database orders texts byte by byte, so that those with a common beginning stand together.</summary>
    public bool OrdersByBytes { get; init; }
}

/// <summary>Coerced arguments as a text that is equal for equal arguments and for no others.</summary>
internal static class CanonicalText
{
    public static string Of(string coordinate, InputObjectValue? where, object? order)
    {
        var text = new StringBuilder(coordinate).Append('\n');
        Append(text, where);
        Append(text.Append('\n'), order);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null:
                text.Append("null");
                break;
            case InputObjectValue map:
                text.Append('{');
                foreach (var (name, field) in map)
                {
                    Append(text.Append(name).Append(':'), field);
                    text.Append(',');
                }

                text.Append('}');
                break;
            case string given:
                text.Append(given.Length).Append(':').Append(given);
                break;
            case IEnumerable list:
                text.Append('[');
                foreach (var element in list)
                {
                    Append(text, element);
                    text.Append(',');
                }

                text.Append(']');
                break;
            default:
                Append(text, value is IFormattable formattable
                    ? formattable.ToString(value is DateTimeOffset or DateOnly or TimeOnly ? "O" : null, CultureInfo.InvariantCulture)
                    : value.ToString());
                break;
        }
    }
}
