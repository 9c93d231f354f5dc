using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;
using Platform.GraphQL.Conventions.Filtering;
using Platform.GraphQL.Conventions.Reading;

namespace Platform.GraphQL.Conventions.Paging;

/// <summary>
/// Pages of lists in memory. A cursor holds the order's keys of an item and its id, so that what is inserted or removed
/// elsewhere moves no page; without an order it holds the item's id and, should that be gone, its place.
/// </summary>
internal static class ListPager<T>
{
    private static readonly ConcurrentDictionary<string, Func<T, object?>> Keys = new(StringComparer.Ordinal);

    private static readonly PropertyInfo? Id = FindId();

    /// <summary>Items in the given order, those that are equal in the order of their ids.</summary>
    public static List<T> Sort(IEnumerable<T> items, IReadOnlyList<SortNode> order)
    {
        if (order.Count == 0)
        {
            return [.. items];
        }

        var comparer = new KeyComparer(Steps(order));
        return [.. items.OrderBy(item => item, comparer)];
    }

    public static Page<T> Cut(
        List<T> items, ListField list, FilterNode? filter, IReadOnlyList<SortNode> order, PagingArguments arguments)
    {
        var steps = Steps(order);
        var format = list.Cursors(filter, order, Types(steps));
        var isOrdered = order.Count > 0 && Id is not null;
        var from = 0;
        var to = items.Count;
        if (arguments.After is { } after)
        {
            var values = format.Read(after, "after", out var pages);
            from = Place(items, values, steps, isOrdered, after: true) + (pages * arguments.Size);
        }

        if (arguments.Before is { } before)
        {
            var values = format.Read(before, "before", out var pages);
            to = Place(items, values, steps, isOrdered, after: false) - (pages * arguments.Size);
        }

        from = Math.Min(from, items.Count);
        to = Math.Max(to, from);
        var start = arguments.IsBackward ? Math.Max(from, to - arguments.Size) : from;
        var end = arguments.IsBackward ? to : Math.Min(to, from + arguments.Size);
        var shown = items.GetRange(start, end - start);
        return new Page<T>(shown, (item, pages) => format.Write(Values(item, items, steps, isOrdered), pages))
        {
            HasPreviousPage = start > 0,
            HasNextPage = end < items.Count,
            CountTotal = _ => ValueTask.FromResult(items.Count),
            Position = arguments.EnableRelativeCursors && arguments.Size > 0
                ? new PagePosition((start / arguments.Size) + 1, (items.Count + arguments.Size - 1) / arguments.Size)
                : null,
        };
    }

    /// <summary>Where the page begins after a cursor, or ends before it.</summary>
    private static int Place(List<T> items, object?[] values, List<Step> steps, bool isOrdered, bool after)
    {
        if (isOrdered)
        {
            // The first item that is beyond the cursor; the cursor's own item need not exist any more.
            var place = items.FindIndex(item => Compare(item, values, steps) is var order && (after ? order > 0 : order >= 0));
            return place < 0 ? items.Count : place;
        }

        var index = (int)values[0]!;
        if (Id is not null)
        {
            var id = Key([Id]);
            var found = items.FindIndex(item => Equals(id(item), values[1]));
            index = found >= 0 ? found : index - 1;
        }

        return Math.Clamp(after ? index + 1 : index, 0, items.Count);
    }

    private static object?[] Values(T item, List<T> items, List<Step> steps, bool isOrdered) => isOrdered
        ? [.. steps.Select(step => step.Key(item))]
        : Id is null
            ? [items.IndexOf(item)]
            : [items.IndexOf(item), Key([Id])(item)];

    private static Type[] Types(List<Step> steps) => steps.Exists(step => step.Path is not null) && Id is not null
        ? [.. steps.Select(step => step.Type)]
        : Id is null ? [typeof(int)] : [typeof(int), Id.PropertyType];

    private static int Compare(T item, object?[] values, List<Step> steps)
    {
        for (var i = 0; i < steps.Count; i++)
        {
            if (steps[i].Compare(steps[i].Key(item), values[i]) is var order && order != 0)
            {
                return order;
            }
        }

        return 0;
    }

    private static List<Step> Steps(IReadOnlyList<SortNode> order)
    {
        var steps = order.Select(node => new Step(
            Key(node.Path.Properties), node.IsDescending, node.Nulls, node.Path, node.Path.Properties[^1].PropertyType)).ToList();
        if (Id is not null)
        {
            steps.Add(new Step(Key([Id]), IsDescending: false, NullOrdering.Unspecified, Path: null, Id.PropertyType));
        }

        return steps;
    }

    private static Func<T, object?> Key(IReadOnlyList<PropertyInfo> properties) =>
        Keys.GetOrAdd(string.Join('.', properties.Select(property => property.Name)), _ =>
        {
            var item = Expression.Parameter(typeof(T));
            var value = FilterExpressions.Read(item, new FieldPath(properties), inMemory: true);
            return Expression.Lambda<Func<T, object?>>(Expression.Convert(value, typeof(object)), item).Compile();
        });

    private static PropertyInfo? FindId()
    {
        var name = typeof(T).Mark<NodeAttribute>()?.IdField ?? "Id";
        var property = typeof(T).GetProperty(name, BindingFlags.Public | BindingFlags.Instance);
        return property is not null && typeof(IComparable).IsAssignableFrom(property.PropertyType) ? property : null;
    }

    private sealed record Step(Func<T, object?> Key, bool IsDescending, NullOrdering Nulls, FieldPath? Path, Type Type)
    {
        public int Compare(object? left, object? right)
        {
            if (left is null || right is null)
            {
                var order = (left is null ? 0 : 1) - (right is null ? 0 : 1);
                return Nulls switch
                {
                    NullOrdering.First => order,
                    NullOrdering.Last => -order,
                    NullOrdering.Unspecified => IsDescending ? -order : order,
                };
            }

            var values = left is string text ? string.CompareOrdinal(text, (string)right) : Comparer<object>.Default.Compare(left, right);
            return IsDescending ? -values : values;
        }
    }

    private sealed class KeyComparer(List<Step> steps) : IComparer<T>
    {
        public int Compare(T? x, T? y)
        {
            foreach (var step in steps)
            {
                if (step.Compare(step.Key(x!), step.Key(y!)) is var order && order != 0)
                {
                    return order;
                }
            }

            return 0;
        }
    }
}
