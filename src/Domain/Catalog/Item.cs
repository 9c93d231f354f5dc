using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>What is bought, stored, counted and sold under one code.</summary>
public sealed class Item : IGoverned
{
    private Item()
    {
    }

    public ItemId Id { get; private set; }

    public string Code { get; private set; } = string.Empty;

    public MasterStatus Status { get; private set; }

    public string? StatusReason { get; private set; }

    public string Name { get; private set; } = string.Empty;

    public string? Description { get; private set; }

    public string? Brand { get; private set; }

    public string? Category { get; private set; }

    public string? Gtin { get; private set; }

    /// <summary>The name's words in order, for finding near-equal names (CAT-06).</summary>
    public string NameKey { get; private set; } = string.Empty;

    /// <summary>Stock is kept in this unit; it never changes, because every quantity ever posted is in it (CAT-03).</summary>
    public string BaseUnit { get; private set; } = string.Empty;

    public Tracking Tracking { get; private set; }

    public SerialScope? SerialScope { get; private set; }

    public int? ShelfLifeDays { get; private set; }

    public ShelfLifeStart? ShelfLifeFrom { get; private set; }

    public int? UseByDays { get; private set; }

    public int? RemovalDays { get; private set; }

    public int? AlertDays { get; private set; }

    public int? MinimumDaysAtReceipt { get; private set; }

    public bool IsCatchWeight { get; private set; }

    public string? WeightUnit { get; private set; }

    public decimal? NominalWeight { get; private set; }

    public decimal? WeightTolerancePct { get; private set; }

    public Temperature Temperature { get; private set; }

    public HazardClass HazardClass { get; private set; }

    public SizeClass SizeClass { get; private set; }

    public HandlingClass HandlingClass { get; private set; }

    public CostingMethod CostingMethod { get; private set; }

    public AbcClass? AbcClass { get; private set; }

    public XyzClass? XyzClass { get; private set; }

    public Velocity? Velocity { get; private set; }

    public Criticality? Criticality { get; private set; }

    public ShrinkRisk? ShrinkRisk { get; private set; }

    public RegulatorySensitivity? RegulatorySensitivity { get; private set; }

    public string? ClassMethod { get; private set; }

    public DateTimeOffset? ClassifiedAt { get; private set; }

    public bool IsRegulated { get; private set; }

    public bool IsImported { get; private set; }

    public string? CountryOfOrigin { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset CreatedAt { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    RecordKind IGoverned.Kind => RecordKind.Item;

    Guid IGoverned.RecordId => Id.Value;

    internal ShelfLife? GetShelfLife() =>
        ShelfLifeDays is null
            ? null
            : new ShelfLife(
                ShelfLifeDays.Value, ShelfLifeFrom!.Value, UseByDays!.Value, RemovalDays!.Value, AlertDays!.Value,
                MinimumDaysAtReceipt!.Value);

    /// <summary>The field group as it stands; a group never filled is null.</summary>
    internal ItemChange? Current(FieldGroup group) => group switch
    {
        FieldGroup.Identity => new ItemIdentity(Name, Description, Brand, Category, Gtin),
        FieldGroup.Tracking => new ItemTracking(Tracking, SerialScope, GetShelfLife()),
        FieldGroup.Weighing => new ItemWeighing(
            IsCatchWeight ? new CatchWeightRule(WeightUnit!, NominalWeight!.Value, WeightTolerancePct!.Value) : null),
        FieldGroup.Storage => new ItemStorage(Temperature, HazardClass, SizeClass, HandlingClass),
        FieldGroup.Costing => new ItemCosting(CostingMethod),
        FieldGroup.Classification => ClassMethod is null
            ? null
            : new ItemClassification(
                AbcClass, XyzClass, Velocity, Criticality, ShrinkRisk, RegulatorySensitivity, ClassMethod),
        FieldGroup.Origin => new ItemOrigin(IsRegulated, IsImported, CountryOfOrigin),
        _ => throw new InvalidOperationException($"{group} is no changeable group of an item."),
    };

    /// <summary>CAT-01: only active items are ordered, sold and received; blocked ones may still be moved, counted and returned.</summary>
    public ItemNotUsable? Refuse(ItemUse use)
    {
        var mayBe = Status switch
        {
            MasterStatus.Active => true,
            MasterStatus.Blocked => use is ItemUse.Move or ItemUse.Count or ItemUse.Return,
            MasterStatus.Draft => false,
            MasterStatus.Retired => false,
        };
        return mayBe ? null : new ItemNotUsable(Id, Code, Status, use);
    }

    internal static Item Create(ItemCreated created)
    {
        var item = new Item
        {
            Id = created.Item,
            Code = created.Code,
            BaseUnit = created.BaseUnit,
            Status = MasterStatus.Draft,
            Version = 1,
            CreatedAt = created.At,
            UpdatedAt = created.At,
        };
        foreach (var group in new ItemChange[]
                 {
                     created.Identity, created.Tracking, created.Weighing, created.Storage, created.Costing,
                     created.Origin,
                 })
        {
            item.Fill(group, created.At);
        }

        return item;
    }

    internal void Apply(ItemChange change, DateTimeOffset at)
    {
        Fill(change, at);
        Version++;
        UpdatedAt = at;
    }

    void IGoverned.Apply(MasterStep step, string? reason, DateTimeOffset at)
    {
        Status = MasterSteps.After(Status, step);
        StatusReason = reason;
        Version++;
        UpdatedAt = at;
    }

    /// <summary>Packs and supplier parts belong to the item: changing them makes a new version of it.</summary>
    internal void Touch(DateTimeOffset at)
    {
        Version++;
        UpdatedAt = at;
    }

    private void Fill(ItemChange change, DateTimeOffset at)
    {
        switch (change)
        {
            case ItemIdentity identity:
                (Name, Description, Brand, Category, Gtin) = identity;
                NameKey = Catalog.NameKey.Of(identity.Name);
                break;
            case ItemTracking tracking:
                Tracking = tracking.Tracking;
                SerialScope = tracking.SerialScope;
                ShelfLifeDays = tracking.ShelfLife?.Days;
                ShelfLifeFrom = tracking.ShelfLife?.From;
                UseByDays = tracking.ShelfLife?.UseByDays;
                RemovalDays = tracking.ShelfLife?.RemovalDays;
                AlertDays = tracking.ShelfLife?.AlertDays;
                MinimumDaysAtReceipt = tracking.ShelfLife?.MinimumDaysAtReceipt;
                break;
            case ItemWeighing weighing:
                IsCatchWeight = weighing.CatchWeight is not null;
                WeightUnit = weighing.CatchWeight?.Unit;
                NominalWeight = weighing.CatchWeight?.NominalWeight;
                WeightTolerancePct = weighing.CatchWeight?.TolerancePercent;
                break;
            case ItemStorage storage:
                (Temperature, HazardClass, SizeClass, HandlingClass) = storage;
                break;
            case ItemCosting costing:
                CostingMethod = costing.Method;
                break;
            case ItemClassification classes:
                (AbcClass, XyzClass, Velocity, Criticality, ShrinkRisk, RegulatorySensitivity, ClassMethod) = classes;
                ClassifiedAt = at;
                break;
            case ItemOrigin origin:
                (IsRegulated, IsImported, CountryOfOrigin) = origin;
                break;
            default:
                throw new InvalidOperationException($"{change.GetType().Name} is no group of an item.");
        }
    }
}
