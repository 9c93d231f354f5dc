using System.Globalization;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Tests.Benchmarks.GraphQL;

/// <summary>A hundred products of eight fields in memory, the same in every server that is compared.</summary>
internal static class CatalogSchema
{
    public const string ListQuery = "{ products { id sku name brand price quantity active updatedAt } }";

    /// <summary>The same with a field that is asked once for all, on two levels.</summary>
    public const string BatchedQuery =
        "{ products { id sku name brand price quantity active stock related { id stock } } }";

    public const string TypeNameQuery = "{ __typename }";

    public static IReadOnlyList<Product> Products { get; } = [.. Enumerable.Range(1, 100).Select(i => new Product(
        i.ToString(CultureInfo.InvariantCulture),
        $"S{i:D4}",
        $"Fastener {i}",
        $"B{i % 7}",
        Math.Round(i * 1.37, 2),
        i * 3,
        i % 5 != 0,
        $"2026-11-{(i % 28) + 1:D2}"))];

    private static IReadOnlyList<Product> Related { get; } = [.. Products.Take(3)];

    private static object Stock { get; } = 12;

    public static Schema Build()
    {
        var builder = new SchemaBuilder();
        var product = builder.Object("Product");
        product.RuntimeType = typeof(Product);
        product.Field("id", "ID!").Resolver = new PureResolver<Product, string>(p => p.Id);
        product.Field("sku", "String!").Resolver = new PureResolver<Product, string>(p => p.Sku);
        product.Field("name", "String!").Resolver = new PureResolver<Product, string>(p => p.Name);
        product.Field("brand", "String!").Resolver = new PureResolver<Product, string>(p => p.Brand);
        product.Field("price", "Float!").Resolver = new PureResolver<Product, double>(p => p.Price);
        product.Field("quantity", "Int!").Resolver = new PureResolver<Product, int>(p => p.Quantity);
        product.Field("active", "Boolean!").Resolver = new PureResolver<Product, bool>(p => p.Active);
        product.Field("updatedAt", "String!").Resolver = new PureResolver<Product, string>(p => p.UpdatedAt);
        product.Field("stock", "Int!").Resolver = BatchResolver.From((batch, _, _) =>
        {
            for (var i = 0; i < batch.Count; i++)
            {
                batch.Set(i, Stock);
            }

            return ValueTask.CompletedTask;
        });
        product.Field("related", "[Product!]!").Resolver =
            new PureResolver<Product, IReadOnlyList<Product>>(_ => Related);
        var query = builder.Object("Query");
        query.Field("products", "[Product!]!").Resolver =
            new PureResolver<object?, IReadOnlyList<Product>>(_ => Products);
        return builder.Build();
    }

    public sealed record Product(
        string Id, string Sku, string Name, string Brand, double Price, int Quantity, bool Active, string UpdatedAt);
}
