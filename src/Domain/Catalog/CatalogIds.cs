using Platform.Domain.Kernel;

namespace Platform.Domain.Catalog;

public readonly record struct ItemId(Guid Value) : ITypedId<ItemId>
{
    public static ItemId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ItemUnitId(Guid Value) : ITypedId<ItemUnitId>
{
    public static ItemUnitId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ItemSubstituteId(Guid Value) : ITypedId<ItemSubstituteId>
{
    public static ItemSubstituteId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct LotId(Guid Value) : ITypedId<LotId>
{
    public static LotId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct SerialId(Guid Value) : ITypedId<SerialId>
{
    public static SerialId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
