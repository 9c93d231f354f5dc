using Platform.GraphQL.Conventions.Filtering;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Conventions.Paging;

/// <summary>What a field does with the list its resolver gives: filter, then sort, then cut.</summary>
internal abstract class ListPipeline(ListField list)
{
    protected ListField List { get; } = list;

    public static ListPipeline For(ListField list) =>
        (ListPipeline)Activator.CreateInstance(typeof(ListPipeline<>).MakeGenericType(list.Item), list)!;

    public FieldDelegate Around(FieldDelegate resolve) =>
        async (parent, field, ct) => await RunAsync(await resolve(parent, field, ct), field, ct);

    protected abstract ValueTask<object?> RunAsync(object? source, FieldContext field, CancellationToken ct);
}

internal sealed class ListPipeline<T>(ListField list) : ListPipeline(list)
{
    protected override async ValueTask<object?> RunAsync(object? source, FieldContext field, CancellationToken ct)
    {
        switch (source)
        {
            case null or Page or CollectionSegment:
                return source;
            case PageConnection<T> connection:
                return connection.Page;
        }

        var filter = List.Filter(field.Arguments);
        var order = List.Order(field.Arguments);
        var items = source is IQueryable<T> query and not EnumerableQuery
            ? await FetchAsync(query, filter, order, field, ct)
            : ListPager<T>.Sort(Matching((IEnumerable<T>)source, filter), order);
        return List.Paging is not null ? ListPager<T>.Cut(items, List, filter, order, List.Page(field.Arguments))
            : List.Segments is not null ? Segment(items, List.Segment(field.Arguments))
            : items;
    }

    /// <summary>
    /// A provider filters and sorts. It does not page: that takes the keys of a table, which a data layer knows and
    /// an expression does not.
    /// </summary>
    private async Task<List<T>> FetchAsync(
        IQueryable<T> query, FilterNode? filter, IReadOnlyList<SortNode> order, FieldContext field, CancellationToken ct)
    {
        if (List.Paging is not null || List.Segments is not null)
        {
            throw new InvalidOperationException(
                $"{field.Selection.Field.Coordinate} pages the query of a LINQ provider. Return a Page<T>, or leave the field to the data layer.");
        }

        var filtered = filter is null ? query : query.Where(FilterExpressions.Predicate<T>(filter, inMemory: false));
        var sorted = SortExpressions.Apply(filtered, order);
        if (sorted is not IAsyncEnumerable<T> stream)
        {
            return [.. sorted];
        }

        var items = new List<T>();
        await foreach (var item in stream.WithCancellation(ct))
        {
            items.Add(item);
        }

        return items;
    }

    private static IEnumerable<T> Matching(IEnumerable<T> items, FilterNode? filter) => filter is null
        ? items
        : items.Where(FilterExpressions.Predicate<T>(filter, inMemory: true).Compile(preferInterpretation: true));

    private static CollectionSegment Segment(List<T> items, (int Skip, int Take) wanted)
    {
        var skip = Math.Min(wanted.Skip, items.Count);
        var end = Math.Min(items.Count, skip + wanted.Take);
        return new CollectionSegment
        {
            Items = items.GetRange(skip, end - skip),
            HasPreviousPage = skip > 0,
            HasNextPage = end < items.Count,
            CountTotal = _ => ValueTask.FromResult(items.Count),
        };
    }
}
