using Platform.Domain.Kernel;

namespace Platform.Domain.Stewardship;

/// <summary>The governed life of a master record (CAT-01).</summary>
public enum MasterStatus
{
    /// <summary>Being described; nothing may be ordered, received or stored with it.</summary>
    Draft,

    Active,

    /// <summary>Nothing new; what exists may be counted and returned.</summary>
    Blocked,

    /// <summary>The end; kept for the history that names it.</summary>
    Retired,
}

/// <summary>The steps in the life of a master record.</summary>
public enum MasterStep
{
    Activate,
    Block,
    Unblock,
    Retire,
}

/// <summary>The record is not in a state from which this step leads anywhere.</summary>
public sealed record WrongStatus(RecordKind Record, Guid Id, MasterStatus Status, MasterStep Step) : DomainError
{
    public override string Message => $"{Record} {Id} is {Status}: there is no step {Step} from there.";
}
