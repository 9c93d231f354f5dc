using Platform.Domain.Kernel;

namespace Platform.Domain.Bulk;

public readonly record struct BulkJobId(Guid Value) : ITypedId<BulkJobId>
{
    public static BulkJobId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct BulkFileId(Guid Value) : ITypedId<BulkFileId>
{
    public static BulkFileId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
