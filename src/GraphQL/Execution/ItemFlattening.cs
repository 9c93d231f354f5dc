using System.Collections;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Incremental;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Execution;

/// <summary>
/// Takes the objects out of a column's values, through all lists, and puts them into frames by concrete type: the
/// parents of the next level.
/// </summary>
internal static class ItemFlattening
{
    public static void Expand(Column column, OperationExecution execution, List<Column> below)
    {
        var children = column.Selection.Children;
        if (children is null || !children.HasStored || column.Planned is not null)
        {
            return;
        }

        var items = new List<object>();
        column.Starts = new int[column.Values.Length];
        for (var row = 0; row < column.Values.Length; row++)
        {
            column.Starts[row] = items.Count;
            if (column.Selection.Stream is { } stream && column.Values[row] is IEnumerable and not string)
            {
                column.Values[row] = Divide((IEnumerable)column.Values[row]!, execution.InitialCountOf(stream));
            }

            column.Values[row] = Collect(column.Values[row], column.Selection, column.Selection.Shape, items);
        }

        Place(column, items, children, below);
    }

    /// <summary>How many items <see cref="Collect"/> takes out of a value.</summary>
    public static int Count(object? value, ValueShape shape)
    {
        if (value is null or FieldFailure)
        {
            return 0;
        }

        if (shape.Item is not { } item)
        {
            return 1;
        }

        var count = 0;
        if (value is IList list)
        {
            for (var i = 0; i < list.Count; i++)
            {
                count += Count(list[i], item);
            }
        }

        return count;
    }

    /// <summary>The elements that come at once and those that are streamed after them.</summary>
    public static DividedList Divide(IEnumerable value, int initialCount)
    {
        var all = value as IList ?? Materialise(value);
        var initial = new ArrayList();
        var rest = new ArrayList();
        for (var i = 0; i < all.Count; i++)
        {
            (i < initialCount ? initial : rest).Add(all[i]);
        }

        return new DividedList(initial, rest);
    }

    /// <summary>Adds a value's objects and returns the value in a form that can be walked again.</summary>
    private static object? Collect(object? value, Selection selection, ValueShape shape, List<object> items)
    {
        if (value is PartialValue partial)
        {
            return partial with { Value = Collect(partial.Value, selection, shape, items) };
        }

        if (value is DividedList divided)
        {
            return divided with { Initial = (IList)Collect(divided.Initial, selection, shape, items)! };
        }

        if (value is null or FieldFailure)
        {
            return value;
        }

        if (shape.Item is not { } item)
        {
            items.Add(value);
            return value;
        }

        if (value is string or not IEnumerable)
        {
            return value; // Not a list: the writer says so.
        }

        var list = value as IList ?? Materialise((IEnumerable)value);
        var isNested = item.Item is not null;
        for (var i = 0; i < list.Count; i++)
        {
            var element = list[i];
            var collected = Collect(element, selection, item, items);
            if (isNested && !ReferenceEquals(element, collected))
            {
                list = ReferenceEquals(list, value) ? new ArrayList(list) : list;
                list[i] = collected;
            }
        }

        return list;
    }

    private static ArrayList Materialise(IEnumerable source)
    {
        var list = new ArrayList();
        foreach (var element in source)
        {
            list.Add(element);
        }

        return list;
    }

    private static void Place(Column column, List<object> items, ChildSelections children, List<Column> below)
    {
        if (children.Only is { } only)
        {
            var frame = new Frame(only, [.. items], items.Count);
            column.OnlyFrame = frame;
            below.AddRange(frame.Columns);
            return;
        }

        var places = new ItemPlace[items.Count];
        var groups = new Dictionary<SelectionSet, List<int>>();
        for (var i = 0; i < items.Count; i++)
        {
            if (SetOf(items[i], children) is not { } set)
            {
                continue;
            }

            if (!groups.TryGetValue(set, out var members))
            {
                groups.Add(set, members = []);
            }

            members.Add(i);
        }

        foreach (var (set, members) in groups)
        {
            var frame = new Frame(set, [.. members.Select(member => items[member])], members.Count);
            for (var row = 0; row < members.Count; row++)
            {
                places[members[row]] = new ItemPlace(frame, row);
            }

            below.AddRange(frame.Columns);
        }

        column.Items = places;
    }

    /// <summary>A type that cannot be told is told again when the value is written, where the error has a place.</summary>
    private static SelectionSet? SetOf(object item, ChildSelections children)
    {
        try
        {
            return children.Find(item);
        }
#pragma warning disable CA1031 // See above: the writer meets the same exception.
        catch (Exception)
#pragma warning restore CA1031
        {
            return null;
        }
    }
}
