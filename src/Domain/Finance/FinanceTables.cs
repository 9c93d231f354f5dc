using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Domain.Partners;

namespace Platform.Domain.Finance;

internal sealed class FinanceServices : ICapabilityServices
{
    public void Register(IServiceCollection services) => services
        .AddSingleton<LedgerEntities>()
        .AddScoped<JournalBook>()
        .AddScoped<Reconciliations>()
        .AddScoped<IMaterialFacts, PeriodFacts>();
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

    /// <summary>The state of a day's month; nobody closes it until the commit.</summary>
    public static async Task<PeriodStatus> SharePeriodAsync(this PlatformDb db, LegalEntityId entity, DateOnly day, CancellationToken ct)
    {
        await using (var together = db.Statement("select pg_advisory_xact_lock_shared($1)"))
        {
            together.Parameters.Add(new NpgsqlParameter<long> { TypedValue = AdvisoryLocks.PostingRules });
            await together.ExecuteNonQueryAsync(ct);
        }

        await using var statement = db.Statement(
            "select status from accounting_period where legal_entity_id = $1 and first_day = date_trunc('month', $2::date)::date");
        statement.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = entity.Value });
        statement.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = day });
        return await statement.ExecuteScalarAsync(ct) is string status ? Statuses[status] : PeriodStatus.Open;
    }

    public static Task<AccountingPeriod?> FindPeriodAsync(this PlatformDb db, Guid id, CancellationToken ct) =>
        db.Set<AccountingPeriod>().AsNoTracking().SingleOrDefaultAsync(period => period.Id == id, ct);

    /// <summary>From the ledger's own sequence: a journal is known by one number, whether a value entry stands for it or a document.</summary>
    public static async Task<long> NextJournalAsync(this PlatformDb db, CancellationToken ct)
    {
        await using var next = db.Statement("select nextval('stock_ledger_id')");
        return (long)(await next.ExecuteScalarAsync(ct))!;
    }

    public static async Task WriteJournalAsync(
        this PlatformDb db, LedgerEntity entity, BookedJournal journal, IReadOnlyList<JournalMove> moves, DateTimeOffset now, CancellationToken ct)
    {
        if (moves.Count == 0)
        {
            return;
        }

        await using var statement = db.Statement(
            """
            insert into journal_line (journal_id, line, debit_account_id, credit_account_id, amount, posting_date, recorded_at)
            select $1, row_number() over (), m.debit, m.credit, m.amount, $5, $6
            from unnest($2::int[], $3::int[], $4::numeric[]) as m (debit, credit, amount)
            """);
        statement.Parameters.Add(new NpgsqlParameter<long> { TypedValue = journal.Id });
        statement.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. moves.Select(move => entity.Accounts[move.Debit])] });
        statement.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. moves.Select(move => entity.Accounts[move.Credit])] });
        statement.Parameters.Add(new NpgsqlParameter<decimal[]> { TypedValue = [.. moves.Select(move => move.Amount)] });
        statement.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = journal.PostingDate });
        statement.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = now });
        await statement.ExecuteNonQueryAsync(ct);
    }

    /// <summary>What stood on accounts of these roles at the end of a day, debits positive.</summary>
    public static async Task<decimal> AccountBalanceAsync(
        this PlatformDb db, LedgerEntity entity, IReadOnlyList<AccountRole> roles, DateOnly through, CancellationToken ct)
    {
        await using var statement = db.Statement(
            """
            select coalesce(sum(case when j.debit_account_id = any ($1) then j.amount else 0 end)
                          - sum(case when j.credit_account_id = any ($1) then j.amount else 0 end), 0)
            from journal_line j
            where (j.debit_account_id = any ($1) or j.credit_account_id = any ($1)) and j.posting_date <= $2
            """);
        statement.Parameters.Add(new NpgsqlParameter<int[]> { TypedValue = [.. roles.Select(role => entity.Accounts[role])] });
        statement.Parameters.Add(new NpgsqlParameter<DateOnly> { TypedValue = through });
        return (decimal)(await statement.ExecuteScalarAsync(ct))!;
    }

    /// <summary>The moves of a journal, the other way round.</summary>
    public static async Task<List<JournalMove>> ReadMirrorAsync(this PlatformDb db, LedgerEntity entity, long journal, CancellationToken ct)
    {
        var roles = entity.Accounts.ToDictionary(account => account.Value, account => account.Key);
        await using var statement = db.Statement("select debit_account_id, credit_account_id, amount from journal_line where journal_id = $1 order by line");
        statement.Parameters.Add(new NpgsqlParameter<long> { TypedValue = journal });
        await using var row = await statement.ExecuteReaderAsync(ct);
        var moves = new List<JournalMove>();
        while (await row.ReadAsync(ct))
        {
            moves.Add(new JournalMove(roles[row.GetInt32(1)], roles[row.GetInt32(0)], row.GetDecimal(2)));
        }

        return moves;
    }
}
