using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Storage;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

/// <summary>R-44, 0062: the pool hands sessions on as they are, and nothing of whoever had one before is left in it.</summary>
public sealed class SessionStateTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private const string Settings = "select coalesce(current_setting('platform.legal_entities', true), '')";

    [Theory]
    [InlineData("commit")]
    [InlineData("rollback")]
    [InlineData("select 1 / 0")] // The transaction is broken and nobody ends it.
    [InlineData("select 1")] // It is left open.
    public async Task The_rows_of_one_caller_are_not_the_rows_of_the_next(string end)
    {
        await using var scoped = DatabaseAccess.AsScoped(database.ConnectionString + ";Maximum Pool Size=1");
        int session;
        await using (var first = await scoped.Source.OpenConnectionAsync())
        {
            session = first.ProcessID;
            await using var batch = new NpgsqlBatch(first)
            {
                BatchCommands = { new("begin"), RowSettings.Of(new RowScope(LegalEntities: new HashSet<Guid> { Guid.CreateVersion7() }, null, null)) },
            };
            await batch.ExecuteNonQueryAsync();
            (await AskAsync<string>(first, Settings)).ShouldNotBeEmpty();
            try
            {
                await AskAsync<object>(first, end);
            }
            catch (PostgresException)
            {
            }
        }

        await using var second = await scoped.Source.OpenConnectionAsync();
        second.ProcessID.ShouldBe(session);
        (await AskAsync<string>(second, Settings)).ShouldBeEmpty();
        (await AskAsync<bool>(second, "select current_setting('transaction_isolation') = 'read committed' and txid_current_if_assigned() is null"))
            .ShouldBeTrue();
    }

    [Fact]
    public async Task Locks_and_channels_are_given_back()
    {
        await using var source = DatabaseAccess.AsApplication(database.ConnectionString + ";Maximum Pool Size=1");
        await using (var first = await source.OpenConnectionAsync())
        {
            await AskAsync<object>(first, "select pg_advisory_lock(4711); listen given_back");
            await SessionState.GiveBackAsync(first);
        }

        await using var second = await source.OpenConnectionAsync();
        (await AskAsync<long>(second, "select (select count(*) from pg_locks where locktype = 'advisory' and pid = pg_backend_pid()) "
            + "+ (select count(*) from pg_listening_channels())")).ShouldBe(0);
    }

    private static async Task<T?> AskAsync<T>(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return (T?)await command.ExecuteScalarAsync();
    }
}
