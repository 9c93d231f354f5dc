namespace Platform.Intelligence.CountVariance;

internal enum BinEventKind
{
    Receipt,
    Pick,
    TransferIn,
    TransferOut,
    CrossDock,
    Count,
}

/// <summary>
/// What was recorded of an item in a bin. <see cref="RecordedOn"/> is its clock: nobody knew it before. Of a count,
/// <see cref="Variance"/> is what was found less what the books said.
/// </summary>
internal sealed record BinEvent(double RecordedOn, BinEventKind Kind, double Quantity, double Book, double Variance);

/// <summary>One item in one bin, with everything that was ever recorded of it, earliest first.</summary>
internal sealed record BinHistory(string Bin, string Item, string Site, double UnitCost, IReadOnlyList<BinEvent> Events);
