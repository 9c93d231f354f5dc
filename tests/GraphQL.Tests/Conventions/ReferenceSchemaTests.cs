using System.Collections.ObjectModel;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.TypeSystem;
using Platform.Tests.GraphQL.Conventions.Distribution;

namespace Platform.Tests.GraphQL.Conventions;

/// <summary>The same classes print the same document as HotChocolate 16.5 prints for them, to the letter.</summary>
public sealed class ReferenceSchemaTests
{
    private static PagingOptions Paging => new()
    {
        DefaultPageSize = 10,
        MaxPageSize = 100,
        RequirePagingBoundaries = false,
    };

    [Fact]
    public void Page_connections_and_resolvers_over_loaders_print_as_in_HotChocolate()
    {
        var server = new ConventionServer(graph => graph
            .ModifyPagingOptions(_ => Paging)
            .AddQueryType<LoaderQueries>()
            .AddTypes(
                typeof(LoaderItems), typeof(LoaderPurchaseOrders), typeof(LoaderPurchaseOrderLines),
                typeof(LoaderSalesOrders), typeof(LoaderSalesOrderLines)));

        ShouldPrint(server.Schema, "hotchocolate-dataloaders.graphql");
    }

    [Fact]
    public void Queries_with_paging_filtering_and_sorting_print_as_in_HotChocolate()
    {
        var server = new ConventionServer(graph => graph
            .ModifyPagingOptions(_ => Paging)
            .AddQueryType<QueryableQueries>()
            .AddTypes(typeof(QueryableItems), typeof(QueryablePurchaseOrders), typeof(QueryableSalesOrders)));

        ShouldPrint(server.Schema, "hotchocolate-projections.graphql");
    }

    private static void ShouldPrint(Schema schema, string file) => SchemaPrinter.Print(schema).TrimEnd().ShouldBe(
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "TypeSystem", file)).TrimEnd());

    internal sealed class LoaderQueries
    {
        public static Task<Item?> GetItemByIdAsync(int id) => Task.FromResult<Item?>(new Item
        {
            Id = id, Sku = "A", Name = "A", Category = "A", Uom = "PCS",
        });

        [UseConnection(MaxPageSize = 100, DefaultPageSize = 10), UseFiltering, UseSorting]
        public static Task<PageConnection<Item>> GetItemsAsync(PagingArguments paging, QueryContext<Item> query) =>
            Empty(paging, query);

        [UseConnection, UseFiltering, UseSorting]
        public static Task<PageConnection<PurchaseOrder>> GetPurchaseOrdersAsync(
            PagingArguments paging, QueryContext<PurchaseOrder> query) => Empty(paging, query);

        [UseConnection, UseFiltering, UseSorting]
        public static Task<PageConnection<SalesOrder>> GetSalesOrdersAsync(
            PagingArguments paging, QueryContext<SalesOrder> query) => Empty(paging, query);

        internal static Task<PageConnection<T>> Empty<T>(PagingArguments paging, QueryContext<T> query)
        {
            _ = (paging, query);
            return Task.FromResult(new PageConnection<T>(new Page<T>([], (_, _) => "")));
        }
    }

    [ObjectType<Item>]
    internal static class LoaderItems
    {
        public static Task<IReadOnlyList<ItemWarehouseStock>> GetStockByWarehouseAsync([Parent] Item item) =>
            Task.FromResult<IReadOnlyList<ItemWarehouseStock>>([new(1, item.Id)]);
    }

    [ObjectType<PurchaseOrder>]
    internal static class LoaderPurchaseOrders
    {
        public static Task<Supplier?> GetSupplierAsync([Parent] PurchaseOrder order) =>
            Task.FromResult<Supplier?>(order.Supplier);

        [UseConnection(Name = "PurchaseOrderLines"), UseFiltering, UseSorting]
        public static Task<PageConnection<PurchaseOrderLine>> GetLinesAsync(
            [Parent] PurchaseOrder order, PagingArguments paging, QueryContext<PurchaseOrderLine> query) =>
            LoaderQueries.Empty(paging, query);
    }

    [ObjectType<PurchaseOrderLine>]
    internal static class LoaderPurchaseOrderLines
    {
        public static Task<Item?> GetItemAsync([Parent] PurchaseOrderLine line) => Task.FromResult<Item?>(line.Item);
    }

    [ObjectType<SalesOrder>]
    internal static class LoaderSalesOrders
    {
        [UseConnection(Name = "SalesOrderLines"), UseFiltering, UseSorting]
        public static Task<PageConnection<SalesOrderLine>> GetLinesAsync(
            [Parent] SalesOrder order, PagingArguments paging, QueryContext<SalesOrderLine> query) =>
            LoaderQueries.Empty(paging, query);
    }

    [ObjectType<SalesOrderLine>]
    internal static class LoaderSalesOrderLines
    {
        public static Task<Item?> GetItemAsync([Parent] SalesOrderLine line) => Task.FromResult<Item?>(line.Item);
    }

    internal sealed class QueryableQueries
    {
        public static Task<Item?> GetItemByIdAsync(int id) => LoaderQueries.GetItemByIdAsync(id);

        [UsePaging, UseFiltering, UseSorting]
        public static IQueryable<Item?> GetItems() => Array.Empty<Item?>().AsQueryable();

        [UsePaging, UseFiltering, UseSorting]
        public static IQueryable<PurchaseOrder?> GetPurchaseOrders() => Array.Empty<PurchaseOrder?>().AsQueryable();

        [UsePaging, UseFiltering, UseSorting]
        public static IQueryable<SalesOrder?> GetSalesOrders() => Array.Empty<SalesOrder?>().AsQueryable();
    }

    [ObjectType<Item>]
    internal static class QueryableItems
    {
        public static int GetId([Parent] Item item) => item.Id;

        public static Task<IReadOnlyList<ItemWarehouseStock>> GetStockByWarehouseAsync([Parent] Item item) =>
            LoaderItems.GetStockByWarehouseAsync(item);
    }

    [ObjectType<PurchaseOrder>]
    internal static class QueryablePurchaseOrders
    {
        [UseFiltering, UseSorting]
        public static IReadOnlyCollection<PurchaseOrderLine> GetLines([Parent] PurchaseOrder order) =>
            new ReadOnlyCollection<PurchaseOrderLine>([.. order.Lines]);
    }

    [ObjectType<SalesOrder>]
    internal static class QueryableSalesOrders
    {
        [UseFiltering, UseSorting]
        public static IReadOnlyCollection<SalesOrderLine> GetLines([Parent] SalesOrder order) =>
            new ReadOnlyCollection<SalesOrderLine>([.. order.Lines]);
    }
}
