using System.Collections.Concurrent;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;

namespace Platform.Domain.Finance;

/// <summary>What posting needs of a legal entity: the digits of its currency, and its account in each role.</summary>
public sealed record LedgerEntity(LegalEntityId Id, string Currency, int CurrencyDigits, IReadOnlyDictionary<AccountRole, int> Accounts);

/// <summary>
/// Entities by id, kept once read: an entity's currency and the account that has a role never change, because journals
/// were written with them.
/// </summary>
public sealed class LedgerEntities
{
    private readonly ConcurrentDictionary<LegalEntityId, LedgerEntity> _known = new();

    /// <summary>Null when there is no such entity.</summary>
    public async ValueTask<LedgerEntity?> FindAsync(PlatformDb db, LegalEntityId id, CancellationToken ct)
    {
        if (_known.TryGetValue(id, out var known))
        {
            return known;
        }

        var found = await db.ReadLedgerEntityAsync(id, ct);
        return found is null ? null : _known.GetOrAdd(id, found);
    }
}
