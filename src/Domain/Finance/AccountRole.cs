namespace Platform.Domain.Finance;

/// <summary>What an account is for; posting asks by role, and each legal entity has one account in each.</summary>
public enum AccountRole
{
    Inventory,

    /// <summary>Received at expected cost; the invoice moves it on.</summary>
    InventoryInterim,
    GoodsReceivedNotInvoiced,
    AccountsPayable,
    LandedCostAccrual,

    /// <summary>A supplier's consigned goods that became ours by consumption.</summary>
    ConsignmentPayable,
    CostOfGoodsSold,
    PurchaseVariance,
    CountVariance,
    Adjustment,
    WriteOff,
    Revaluation,
    OpeningBalance,
}
