using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;

namespace Platform.Domain.Catalog;

/// <summary>Why two items may be one (CAT-06).</summary>
public enum DuplicateCause
{
    Gtin,
    SupplierPart,
    Description,
}

/// <summary>An item with a similar name, and how large its base unit is.</summary>
internal sealed record NearName(ItemId Item, string Code, string NameKey, PackSize? Size, decimal? WeightKg);

/// <summary>A judgement that two items are two after all.</summary>
internal sealed record DuplicateOverride(ItemId Item, ItemId Other, DuplicateCause Cause);

/// <summary>Finds the items that may be the same thing as one about to be activated.</summary>
public sealed class DuplicateSuspects(PlatformDb db)
{
    /// <summary>Two rulers differ by less than this.</summary>
    private const decimal NearlyEqual = 0.02m;

    public async Task<IReadOnlyList<DuplicateSuspect>> OfAsync(ItemId id, CancellationToken ct)
    {
        var shared = await db.FindSharedNumbersAsync(id, ct);
        var self = await db.FindNearNamesAsync(id, ct);
        var overrides = await db.FindDuplicateOverridesAsync(id, ct);
        return Judge(id, shared, self, overrides);
    }

    internal static List<DuplicateSuspect> Judge(
        ItemId id, IReadOnlyList<DuplicateSuspect> shared, IReadOnlyList<NearName> names,
        IReadOnlyList<DuplicateOverride> overrides)
    {
        var self = names.Single(name => name.Item == id);
        var byName = names
            .Where(other => other.Item != id && IsNear(self, other))
            .Select(other => new DuplicateSuspect(other.Item, other.Code, DuplicateCause.Description));
        return shared.Concat(byName)
            .Where(suspect => !overrides.Any(judged =>
                judged.Cause == suspect.Cause && (judged.Other == suspect.Other || judged.Item == suspect.Other)))
            .OrderBy(suspect => suspect.OtherCode, StringComparer.Ordinal)
            .ThenBy(suspect => suspect.Cause)
            .ToList();
    }

    /// <summary>Near names, and nothing measured that tells them apart.</summary>
    private static bool IsNear(NearName left, NearName right) =>
        NameKey.AreNear(left.NameKey, right.NameKey)
        && AreNear(left.WeightKg, right.WeightKg)
        && AreNear(left.Size?.LengthMm, right.Size?.LengthMm)
        && AreNear(left.Size?.WidthMm, right.Size?.WidthMm)
        && AreNear(left.Size?.HeightMm, right.Size?.HeightMm);

    private static bool AreNear(decimal? left, decimal? right) =>
        left is null || right is null
        || decimal.Abs(left.Value - right.Value) <= NearlyEqual * decimal.Max(left.Value, right.Value);
}

/// <summary>Says with a reason that two items which look like one are two; activation no longer minds this cause.</summary>
[Needs("catalog.override_duplicate")]
[Refuses<InvalidField>, Refuses<ItemNotFound>, Refuses<NotSuspected>]
public sealed record OverrideDuplicate(ItemId Item, ItemId Other, DuplicateCause Cause, string Reason)
    : ICommand<DuplicateOverridden>, IReasoned;

public sealed record DuplicateOverridden(ItemId Item, ItemId Other, DuplicateCause Cause, string Reason) : IEvent
{
    public Subject Subject => new(nameof(Catalog.Item), Item.Value);
}

internal sealed class OverrideDuplicateHandler(PlatformDb db, DuplicateSuspects duplicates)
    : ICommandHandler<OverrideDuplicate, DuplicateOverridden>
{
    public async Task<Result<DuplicateOverridden>> HandleAsync(
        OverrideDuplicate command, Envelope envelope, CancellationToken ct)
    {
        var invalid = Field.Known<DuplicateCause>("cause", command.Cause)
            ?? Field.Text("reason", command.Reason, most: 500);
        if (invalid is not null)
        {
            return invalid;
        }

        var item = await db.LockItemAsync(command.Item, ct);
        if (item is null)
        {
            return new ItemNotFound(command.Item);
        }

        var suspects = await duplicates.OfAsync(command.Item, ct);
        if (!suspects.Any(suspect => suspect.Other == command.Other && suspect.Cause == command.Cause))
        {
            return new NotSuspected(command.Item, command.Other, command.Cause);
        }

        var overridden = new DuplicateOverridden(command.Item, command.Other, command.Cause, command.Reason);
        db.AddDuplicateOverride(overridden, envelope);
        db.RegisterChange(
            new Changed(
                RecordKind.Item, item.Id.Value, FieldGroup.Identity, item.Version, Before: null, overridden,
                command.Reason),
            envelope);
        db.Raise(overridden);
        return overridden;
    }
}
