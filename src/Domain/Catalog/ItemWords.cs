namespace Platform.Domain.Catalog;

/// <summary>How units of an item are told apart (CAT-08).</summary>
public enum Tracking
{
    None,
    Lot,
    Serial,
}

/// <summary>Within what a serial number is unique (CAT-09).</summary>
public enum SerialScope
{
    Item,
    Global,
}

/// <summary>The day from which shelf life counts (CAT-10).</summary>
public enum ShelfLifeStart
{
    Production,
    Receipt,
}

/// <summary>At what temperature goods are kept.</summary>
public enum Temperature
{
    Ambient,
    Cool,
    Chilled,
    Frozen,
}

/// <summary>The classes of the UN model regulations, with <see cref="None"/> for harmless goods.</summary>
public enum HazardClass
{
    None,
    Explosive,
    Gas,
    FlammableLiquid,
    FlammableSolid,
    Oxidizer,
    Toxic,
    Radioactive,
    Corrosive,
    Miscellaneous,
}

/// <summary>How much room a unit needs.</summary>
public enum SizeClass
{
    Small,
    Medium,
    Large,
    Oversize,
}

/// <summary>How goods want to be handled.</summary>
public enum HandlingClass
{
    Standard,
    Fragile,
    Heavy,
    TwoPerson,
    HighValue,
}

/// <summary>How the cost of what leaves is found.</summary>
public enum CostingMethod
{
    MovingAverage,
    Fifo,
    Standard,
}

/// <summary>By value: A are the few that make most of the turnover.</summary>
public enum AbcClass
{
    A,
    B,
    C,
}

/// <summary>By variability of demand: X is steady, Z erratic.</summary>
public enum XyzClass
{
    X,
    Y,
    Z,
}

/// <summary>How fast an item turns.</summary>
public enum Velocity
{
    Fast,
    Medium,
    Slow,
    Dead,
}

/// <summary>How much it hurts when an item is missing.</summary>
public enum Criticality
{
    Vital,
    Essential,
    Desirable,
}

/// <summary>How likely units of an item get lost.</summary>
public enum ShrinkRisk
{
    Low,
    Medium,
    High,
}

/// <summary>How closely authorities watch an item.</summary>
public enum RegulatorySensitivity
{
    None,
    Reportable,
    Controlled,
}

/// <summary>What a unit measures.</summary>
public enum UnitKind
{
    Count,
    Weight,
    Volume,
    Length,
    Time,
}

public enum RowStatus
{
    Active,
    Retired,
}

/// <summary>What somebody wants to do with an item; its status says whether they may (CAT-01).</summary>
public enum ItemUse
{
    Order,
    Sell,
    Receive,
    Move,
    Count,
    Return,
}
