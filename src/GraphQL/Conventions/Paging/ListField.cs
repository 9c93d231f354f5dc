using Platform.GraphQL.Conventions.Filtering;
using Platform.GraphQL.Conventions.Paging;
using Platform.GraphQL.Conventions.Sorting;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions;

/// <summary>
/// What a list field can do, kept with its definition: a data layer that takes the field over reads its filter, order
/// and page here, and answers with the same cursors.
/// </summary>
public sealed class ListField
{
    private readonly string _field;
    private readonly FilterOptions? _filtering;
    private readonly SortOptions? _sorting;

    internal ListField(
        string field, Type item, FilterOptions? filtering, SortOptions? sorting, PagingOptions? paging, PagingOptions? segments)
    {
        _field = field;
        _filtering = filtering;
        _sorting = sorting;
        Item = item;
        Paging = paging;
        Segments = segments;
    }

    /// <summary>The C# type of the items.</summary>
    public Type Item { get; }

    /// <summary>How the field makes connections; null when it does not.</summary>
    public PagingOptions? Paging { get; }

    /// <summary>How the field makes segments by skip and take; null when it does not.</summary>
    public PagingOptions? Segments { get; }

    internal bool IsPlain => _filtering is null && _sorting is null && Paging is null && Segments is null;

    /// <summary>The condition in <c>where</c>; null when there is none.</summary>
    public FilterNode? Filter(ArgumentValues arguments) => _filtering is null
        ? null
        : FilterReader.Read(arguments["where"] as InputObjectValue, _filtering);

    /// <summary>The steps in <c>order</c>.</summary>
    public IReadOnlyList<SortNode> Order(ArgumentValues arguments) =>
        _sorting is null ? [] : SortReader.Read(arguments["order"], _sorting);

    /// <summary>The page that is asked for, checked.</summary>
    public PagingArguments Page(ArgumentValues arguments) => Paging is { } options
        ? PagingFields.Read(arguments, options, _field)
        : throw new InvalidOperationException($"{_field} has no pages.");

    /// <summary>The items to leave out and the items to take, checked.</summary>
    public (int Skip, int Take) Segment(ArgumentValues arguments) => Segments is { } options
        ? PagingFields.ReadSegment(arguments, options, _field)
        : throw new InvalidOperationException($"{_field} has no segments.");

    /// <summary>The cursors of this list under a filter and an order.</summary>
    /// <param name="filter">What is filtered by.</param>
    /// <param name="order">What is ordered by, without the tie-breaker.</param>
    /// <param name="types">The C# types of the values a cursor holds.</param>
    public CursorFormat Cursors(FilterNode? filter, IReadOnlyList<SortNode> order, IReadOnlyList<Type> types) =>
        new(Paging?.CursorKey, _field, filter, order, types);
}
