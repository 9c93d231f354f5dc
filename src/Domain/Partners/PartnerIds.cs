using Platform.Domain.Kernel;

namespace Platform.Domain.Partners;

public readonly record struct LegalEntityId(Guid Value) : ITypedId<LegalEntityId>
{
    public static LegalEntityId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ExchangeRateId(Guid Value) : ITypedId<ExchangeRateId>
{
    public static ExchangeRateId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct PartnerId(Guid Value) : ITypedId<PartnerId>
{
    public static PartnerId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct SupplierId(Guid Value) : ITypedId<SupplierId>
{
    public static SupplierId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct CustomerId(Guid Value) : ITypedId<CustomerId>
{
    public static CustomerId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct OwnerId(Guid Value) : ITypedId<OwnerId>
{
    public static OwnerId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
