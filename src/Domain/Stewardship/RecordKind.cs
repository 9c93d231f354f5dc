namespace Platform.Domain.Stewardship;

/// <summary>The kinds of master data whose changes are registered.</summary>
public enum RecordKind
{
    LegalEntity,
    ExchangeRate,
    Partner,
    Supplier,
    Customer,
    Owner,
    Item,
    ItemUnit,
    ItemSubstitute,
    Lot,
    Serial,
    Calendar,
    Warehouse,
    CutOff,
    FulfillmentChannel,
    Zone,
    Bin,
}

/// <summary>Fields that belong together and to one owner role (CAT-02).</summary>
public enum FieldGroup
{
    /// <summary>Names, codes, contact: what the record is.</summary>
    Identity,

    /// <summary>Where in its life it stands.</summary>
    Status,

    /// <summary>Lots, serials, shelf life.</summary>
    Tracking,

    /// <summary>Catch weight.</summary>
    Weighing,

    /// <summary>Temperature, hazard, size, handling.</summary>
    Storage,

    /// <summary>How cost flows.</summary>
    Costing,

    /// <summary>ABC, XYZ, velocity and their kin.</summary>
    Classification,

    /// <summary>Import, regulation, country of origin.</summary>
    Origin,

    /// <summary>Units, packs and their dimensions.</summary>
    Packs,

    /// <summary>Conditions agreed with a supplier.</summary>
    Terms,

    /// <summary>What a customer was promised.</summary>
    Service,

    /// <summary>Limit and hold.</summary>
    Credit,

    /// <summary>What a place is for, and what it can bear.</summary>
    Setup,

    /// <summary>Which item lives in a bin.</summary>
    Slotting,
}
