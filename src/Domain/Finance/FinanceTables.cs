using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;

namespace Platform.Domain.Finance;

internal sealed class FinanceServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services.AddSingleton<LedgerEntities>();
}

internal static class FinanceTables
{
    private static readonly Dictionary<string, AccountRole> Roles = Enum.GetValues<AccountRole>()
        .ToDictionary(role => JsonNamingPolicy.SnakeCaseUpper.ConvertName(role.ToString()), StringComparer.Ordinal);

    private static readonly Dictionary<string, PeriodStatus> Statuses = Enum.GetValues<PeriodStatus>()
        .ToDictionary(status => JsonNamingPolicy.SnakeCaseUpper.ConvertName(status.ToString()), StringComparer.Ordinal);

    public static async Task<LedgerEntity?> ReadLedgerEntityAsync(this PlatformDb db, LegalEntityId id, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            select c.code, c.digits, a.role, a.id
            from legal_entity e join currency c on c.code = e.currency_code join account a on a.legal_entity_id = e.id
            where e.id = $1
            """);
        statement.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        await using var row = await statement.ExecuteReaderAsync(ct);
        var accounts = new Dictionary<AccountRole, int>();
        var (currency, digits) = (string.Empty, 0);
        while (await row.ReadAsync(ct))
        {
            (currency, digits) = (row.GetString(0), row.GetInt16(1));
            accounts.Add(Roles[row.GetString(2)], row.GetInt32(3));
        }

        return accounts.Count == 0 ? null : new LedgerEntity(id, currency, digits, accounts);
    }

    /// <summary>Waits until nobody posts, and lets nobody post until the commit; a month without a row is open.</summary>
    public static async Task<(Guid? Id, PeriodStatus Status)> LockPeriodAsync(
        this PlatformDb db, LegalEntityId entity, DateOnly first, CancellationToken ct)
    {
        await using (var alone = db.Statement("select pg_advisory_xact_lock($1)"))
        {
            alone.Parameters.Add(new NpgsqlParameter<long> { TypedValue = AdvisoryLocks.PostingRules });
            await alone.ExecuteNonQueryAsync(ct);
        }

        await using var statement = db.Statement(
            "select id, status from accounting_period where legal_entity_id = $1 and first_day = $2 for update");
        statement.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = entity.Value });
        statement.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = first });
        await using var row = await statement.ExecuteReaderAsync(ct);
        return await row.ReadAsync(ct) ? (row.GetGuid(0), Statuses[row.GetString(1)]) : (null, PeriodStatus.Open);
    }

    public static async Task SavePeriodAsync(
        this PlatformDb db, Guid id, LegalEntityId entity, DateOnly first, PeriodStatus status, Envelope envelope, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            insert into accounting_period as p (id, legal_entity_id, first_day, status, closed_at, closed_by, version, created_at, updated_at)
            values ($1, $2, $3, $4, case when $4 <> 'OPEN' then $5 end, case when $4 <> 'OPEN' then $6 end, 1, $5, $5)
            on conflict (legal_entity_id, first_day) do update
            set status = excluded.status, closed_at = excluded.closed_at, closed_by = excluded.closed_by,
                version = p.version + 1, updated_at = excluded.updated_at
            """);
        statement.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id });
        statement.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = entity.Value });
        statement.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = first });
        statement.Parameters.Add(new NpgsqlParameter<string> { TypedValue = JsonNamingPolicy.SnakeCaseUpper.ConvertName(status.ToString()) });
        statement.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = envelope.Now });
        statement.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = envelope.Actor.Id });
        await statement.ExecuteNonQueryAsync(ct);
    }
}
