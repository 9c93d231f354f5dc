using Microsoft.EntityFrameworkCore;
using Platform.Domain.Kernel;

namespace Platform.Domain.Catalog;

/// <summary>Finds items by code or by words of their names, in pages that never skip or repeat.</summary>
public sealed class ItemSearch(PlatformDb db)
{
    public const int MostItems = 200;

    public Task<Item?> FindAsync(ItemId id, CancellationToken ct) =>
        db.Set<Item>().AsNoTracking().SingleOrDefaultAsync(item => item.Id == id, ct);

    public Task<Item?> ByCodeAsync(string code, CancellationToken ct) =>
        db.Set<Item>().AsNoTracking().SingleOrDefaultAsync(item => item.Code == code, ct);

    public Task<List<ItemUnit>> UnitsOfAsync(ItemId item, CancellationToken ct) =>
        db.Set<ItemUnit>().AsNoTracking().Where(unit => unit.ItemId == item).OrderBy(unit => unit.Code).ToListAsync(ct);

    /// <summary>Items whose names hold all the words, by code, after the last code of the page before.</summary>
    public Task<List<Item>> ByWordsAsync(string words, string? afterCode, int items, CancellationToken ct)
    {
        var query = db.Set<Item>().AsNoTracking();
        foreach (var word in NameKey.Of(words).Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            query = query.Where(item => item.NameKey.Contains(word));
        }

        if (afterCode is not null)
        {
            query = query.Where(item => string.Compare(item.Code, afterCode) > 0);
        }

        return query.OrderBy(item => item.Code).Take(Math.Clamp(items, 1, MostItems)).ToListAsync(ct);
    }
}
