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
