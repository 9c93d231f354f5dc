using System.Collections;

namespace Platform.GraphQL.Conventions;

/// <summary>
/// A stretch of a list and what surrounds it: the value behind every connection. Cursors are made only where they
/// are selected, and so is the total, which may cost as much as the page.
/// </summary>
public abstract class Page
{
    private protected Page()
    {
    }

    public bool HasNextPage { get; init; }

    public bool HasPreviousPage { get; init; }

    /// <summary>Counts the whole list; null where a count was not asked for.</summary>
    public Func<CancellationToken, ValueTask<int>>? CountTotal { get; init; }

    /// <summary>Where the page lies in the whole, for cursors of pages beside it.</summary>
    public PagePosition? Position { get; init; }

    public abstract int Count { get; }

    public string? StartCursor => Count > 0 ? Cursor(0) : null;

    public string? EndCursor => Count > 0 ? Cursor(Count - 1) : null;

    internal abstract IEnumerable Nodes { get; }

    internal IEnumerable<PageEdge> Edges
    {
        get
        {
            var edges = new PageEdge[Count];
            for (var i = 0; i < edges.Length; i++)
            {
                edges[i] = new PageEdge(this, i);
            }

            return edges;
        }
    }

    /// <summary>Cursors of up to five pages after this one; <c>after</c> with the first of them is the next page.</summary>
    internal IEnumerable<PageCursor> ForwardCursors => Position is null || !HasNextPage
        ? []
        : Enumerable.Range(0, Math.Min(5, Position.Pages - Position.Number))
            .Select(skip => new PageCursor(Position.Number + 1 + skip, CursorAway(Count - 1, skip)));

    internal IEnumerable<PageCursor> BackwardCursors => Position is null || !HasPreviousPage
        ? []
        : Enumerable.Range(0, Math.Min(5, Position.Number - 1))
            .Select(skip => new PageCursor(Position.Number - 1 - skip, CursorAway(0, skip)))
            .Reverse();

    internal abstract object? Node(int index);

    internal abstract string Cursor(int index);

    private protected abstract string CursorAway(int index, int pages);
}

/// <summary>A page of items whose cursors are made by <paramref name="cursor"/>: from an item, and a number of pages to skip.</summary>
public sealed class Page<T>(IReadOnlyList<T> items, Func<T, int, string> cursor) : Page, IReadOnlyList<T>
{
    public override int Count => items.Count;

    internal override IEnumerable Nodes => items;

    public T this[int index] => items[index];

    public IEnumerator<T> GetEnumerator() => items.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal override object? Node(int index) => items[index];

    internal override string Cursor(int index) => cursor(items[index], 0);

    private protected override string CursorAway(int index, int pages) => cursor(items[index], pages);
}

/// <summary>The number of this page, counted from one, and how many there are.</summary>
public sealed record PagePosition(int Number, int Pages);

/// <summary>A cursor of a page nearby.</summary>
public sealed record PageCursor(int Page, string Cursor);

/// <summary>A page as a resolver returns it under <see cref="UseConnectionAttribute"/>.</summary>
public sealed class PageConnection<T>(Page<T> page)
{
    public Page<T> Page { get; } = page;
}

/// <summary>A stretch of a list by <c>skip</c> and <c>take</c>.</summary>
public sealed class CollectionSegment
{
    public required IEnumerable Items { get; init; }

    public bool HasNextPage { get; init; }

    public bool HasPreviousPage { get; init; }

    public Func<CancellationToken, ValueTask<int>>? CountTotal { get; init; }
}

/// <summary>An item's place on its page.</summary>
internal sealed class PageEdge(Page page, int index)
{
    public object? Node => page.Node(index);

    public string Cursor => page.Cursor(index);
}
