namespace Platform.Domain.Kernel.Storage;

/// <summary>
/// Every advisory lock of the house, in one place: the numbers share one space per database. The first word says
/// "platform", the second what is single.
/// </summary>
public static class AdvisoryLocks
{
    private const long Platform = 0x706C6174L << 32;

    /// <summary>One process migrates.</summary>
    public const long Migration = Platform | 1;

    /// <summary>One process stamps event positions.</summary>
    public const long EventPublisher = Platform | 2;

    /// <summary>One process seals the audit log.</summary>
    public const long AuditSealer = Platform | 3;

    /// <summary>One process sweeps expired keys and old partitions.</summary>
    public const long Housekeeping = Platform | 4;

    /// <summary>One process delivers webhooks.</summary>
    public const long Webhooks = Platform | 5;

    /// <summary>One command at a time registers serial numbers that are unique over all items.</summary>
    public const long GlobalSerials = Platform | 16;

    /// <summary>One import of items at a time.</summary>
    public const long ItemImport = Platform | 17;

    /// <summary>One import of partners at a time.</summary>
    public const long PartnerImport = Platform | 18;

    /// <summary>Whoever posts holds it shared until the commit; closing a period or changing a floor takes it alone.</summary>
    public const long PostingRules = Platform | 20;

    /// <summary>With an item's bucket as second number: one document at a time makes the item's first row somewhere.</summary>
    public const int NewBalances = 0x706C6101;

    /// <summary>With a kind of policy as second number: one draft at a time takes the next number.</summary>
    public const int PolicyNumbers = 0x706C6102;

    /// <summary>With the hash of a correlation key as second number: of two signals at once, one opens the case and the other joins it.</summary>
    public const int ExceptionKeys = 0x706C6103;

    /// <summary>With the hash of a document's id as second number: one request for its approval is filed at a time.</summary>
    public const int ApprovalSubjects = 0x706C6104;

    /// <summary>With the hash of a warehouse and an item as second number: one order for a need is submitted at a time.</summary>
    public const int PurchasingNeeds = 0x706C6105;

    /// <summary>With the hash of an item and its supplier as second number: one lot at a time is counted by the rules of inspection.</summary>
    public const int InspectionLots = 0x706C6120;

    /// <summary>With the hash of a supplier and an item as second number: one version of their terms is written at a time.</summary>
    public const int SupplierTerms = 0x706C6140;

    /// <summary>With the hash of an item as second number: one policy or decision about the supply of an item at a time.</summary>
    public const int ItemSupply = 0x706C6141;

    /// <summary>One run of the reorder planning at a time, so that no need is proposed twice.</summary>
    public const long ReorderPlanning = Platform | 64;

    /// <summary>With the hash of a document's key as second number: one channel at a time brings in the same demand.</summary>
    public const int DemandReferences = 0x706C6142;

    /// <summary>With the hash of a warehouse as second number: goods are directed to bins one after the other.</summary>
    public const int PutawayDirections = 0x706C6121;

    /// <summary>With the hash of an item and a site as second number: one recommendation about it is filed at a time.</summary>
    public const int Recommendations = 0x706C6160;

    /// <summary>One node looks at lead times.</summary>
    public const long LeadTimeWatch = Platform | 96;
}
