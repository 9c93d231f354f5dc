using System.Collections.Frozen;

namespace Platform.Domain.Approvals;

public enum ApprovalStatus
{
    /// <summary>Waits for the people of its step.</summary>
    Pending,

    /// <summary>Everybody agreed; the action waits until the last of them can no longer take it back.</summary>
    Approved,

    /// <summary>Agreed and done.</summary>
    Executed,
    Rejected,

    /// <summary>Taken back by whoever asked.</summary>
    Withdrawn,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>What was shown is no longer so.</summary>
    Invalidated,
}

public enum ApprovalMove
{
    /// <summary>One agrees, others are still to.</summary>
    Agree,

    /// <summary>The last one agrees, and may take it back for a while.</summary>
    Approve,

    /// <summary>The action is carried out.</summary>
    Execute,
    Undo,
    Reject,
    Withdraw,
    Expire,
    Invalidate,
}

/// <summary>The life of a request, as its whole table (DOMAIN 4.8).</summary>
internal static class ApprovalMoves
{
    public static FrozenDictionary<(ApprovalStatus From, ApprovalMove Move), ApprovalStatus> Table { get; } =
        new Dictionary<(ApprovalStatus From, ApprovalMove Move), ApprovalStatus>
        {
            [(ApprovalStatus.Pending, ApprovalMove.Agree)] = ApprovalStatus.Pending,
            [(ApprovalStatus.Pending, ApprovalMove.Approve)] = ApprovalStatus.Approved,
            [(ApprovalStatus.Pending, ApprovalMove.Execute)] = ApprovalStatus.Executed,
            [(ApprovalStatus.Pending, ApprovalMove.Reject)] = ApprovalStatus.Rejected,
            [(ApprovalStatus.Pending, ApprovalMove.Withdraw)] = ApprovalStatus.Withdrawn,
            [(ApprovalStatus.Pending, ApprovalMove.Expire)] = ApprovalStatus.Expired,
            [(ApprovalStatus.Pending, ApprovalMove.Invalidate)] = ApprovalStatus.Invalidated,
            [(ApprovalStatus.Approved, ApprovalMove.Execute)] = ApprovalStatus.Executed,
            [(ApprovalStatus.Approved, ApprovalMove.Undo)] = ApprovalStatus.Pending,
            [(ApprovalStatus.Approved, ApprovalMove.Withdraw)] = ApprovalStatus.Withdrawn,
            [(ApprovalStatus.Approved, ApprovalMove.Invalidate)] = ApprovalStatus.Invalidated,
        }.ToFrozenDictionary();

    public static ApprovalStatus After(ApprovalStatus status, ApprovalMove move) => Table[(status, move)];

    /// <summary>Null when the move leads on from there.</summary>
    public static WrongApprovalStatus? Refuse(ApprovalRequest request, ApprovalMove move) =>
        Table.ContainsKey((request.Status, move)) ? null : new WrongApprovalStatus(request.Id, request.Status, move);
}
