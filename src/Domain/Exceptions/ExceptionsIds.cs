using Platform.Domain.Kernel;

namespace Platform.Domain.Exceptions;

public readonly record struct ExceptionCaseId(Guid Value) : ITypedId<ExceptionCaseId>
{
    public static ExceptionCaseId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

public readonly record struct ExceptionNoteId(Guid Value) : ITypedId<ExceptionNoteId>
{
    public static ExceptionNoteId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}
