using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Platform.Domain.Kernel;
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
}
