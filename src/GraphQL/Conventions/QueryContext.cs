using Platform.GraphQL.Conventions.Filtering;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Conventions;

/// <summary>The filter and the order a client asked for, for a resolver that applies them itself.</summary>
public sealed record QueryContext<T>(FilterNode? Filter, IReadOnlyList<SortNode> Order)
{
    internal static QueryContext<T> Read(FieldContext field) =>
        field.Selection.Field.Metadata.Get<ListField>() is { } list
            ? new QueryContext<T>(list.Filter(field.Arguments), list.Order(field.Arguments))
            : new QueryContext<T>(null, []);

    /// <summary>Applies both to a query; lists in memory may have nulls on the way of a path.</summary>
    public IQueryable<T> ApplyTo(IQueryable<T> query)
    {
        var filtered = Filter is null
            ? query
            : query.Where(FilterExpressions.Predicate<T>(Filter, inMemory: query is EnumerableQuery));
        return query is EnumerableQuery
            ? Paging.ListPager<T>.Sort(filtered, Order).AsQueryable()
            : SortExpressions.Apply(filtered, Order);
    }
}
