using Platform.Domain.Kernel;

namespace Platform.Domain.Quality;

public readonly record struct InspectionId(Guid Value) : ITypedId<InspectionId>
{
    public static InspectionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct InspectionPartId(Guid Value) : ITypedId<InspectionPartId>
{
    public static InspectionPartId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct StockHoldId(Guid Value) : ITypedId<StockHoldId>
{
    public static StockHoldId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct StockHoldPartId(Guid Value) : ITypedId<StockHoldPartId>
{
    public static StockHoldPartId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct DispositionId(Guid Value) : ITypedId<DispositionId>
{
    public static DispositionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
