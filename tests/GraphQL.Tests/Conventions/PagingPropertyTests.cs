using FsCheck;
using FsCheck.Fluent;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Conventions.Paging;

namespace Platform.Tests.GraphQL.Conventions;

/// <summary>Whatever the list, the order and the size: walking the pages shows every item once, in order.</summary>
public sealed class PagingPropertyTests
{
    private static readonly FieldPath Size = FieldPath.Self.To(typeof(Box).GetProperty(nameof(Box.Size))!);
    private static readonly FieldPath Label = FieldPath.Self.To(typeof(Box).GetProperty(nameof(Box.Label))!);

    [Fact]
    public void Walking_forward_shows_every_item_once() => Check((items, order, size) =>
    {
        var seen = new List<Box>();
        string? after = null;
        for (var more = true; more;)
        {
            var page = Cut(items, order, new PagingArguments { First = size, After = after });
            page.Count.ShouldBeLessThanOrEqualTo(size);
            page.HasPreviousPage.ShouldBe(seen.Count > 0);
            seen.AddRange(page);
            after = page.EndCursor;
            more = page.HasNextPage;
        }

        return seen.SequenceEqual(items);
    });

    [Fact]
    public void Walking_backward_shows_every_item_once() => Check((items, order, size) =>
    {
        var seen = new List<Box>();
        string? before = null;
        for (var more = true; more;)
        {
            var page = Cut(items, order, new PagingArguments { Last = size, Before = before });
            page.HasNextPage.ShouldBe(seen.Count > 0);
            seen.InsertRange(0, page);
            before = page.StartCursor;
            more = page.HasPreviousPage;
        }

        return seen.SequenceEqual(items);
    });

    private static void Check(Func<List<Box>, IReadOnlyList<SortNode>, int, bool> holds) =>
        Prop.ForAll<(int?, string?)[], int, byte>((values, kind, size) =>
        {
            IReadOnlyList<SortNode> order = Math.Abs(kind % 4) switch
            {
                0 => [],
                1 => [new(Size, IsDescending: kind % 2 == 0, NullOrdering.Unspecified)],
                2 => [new(Label, IsDescending: true, NullOrdering.Last), new(Size, IsDescending: false, NullOrdering.First)],
                _ => [new(Size, IsDescending: true, NullOrdering.First), new(Label, IsDescending: false, NullOrdering.Unspecified)],
            };
            var boxes = values.Select((value, i) => new Box(i + 1, value.Item1 % 3, value.Item2));
            return holds(ListPager<Box>.Sort(boxes, order), order, (size % 5) + 1);
        }).QuickCheckThrowOnFailure();

    private static Page<Box> Cut(List<Box> items, IReadOnlyList<SortNode> order, PagingArguments arguments) =>
        ListPager<Box>.Cut(
            items, new ListField("boxes", typeof(Box), null, null, new PagingOptions(), null), filter: null, order, arguments);

    internal sealed record Box(int Id, int? Size, string? Label);
}
