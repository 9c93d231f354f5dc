using Platform.Domain.Kernel;

namespace Platform.Domain.Putaway;

public readonly record struct WarehouseTaskId(Guid Value) : ITypedId<WarehouseTaskId>
{
    public static WarehouseTaskId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
