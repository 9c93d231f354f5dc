namespace Platform.Intelligence.LeadTime;

/// <summary>
/// A fact with the day since which it is known. It can only be read by saying as of when, so that no feature is made of
/// what nobody could know on its day. Days count from 1970-01-01 UTC.
/// </summary>
internal sealed class Known<T>(T fact, double since)
    where T : struct
{
    /// <summary>When an outcome may begin to teach.</summary>
    public double Since => since;

    public T? AsOf(double day) => since < day ? fact : null;
}

/// <summary>When a feature becomes known. Whoever declares a feature says so.</summary>
internal enum Clock
{
    /// <summary>It stands in the order when it is sent.</summary>
    OrderSent,

    /// <summary>It comes from receipts that were recorded before the day, and from orders that were still open on it.</summary>
    ReceiptRecorded,

    /// <summary>The supplier said it.</summary>
    SupplierSaid,

    /// <summary>It stands in a notice of goods on their way.</summary>
    GoodsAnnounced,
}
