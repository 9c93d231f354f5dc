using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.Conventions;

/// <summary>What a data layer that answers lists itself is told: items, filter, order, page, cursors, needed properties.</summary>
public sealed class DataLayerTests
{
    [Fact]
    public async Task A_data_layer_takes_a_connection_over_and_keeps_its_shape()
    {
        await using var server = Server();
        server.Builder.ConfigureSchema(schema => schema.Object("Query").Field("boxes").Resolver = SingleResolver.From((_, field) =>
        {
            var list = field.Selection.Field.Metadata.Get<ListField>().ShouldNotBeNull();
            list.Item.ShouldBe(typeof(Box));
            var filter = list.Filter(field.Arguments).ShouldBeOfType<FilterCompare>();
            filter.Value.ShouldBe(3);
            var order = list.Order(field.Arguments);
            order.ShouldHaveSingleItem().IsDescending.ShouldBeTrue();
            var page = list.Page(field.Arguments);
            page.Size.ShouldBe(2);
            var cursors = list.Cursors(filter, order, [typeof(int), typeof(Guid)]);
            return new Page<Box>(
                [new Box(9, 8)], (box, pages) => cursors.Write([box.Size, Guid.Empty], pages)) { HasNextPage = true };
        }));

        var connection = (await server.Data(
            "{ boxes(first: 2, where: { size: { gt: 3 } }, order: [{ size: DESC }]) { nodes { size } pageInfo { hasNextPage endCursor } } }"))
            .GetProperty("boxes");
        connection.GetProperty("nodes")[0].GetProperty("size").GetInt32().ShouldBe(8);
        var cursor = connection.GetProperty("pageInfo").GetProperty("endCursor").GetString()!;

        var field = server.Schema.QueryType!.Fields.Find("boxes")!.Metadata.Get<ListField>()!;
        var path = FieldPath.Self.To(typeof(Box).GetProperty(nameof(Box.Size))!);
        field.Cursors(
                new FilterCompare(path, FilterOperation.GreaterThan, 3), [new(path, IsDescending: true, NullOrdering.Unspecified)],
                [typeof(int), typeof(Guid)])
            .Read(cursor, "after", out var pages).ShouldBe([8, Guid.Empty]);
        pages.ShouldBe(0);
    }

    [Fact]
    public void What_a_resolver_reads_of_its_parent_is_known()
    {
        var field = ((ObjectType)Server().Schema.FindType("Box")!).Fields.Find("volume")!;
        field.Metadata.Get<ParentRequirements>()!.Properties.ShouldBe(["Id", "Size"]);
        field.Metadata.Get<FieldMember>()!.Member.Name.ShouldBe("GetVolumeAsync");
    }

    private static ConventionServer Server() => new(graph => graph.AddQueryType<Query>().AddTypes(typeof(BoxNode)));

    internal sealed record Box(int Id, int Size);

    internal sealed class Query
    {
        [UsePaging, UseFiltering, UseSorting]
        public static IQueryable<Box> GetBoxes() => throw new InvalidOperationException("The data layer answers.");
    }

    [ObjectType<Box>]
    internal static class BoxNode
    {
        public static Task<int> GetVolumeAsync([Parent(requires: "Id Size")] Box box) => Task.FromResult(box.Id * box.Size);
    }
}
