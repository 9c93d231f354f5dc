using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Values;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>What a pack of an item may be (CAT-03, CAT-05).</summary>
internal static class PackRules
{
    /// <summary>Refuses a definition beside the item's base unit and what the pack has been so far, if it exists.</summary>
    public static DomainError? Refuse(
        Item item, ItemUnit baseUnit, ItemUnit? existing, PackDefinition definition, ItemUsage usage)
    {
        if (item.Status == MasterStatus.Retired)
        {
            return new ItemIsRetired(item.Id);
        }

        if (existing?.Status == RowStatus.Retired)
        {
            return new PackIsRetired(item.Id, definition.Code);
        }

        var factor = UnitFactor.Create(definition.Numerator, definition.Denominator).Value;
        var isSame = existing is not null
            && existing.Numerator == factor.Numerator
            && existing.Denominator == factor.Denominator
            && existing.Decimals == definition.Decimals;
        if (definition.Code == item.BaseUnit && !isSame)
        {
            return new BaseUnitIsFixed(item.Id, item.BaseUnit);
        }

        if (existing is not null && !isSame && usage.HasMoved)
        {
            return new FactorIsFixed(item.Id, definition.Code, existing.Numerator, existing.Denominator);
        }

        var bothWhole = definition.Decimals == 0 && baseUnit.Decimals == 0;
        return bothWhole && factor.Denominator != 1
            ? new PackHoldsPartOfUnit(definition.Code, item.BaseUnit, factor.Numerator, factor.Denominator)
            : null;
    }
}
