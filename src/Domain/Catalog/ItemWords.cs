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

public enum SizeClass
{
    Small,
    Medium,
    Large,
    Oversize,
}

public enum HandlingClass
{
    Standard,
    Fragile,
    Heavy,
    TwoPerson,
    HighValue,
}

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

public enum Velocity
{
    Fast,
    Medium,
    Slow,
    Dead,
}

public enum Criticality
{
    Vital,
    Essential,
    Desirable,
}

public enum ShrinkRisk
{
    Low,
    Medium,
    High,
}

public enum RegulatorySensitivity
{
    None,
    Reportable,
    Controlled,
}

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
