using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Language;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.GraphQL.TypeSystem;

public class SchemaBuildingTests
{
    private sealed record Rule(string Text);

    [Fact]
    public void A_type_may_be_configured_from_several_places()
    {
        // given
        var builder = new SchemaBuilder();
        builder.AddDocument("type Query { a: Item } extend type Query { b: Int }");
        builder.Object("Query").Field("c", "[Item!]!").Argument("first", "Int").DefaultValue =
            GraphQLDocument.ParseConstant("5");
        builder.Object("Item").Field("id", "ID!");
        builder.Object("Item").Field("when", "DateTime").Deprecate("Nobody asks.");
        builder.Object("Query").Field("c").Metadata.Set(new Rule("warehouse:read"));

        // when
        var schema = builder.Build();

        // then
        schema.QueryType!.Fields.Select(field => field.Name).ShouldBe(["c", "a", "b"], ignoreOrder: true);
        var field = (FieldDefinition)schema.Find(SchemaCoordinate.Parse("Query.c"))!;
        field.Type.ToString().ShouldBe("[Item!]!");
        field.Arguments[0].DefaultValue.ShouldBe(5);
        field.Metadata.Get<Rule>().ShouldBe(new Rule("warehouse:read"));
        schema.Find(SchemaCoordinate.Parse("Item.when"))!.DeprecationReason.ShouldBe("Nobody asks.");
        ((ScalarType)schema.FindType("DateTime")!).SpecifiedBy
            .ShouldBe("https://scalars.graphql.org/chillicream/date-time.html");
    }

    [Fact]
    public void A_reference_may_be_named_when_the_schema_is_built()
    {
        var builder = new SchemaBuilder();
        var name = "wrong";
        builder.Object("Query").Field("a", TypeReference.Later(() => name).List().NonNull());
        name = "String";
        builder.Build().QueryType!.Fields[0].Type.ToString().ShouldBe("[String]!");
    }

    [Fact]
    public void Resolvers_stay_with_their_fields()
    {
        var resolver = SingleResolver.From((_, _) => 1);
        var builder = new SchemaBuilder();
        builder.Object("Query").Field("a", "Int").Resolver = resolver;
        builder.Build().QueryType!.Fields[0].Resolver.ShouldBeSameAs(resolver);
    }

    [Fact]
    public void The_kinds_of_one_name_must_agree()
    {
        var builder = new SchemaBuilder();
        builder.Object("Query");
        Should.Throw<InvalidOperationException>(() => builder.Enum("Query"));
    }

    [Fact]
    public void Coordinates_find_every_kind_of_element()
    {
        var schema = Schema.FromSdl(
            "type Query { a(b: Int): E } enum E { X } input I { f: Int } directive @d(x: Int) on FIELD");
        string[] coordinates = ["Query", "Query.a", "Query.a(b:)", "E.X", "I.f", "@d", "@d(x:)"];
        foreach (var text in coordinates)
        {
            schema.Find(SchemaCoordinate.Parse(text))!.Coordinate.ToString().ShouldBe(text);
        }

        schema.Find(SchemaCoordinate.Parse("Query.b")).ShouldBeNull();
        schema.Find(SchemaCoordinate.Parse("I.f(x:)")).ShouldBeNull();
    }

    [Fact]
    public void Values_of_abstract_types_are_known_by_their_class()
    {
        var builder = new SchemaBuilder();
        builder.AddDocument("type Query { a: Node } interface Node { id: ID } type Item implements Node { id: ID } " +
            "type Other { id: ID }");
        builder.Object("Item").RuntimeType = typeof(Rule);
        builder.Object("Other").RuntimeType = typeof(string);
        var schema = builder.Build();
        var node = (InterfaceType)schema.FindType("Node")!;
        schema.ResolveObjectType(node, new Rule("")).ShouldBe(schema.FindType("Item"));
        schema.ResolveObjectType(node, "other").ShouldBeNull();
    }

    [Fact]
    public void List_sizes_and_costs_are_read_from_their_directives()
    {
        var builder = new SchemaBuilder();
        var field = builder.Object("Query").Field("items", "[Int]");
        field.Argument("first", "Int").AddDirective("cost", ("weight", "\"2.5\""));
        field.AddDirective("listSize", ("assumedSize", "50"), ("slicingArguments", "[\"first\", \"last\"]"));
        var items = builder.Build().QueryType!.Fields[0];
        items.Arguments[0].Cost.ShouldBe(2.5);
        items.ListSize!.AssumedSize.ShouldBe(50);
        items.ListSize.SlicingArguments.ShouldBe(["first", "last"]);
        items.ListSize.RequireOneSlicingArgument.ShouldBeTrue();
    }

    [Fact]
    public void An_empty_description_is_a_description()
    {
        const string sdl = "type Query {\n  a(\n    \"\"\n    x: Int\n    y: Int\n  ): Int\n}";
        SchemaPrinter.Print(Schema.FromSdl(sdl)).ShouldEndWith(sdl + "\n");
    }

    [Theory]
    [InlineData("hotchocolate-dataloaders.graphql")]
    [InlineData("hotchocolate-projections.graphql")]
    public void A_printed_schema_looks_as_HotChocolate_prints_it(string file)
    {
        var text = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TypeSystem", file));
        SchemaPrinter.Print(Schema.FromSdl(text)).TrimEnd().ShouldBe(text.TrimEnd());
    }
}
