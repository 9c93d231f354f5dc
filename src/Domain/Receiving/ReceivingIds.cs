using Platform.Domain.Kernel;

namespace Platform.Domain.Receiving;

public readonly record struct ReceiptId(Guid Value) : ITypedId<ReceiptId>
{
    public static ReceiptId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ReceiptLineId(Guid Value) : ITypedId<ReceiptLineId>
{
    public static ReceiptLineId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct InboundShipmentId(Guid Value) : ITypedId<InboundShipmentId>
{
    public static InboundShipmentId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct InboundShipmentLineId(Guid Value) : ITypedId<InboundShipmentLineId>
{
    public static InboundShipmentLineId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct HeldGoodsId(Guid Value) : ITypedId<HeldGoodsId>
{
    public static HeldGoodsId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct DiscrepancyId(Guid Value) : ITypedId<DiscrepancyId>
{
    public static DiscrepancyId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct DockDoorId(Guid Value) : ITypedId<DockDoorId>
{
    public static DockDoorId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct DockAppointmentId(Guid Value) : ITypedId<DockAppointmentId>
{
    public static DockAppointmentId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
