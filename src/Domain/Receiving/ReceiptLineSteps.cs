using System.Collections.Frozen;

namespace Platform.Domain.Receiving;

public enum ReceivedCondition
{
    Good,

    /// <summary>Never available; what becomes of it is decided (RCV-05).</summary>
    Damaged,
}

/// <summary>From when on goods may be promised and taken (RCV-07).</summary>
public enum ReleasePoint
{
    AtReceipt,
    AfterInspection,
    AfterPutaway,
}

public enum ReceiptLineState
{
    /// <summary>Counted at the dock; neither stock nor money knows of it (RCV-14).</summary>
    Counted,

    /// <summary>In stock, in a condition in which nobody may take it, until somebody decides.</summary>
    Held,

    /// <summary>Waits for what quality says.</summary>
    Inspection,

    /// <summary>Accepted, and not yet where it is kept.</summary>
    PutawayPending,
    Stocked,
    Returned,
    Scrapped,

    /// <summary>Taken back: it never came.</summary>
    Reversed,
}

public enum ReceiptLineStep
{
    /// <summary>Something is wrong with it: damage, or what an inspection found.</summary>
    Hold,
    Inspect,

    /// <summary>It is accepted; its way leads to a bin.</summary>
    Accept,
    Stock,
    Return,
    Scrap,
    Reverse,
}

/// <summary>The life of a receipt line after its count, as its whole table (RCV-08).</summary>
internal static class ReceiptLineSteps
{
    public static FrozenDictionary<(ReceiptLineState From, ReceiptLineStep Step), ReceiptLineState> Table { get; } =
        new Dictionary<(ReceiptLineState From, ReceiptLineStep Step), ReceiptLineState>
        {
            [(ReceiptLineState.Counted, ReceiptLineStep.Hold)] = ReceiptLineState.Held,
            [(ReceiptLineState.Counted, ReceiptLineStep.Inspect)] = ReceiptLineState.Inspection,
            [(ReceiptLineState.Counted, ReceiptLineStep.Accept)] = ReceiptLineState.PutawayPending,
            [(ReceiptLineState.Counted, ReceiptLineStep.Reverse)] = ReceiptLineState.Reversed,
            [(ReceiptLineState.Held, ReceiptLineStep.Inspect)] = ReceiptLineState.Inspection,
            [(ReceiptLineState.Held, ReceiptLineStep.Accept)] = ReceiptLineState.PutawayPending,
            // What was accepted of it is stored; the last that was held went back, was scrapped, or is kept as second choice.
            [(ReceiptLineState.Held, ReceiptLineStep.Stock)] = ReceiptLineState.Stocked,
            [(ReceiptLineState.Held, ReceiptLineStep.Return)] = ReceiptLineState.Returned,
            [(ReceiptLineState.Held, ReceiptLineStep.Scrap)] = ReceiptLineState.Scrapped,
            [(ReceiptLineState.Held, ReceiptLineStep.Reverse)] = ReceiptLineState.Reversed,
            [(ReceiptLineState.Inspection, ReceiptLineStep.Hold)] = ReceiptLineState.Held,
            [(ReceiptLineState.Inspection, ReceiptLineStep.Accept)] = ReceiptLineState.PutawayPending,
            [(ReceiptLineState.Inspection, ReceiptLineStep.Return)] = ReceiptLineState.Returned,
            [(ReceiptLineState.Inspection, ReceiptLineStep.Scrap)] = ReceiptLineState.Scrapped,
            [(ReceiptLineState.Inspection, ReceiptLineStep.Reverse)] = ReceiptLineState.Reversed,
            [(ReceiptLineState.PutawayPending, ReceiptLineStep.Hold)] = ReceiptLineState.Held,
            [(ReceiptLineState.PutawayPending, ReceiptLineStep.Inspect)] = ReceiptLineState.Inspection,
            [(ReceiptLineState.PutawayPending, ReceiptLineStep.Stock)] = ReceiptLineState.Stocked,
            [(ReceiptLineState.PutawayPending, ReceiptLineStep.Return)] = ReceiptLineState.Returned,
            [(ReceiptLineState.PutawayPending, ReceiptLineStep.Scrap)] = ReceiptLineState.Scrapped,
            [(ReceiptLineState.PutawayPending, ReceiptLineStep.Reverse)] = ReceiptLineState.Reversed,
        }.ToFrozenDictionary();

    public static ReceiptLineState After(ReceiptLineState state, ReceiptLineStep step) => Table[(state, step)];

    /// <summary>Where a step leads, from wherever it starts.</summary>
    public static ReceiptLineState GoalOf(ReceiptLineStep step) => step switch
    {
        ReceiptLineStep.Hold => ReceiptLineState.Held,
        ReceiptLineStep.Inspect => ReceiptLineState.Inspection,
        ReceiptLineStep.Accept => ReceiptLineState.PutawayPending,
        ReceiptLineStep.Stock => ReceiptLineState.Stocked,
        ReceiptLineStep.Return => ReceiptLineState.Returned,
        ReceiptLineStep.Scrap => ReceiptLineState.Scrapped,
        ReceiptLineStep.Reverse => ReceiptLineState.Reversed,
    };

    public static WrongReceiptLineState? Refuse(ReceiptLine line, ReceiptLineStep step) =>
        Table.ContainsKey((line.State, step)) ? null : new WrongReceiptLineState(line.Id, line.State, step);
}
