using Platform.GraphQL.Conventions.Filtering;
using Platform.GraphQL.Conventions.Sorting;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Paging;

/// <summary>What a field does with the list its resolver gives: filter, then sort, then cut.</summary>
internal sealed record ListSettings(
    string Field,
    FilterOptions? Filtering,
    SortOptions? Sorting,
    PagingOptions? Paging,
    PagingOptions? Segments);

internal abstract class ListPipeline(ListSettings settings)
{
    protected ListSettings Settings { get; } = settings;

    public static ListPipeline For(Type element, ListSettings settings) =>
        (ListPipeline)Activator.CreateInstance(typeof(ListPipeline<>).MakeGenericType(element), settings)!;

    public FieldDelegate Around(FieldDelegate resolve) =>
        async (parent, field, ct) => await RunAsync(await resolve(parent, field, ct), field, ct);

    protected abstract ValueTask<object?> RunAsync(object? source, FieldContext field, CancellationToken ct);
}

internal sealed class ListPipeline<T>(ListSettings settings) : ListPipeline(settings)
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

        var filter = Settings.Filtering is { } filtering
            ? FilterReader.Read(field.Arguments["where"] as InputObjectValue, filtering)
            : null;
        var order = Settings.Sorting is { } sorting ? SortReader.Read(field.Arguments["order"], sorting) : [];
        var items = source is IQueryable<T> query and not EnumerableQuery
            ? await FetchAsync(query, filter, order, ct)
            : ListPager<T>.Sort(Matching((IEnumerable<T>)source, filter), order);
        return Settings.Paging is { } paging ? Cut(items, filter, order, paging, field)
            : Settings.Segments is { } segments ? Segment(items, segments, field)
            : items;
    }

    /// <summary>
    /// A provider filters and sorts. It does not page: that takes the keys of a table, which a data layer knows and
    /// an expression does not.
    /// </summary>
    private async Task<List<T>> FetchAsync(
        IQueryable<T> query, FilterNode? filter, IReadOnlyList<SortNode> order, CancellationToken ct)
    {
        if (Settings.Paging is not null || Settings.Segments is not null)
        {
            throw new InvalidOperationException(
                $"{Settings.Field} pages the query of a LINQ provider. Return a Page<T>, or leave the field to the data layer.");
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

    private Page<T> Cut(
        List<T> items, FilterNode? filter, IReadOnlyList<SortNode> order, PagingOptions paging, FieldContext field) =>
        ListPager<T>.Cut(
            items, PagingFields.Read(field, paging, Settings.Field), order, filter, Settings.Field, paging.CursorKey);

    private CollectionSegment Segment(List<T> items, PagingOptions options, FieldContext field)
    {
        var skip = field.Arguments.Get<int?>("skip") ?? 0;
        var take = PagingArguments.Check(
            new PagingArguments { First = field.Arguments.Get<int?>("take") },
            options with { RequirePagingBoundaries = false },
            Settings.Field).Size;
        if (skip < 0)
        {
            throw PagingArguments.Refused("The number of items to skip must be at least 0.", ErrorCodes.PageTooSmall);
        }

        skip = Math.Min(skip, items.Count);
        var end = Math.Min(items.Count, skip + take);
        return new CollectionSegment
        {
            Items = items.GetRange(skip, end - skip),
            HasPreviousPage = skip > 0,
            HasNextPage = end < items.Count,
            CountTotal = _ => ValueTask.FromResult(items.Count),
        };
    }
}
