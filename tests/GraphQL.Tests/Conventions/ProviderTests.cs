using System.Collections;
using System.Linq.Expressions;
using Platform.GraphQL.Conventions;

namespace Platform.Tests.GraphQL.Conventions;

/// <summary>A LINQ provider that is not memory: it filters and sorts itself.</summary>
public sealed class ProviderTests
{
    [Fact]
    public async Task A_provider_is_given_the_filter_and_the_order()
    {
        await using var server = new ConventionServer(graph => graph.AddQueryType<Query>());
        (await server.Data(
            """{ boxes(where: { or: [{ size: { gt: 1 } }, { label: { startsWith: "a" } }], owner: { name: { neq: "x" } } }, order: [{ owner: { name: DESC } }, { size: ASC }]) { size } }"""))
            .GetRawText().ShouldBe("""{"boxes":[{"size":2},{"size":1},{"size":3}]}""");
        Remote.Seen.ShouldContain(".Where(");
        Remote.Seen.ShouldContain(".OrderByDescending(x => x.Owner.Name).ThenBy(x => x.Size)");
        Remote.Seen.ShouldNotContain("IIF"); // a provider joins; it needs no checks for null
    }

    [Fact]
    public async Task A_provider_is_not_paged_behind_the_back_of_the_data_layer()
    {
        await using var server = new ConventionServer(graph => graph.AddQueryType<Query>());
        (await server.Run("{ paged(first: 1) { nodes { size } } }")).ShouldContain("Unexpected Execution Error");
        server.Faults.ShouldHaveSingleItem().Exception.Message.ShouldStartWith("Query.paged pages the query of a LINQ provider.");
    }

    internal sealed record Box(int Id, int Size, string Label, Owner Owner);

    internal sealed record Owner(string Name);

    internal sealed class Query
    {
        private static readonly Box[] All =
            [new(1, 1, "a", new("m")), new(2, 2, "b", new("z")), new(3, 3, "c", new("m")), new(4, 4, "d", new("x"))];

        [UseFiltering, UseSorting]
        public static IQueryable<Box> GetBoxes() => new Remote<Box>(All.AsQueryable());

        [UsePaging]
        public static IQueryable<Box> GetPaged() => new Remote<Box>(All.AsQueryable());
    }

    private static class Remote
    {
        public static string Seen { get; set; } = "";
    }

    private sealed class Remote<T>(IQueryable<T> inner) : IOrderedQueryable<T>, IQueryProvider
    {
        public Type ElementType => typeof(T);

        public Expression Expression => inner.Expression;

        public IQueryProvider Provider => this;

        public IEnumerator<T> GetEnumerator()
        {
            Remote.Seen = inner.Expression.ToString();
            return inner.GetEnumerator();
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public IQueryable CreateQuery(Expression expression) => throw new NotSupportedException();

        public IQueryable<TElement> CreateQuery<TElement>(Expression expression) =>
            new Remote<TElement>(inner.Provider.CreateQuery<TElement>(expression));

        public object? Execute(Expression expression) => inner.Provider.Execute(expression);

        public TResult Execute<TResult>(Expression expression) => inner.Provider.Execute<TResult>(expression);
    }
}
