using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

public readonly record struct MasterChangeId(Guid Value) : ITypedId<MasterChangeId>
{
    public static MasterChangeId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
