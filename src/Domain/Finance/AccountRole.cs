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

    /// <summary>Tax on purchases, to be had back.</summary>
    InputTax,

    /// <summary>What an amount in another currency turned out to be worth more or less than it was taken for.</summary>
    ExchangeDifference,

    /// <summary>What was bought and never lies in stock.</summary>
    PurchasedServices,

    /// <summary>Payments on their way through the bank.</summary>
    Payments,
}
