using Platform.Domain.Kernel;

namespace Platform.Domain.Warehouses;

public readonly record struct CalendarId(Guid Value) : ITypedId<CalendarId>
{
    public static CalendarId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct WarehouseId(Guid Value) : ITypedId<WarehouseId>
{
    public static WarehouseId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct CutOffId(Guid Value) : ITypedId<CutOffId>
{
    public static CutOffId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct FulfillmentChannelId(Guid Value) : ITypedId<FulfillmentChannelId>
{
    public static FulfillmentChannelId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ZoneId(Guid Value) : ITypedId<ZoneId>
{
    public static ZoneId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct BinId(Guid Value) : ITypedId<BinId>
{
    public static BinId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
