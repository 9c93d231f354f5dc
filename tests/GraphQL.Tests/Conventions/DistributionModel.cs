namespace Platform.Tests.GraphQL.Conventions.Distribution;

// The small distribution model whose schema documents lie in TypeSystem/hotchocolate-*.graphql.
#pragma warning disable CS1591
public sealed class Item
{
    public int Id { get; init; }

    public required string Sku { get; init; }

    public required string Name { get; init; }

    public required string Category { get; init; }

    public required string Uom { get; init; }

    public decimal UnitCost { get; init; }

    public decimal ListPrice { get; init; }

    public bool Active { get; init; }

    public DateTimeOffset CreatedAt { get; init; }

    public ICollection<StockBalance> StockBalances { get; } = [];
}

public sealed class StockBalance
{
    public int Id { get; init; }

    public int ItemId { get; init; }

    public Item Item { get; init; } = null!;

    public int LocationId { get; init; }

    public int WarehouseId { get; init; }

    public required string Status { get; init; }

    public decimal Qty { get; init; }
}

public sealed class Supplier
{
    public int Id { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string Country { get; init; }

    public int LeadTimeDays { get; init; }
}

public sealed class Customer
{
    public int Id { get; init; }

    public required string Code { get; init; }

    public required string Name { get; init; }

    public required string City { get; init; }

    public decimal CreditLimit { get; init; }
}

public sealed class PurchaseOrder
{
    public int Id { get; init; }

    public required string Number { get; init; }

    public int SupplierId { get; init; }

    public Supplier Supplier { get; init; } = null!;

    public int WarehouseId { get; init; }

    public required string Status { get; init; }

    public DateTimeOffset OrderedAt { get; init; }

    public DateOnly ExpectedOn { get; init; }

    public ICollection<PurchaseOrderLine> Lines { get; } = [];
}

public sealed class PurchaseOrderLine
{
    public int Id { get; init; }

    public int PurchaseOrderId { get; init; }

    public PurchaseOrder PurchaseOrder { get; init; } = null!;

    public int LineNo { get; init; }

    public int ItemId { get; init; }

    public Item Item { get; init; } = null!;

    public decimal QtyOrdered { get; init; }

    public decimal QtyReceived { get; init; }

    public decimal UnitPrice { get; init; }
}

public sealed class SalesOrder
{
    public int Id { get; init; }

    public required string Number { get; init; }

    public int CustomerId { get; init; }

    public Customer Customer { get; init; } = null!;

    public int WarehouseId { get; init; }

    public required string Status { get; init; }

    public DateTimeOffset OrderedAt { get; init; }

    public DateOnly PromisedOn { get; init; }

    public ICollection<SalesOrderLine> Lines { get; } = [];
}

public sealed class SalesOrderLine
{
    public int Id { get; init; }

    public int SalesOrderId { get; init; }

    public SalesOrder SalesOrder { get; init; } = null!;

    public int LineNo { get; init; }

    public int ItemId { get; init; }

    public Item Item { get; init; } = null!;

    public decimal QtyOrdered { get; init; }

    public decimal QtyAllocated { get; init; }

    public decimal UnitPrice { get; init; }
}

public sealed record ItemWarehouseStock(int WarehouseId, decimal Qty);
