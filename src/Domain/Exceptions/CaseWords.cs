namespace Platform.Domain.Exceptions;

public enum CaseSeverity
{
    Low,
    Medium,
    High,
    Critical,
}

/// <summary>What the customer would feel.</summary>
public enum ServiceImpact
{
    None,
    Delay,
    PartialService,
    ServiceLost,
}

public enum CaseStatus
{
    /// <summary>Routed to a queue; nobody has looked at it.</summary>
    New,

    /// <summary>Somebody judged how bad it is and whose it is.</summary>
    Triaged,

    /// <summary>A person answers for it.</summary>
    Assigned,
    InProgress,

    /// <summary>The next step is another's, such as a supplier's; the clock stands.</summary>
    Waiting,

    /// <summary>Done, with a coded outcome.</summary>
    Resolved,
}

public enum CaseStep
{
    Triage,
    Assign,
    Start,
    Wait,
    Resume,
    Escalate,
    Resolve,
    Reopen,
}

/// <summary>How a case ended, coded, so that causes can be counted and models can learn (EXC-15).</summary>
public enum CaseOutcome
{
    Corrected,
    AcceptedAsIs,
    Credited,
    Returned,
    Replaced,
    WrittenOff,
    ProcessChanged,

    /// <summary>Another case is about the same.</summary>
    Duplicate,

    /// <summary>Nothing was wrong; the rule that raised it was.</summary>
    FalseAlarm,
    NoAction,
}

public enum NoteKind
{
    Comment,

    /// <summary>A photo, a delivery note, a mail: where it is kept.</summary>
    Evidence,
    Decision,
}
