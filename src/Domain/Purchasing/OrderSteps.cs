using System.Collections.Frozen;
using Platform.Domain.Kernel;

namespace Platform.Domain.Purchasing;

public enum OrderStatus
{
    Draft,

    /// <summary>Others decide about it; nothing of it changes meanwhile (APR-03).</summary>
    PendingApproval,
    Approved,

    /// <summary>The supplier has it.</summary>
    Released,

    /// <summary>The supplier said what will come, and when.</summary>
    Acknowledged,
    PartiallyReceived,
    Received,
    Closed,
    Cancelled,
}

public enum OrderStep
{
    Submit,
    Approve,

    /// <summary>It was not agreed to.</summary>
    Return,
    Release,
    Acknowledge,
    Change,
    Receive,
    ReceiveAll,

    /// <summary>Part of what had come goes back, or had not come.</summary>
    Unreceive,

    /// <summary>Nothing of it has come, after all; its supplier has not answered.</summary>
    UnreceiveReleased,

    /// <summary>Nothing of it has come, after all; its supplier has answered.</summary>
    UnreceiveAcknowledged,
    Close,
    Cancel,

    /// <summary>It may go beyond the budget.</summary>
    AllowOverrun,
}

/// <summary>The life of a purchase order, as its whole table (PRC-10).</summary>
internal static class OrderSteps
{
    public static FrozenDictionary<(OrderStatus From, OrderStep Step), OrderStatus> Table { get; } =
        new Dictionary<(OrderStatus From, OrderStep Step), OrderStatus>
        {
            [(OrderStatus.Draft, OrderStep.Submit)] = OrderStatus.PendingApproval,
            [(OrderStatus.Draft, OrderStep.AllowOverrun)] = OrderStatus.Draft,
            [(OrderStatus.Draft, OrderStep.Change)] = OrderStatus.Draft,
            [(OrderStatus.Draft, OrderStep.Cancel)] = OrderStatus.Cancelled,
            [(OrderStatus.PendingApproval, OrderStep.Approve)] = OrderStatus.Approved,
            [(OrderStatus.PendingApproval, OrderStep.Return)] = OrderStatus.Draft,
            [(OrderStatus.Approved, OrderStep.Release)] = OrderStatus.Released,
            // A change is a new revision, to be submitted and agreed to again.
            [(OrderStatus.Approved, OrderStep.Change)] = OrderStatus.Draft,
            [(OrderStatus.Approved, OrderStep.Cancel)] = OrderStatus.Cancelled,
            [(OrderStatus.Released, OrderStep.Acknowledge)] = OrderStatus.Acknowledged,
            [(OrderStatus.Released, OrderStep.Change)] = OrderStatus.Draft,
            [(OrderStatus.Released, OrderStep.Receive)] = OrderStatus.PartiallyReceived,
            [(OrderStatus.Released, OrderStep.ReceiveAll)] = OrderStatus.Received,
            [(OrderStatus.Released, OrderStep.Cancel)] = OrderStatus.Cancelled,
            [(OrderStatus.Acknowledged, OrderStep.Acknowledge)] = OrderStatus.Acknowledged,
            [(OrderStatus.Acknowledged, OrderStep.Change)] = OrderStatus.Draft,
            [(OrderStatus.Acknowledged, OrderStep.Receive)] = OrderStatus.PartiallyReceived,
            [(OrderStatus.Acknowledged, OrderStep.ReceiveAll)] = OrderStatus.Received,
            [(OrderStatus.Acknowledged, OrderStep.Cancel)] = OrderStatus.Cancelled,
            // What came stays as it was bought; the rest is agreed to anew.
            [(OrderStatus.PartiallyReceived, OrderStep.Change)] = OrderStatus.Draft,
            [(OrderStatus.PartiallyReceived, OrderStep.Acknowledge)] = OrderStatus.PartiallyReceived,
            [(OrderStatus.PartiallyReceived, OrderStep.Receive)] = OrderStatus.PartiallyReceived,
            [(OrderStatus.PartiallyReceived, OrderStep.ReceiveAll)] = OrderStatus.Received,
            [(OrderStatus.PartiallyReceived, OrderStep.UnreceiveReleased)] = OrderStatus.Released,
            [(OrderStatus.PartiallyReceived, OrderStep.UnreceiveAcknowledged)] = OrderStatus.Acknowledged,
            [(OrderStatus.PartiallyReceived, OrderStep.Close)] = OrderStatus.Closed,
            [(OrderStatus.Received, OrderStep.ReceiveAll)] = OrderStatus.Received,
            [(OrderStatus.Received, OrderStep.Unreceive)] = OrderStatus.PartiallyReceived,
            [(OrderStatus.Received, OrderStep.UnreceiveReleased)] = OrderStatus.Released,
            [(OrderStatus.Received, OrderStep.UnreceiveAcknowledged)] = OrderStatus.Acknowledged,
            [(OrderStatus.Received, OrderStep.Close)] = OrderStatus.Closed,
        }.ToFrozenDictionary();

    public static OrderStatus After(OrderStatus status, OrderStep step) => Table[(status, step)];

    /// <summary>Null when the order is as the caller saw it and the step leads on from there.</summary>
    public static DomainError? Refuse(PurchaseOrder order, int version, OrderStep step)
    {
        if (order.Version != version)
        {
            return new StaleVersion(nameof(PurchaseOrder), order.Id.Value, version, order.Version);
        }

        return RefuseStep(order, step);
    }

    public static WrongOrderStatus? RefuseStep(PurchaseOrder order, OrderStep step) =>
        Table.ContainsKey((order.Status, step)) ? null : new WrongOrderStatus(order.Id, order.Status, step);
}
