using System.Security.Cryptography;
using Platform.Domain.Kernel.Audit;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

/// <summary>Every way to tamper with the log, done as the owner with the triggers off (R-58, I-23).</summary>
public sealed class AuditTests : IAsyncLifetime
{
    private const int Rows = 40;

    private readonly TurnstileDatabase _database = new();

    public async Task InitializeAsync()
    {
        await _database.InitializeAsync();
        for (var i = 0; i < Rows; i++)
        {
            await _database.RunAsync(new SuggestPassing(Guid.CreateVersion7()), Callers.Supervisor);
            if (i % 10 == 9)
            {
                await SealAsync();
            }
        }

        await _database.ExecuteAsync(
            """
            alter table audit disable trigger all;
            alter table audit_link disable trigger all;
            alter table audit_seal disable trigger all;
            """);
    }

    public Task DisposeAsync() => _database.DisposeAsync();

    [Fact]
    public async Task An_untouched_log_verifies_and_its_unsealed_end_is_no_fault()
    {
        await _database.RunAsync(new SuggestPassing(Guid.CreateVersion7()), Callers.Supervisor);

        (await VerifyAsync()).ShouldBe(new AuditReport(Rows, Seals: 4, Fault: null));
    }

    public static TheoryData<string, string, string> Manipulations => new()
    {
        // what                 how                                                                   found as
        { "a changed name",     "update audit set actor_name = 'nobody' where id = {15}",              "position 15 was changed" },
        { "a changed body",     "update audit set body = replace(body, '{', '{ ') where id = {15}",    "position 15 was changed" },
        { "a changed time",     "update audit set at = at + interval '1 microsecond' where id = {15}", "position 15 was changed" },
        { "an added reason",    "update audit set reason = '' where id = {15}",                        "position 15 was changed" },
        { "a removed row",      "delete from audit where id = {15}",                                   "position 15 was removed" },
        { "a removed link",     "delete from audit_link where position = 15",                          "Position 15 was removed" },
        { "a removed pair",     "delete from audit where id = {15}; delete from audit_link where position = 15", "Position 15 was removed" },
        { "a removed seal",     "delete from audit_seal where number = 2",                             "Seal 2 is missing" },
        { "a changed seal",     "update audit_seal set sealed_at = sealed_at - interval '1 day' where number = 2", "Seal 2 was changed" },
        { "an inserted row",
            "insert into audit select xid, nextval('audit_id'), at, correlation_id, actor_kind, actor_id, person_id, actor_name, action, outcome, reason, body from audit where id = {15}",
            "inserted below" },
        { "two swapped rows",
            "update audit_link l set position = 100 + position where position in (15, 16); update audit_link set position = case position when 115 then 16 else 15 end where position > 100",
            "position 15 was changed or moved" },
        { "everything emptied", "truncate audit, audit_link",                                          "chain ends at position 0" },
    };

    [Theory, MemberData(nameof(Manipulations))]
    public async Task Every_manipulation_is_found(string what, string how, string found)
    {
        await TamperAsync(how);

        var report = await VerifyAsync();

        report.Fault.ShouldNotBeNull(what).ShouldContain(found);
    }

    [Fact]
    public async Task A_cut_tail_is_found_against_an_exported_head()
    {
        var head = await AuditHead.ReadAsync(_database.Application, CancellationToken.None);
        await TamperAsync(
            """
            delete from audit where id >= {31}; delete from audit_link where position > 30; delete from audit_seal where number > 3
            """);

        (await VerifyAsync()).Fault.ShouldBeNull(); // A chain alone cannot know.
        (await VerifyAsync(exported: head)).Fault.ShouldNotBeNull().ShouldContain("tail was cut off");
    }

    [Fact]
    public async Task A_log_rewritten_with_all_its_hashes_is_found_against_an_exported_head()
    {
        var head = await AuditHead.ReadAsync(_database.Application, CancellationToken.None);
        await TamperAsync("update audit set actor_name = 'nobody' where id = {15}; truncate audit_link, audit_seal");
        _database.Clock.Advance(TimeSpan.FromDays(1));
        await SealAsync();

        (await VerifyAsync()).Fault.ShouldBeNull();
        (await VerifyAsync(exported: head! with { Seal = 1 })).Fault.ShouldNotBeNull().ShouldContain("was rewritten");
        (await VerifyAsync(exported: head)).Fault.ShouldNotBeNull();
    }

    [Fact]
    public async Task With_a_key_a_rewritten_log_is_found_without_any_exported_head()
    {
        using var key = NewKey();
        using var forger = NewKey();
        await TamperAsync("truncate audit_link, audit_seal");
        await SealAsync(key);
        (await VerifyAsync(key)).Fault.ShouldBeNull();

        await TamperAsync("update audit set actor_name = 'nobody' where id = {15}; truncate audit_link, audit_seal");
        await SealAsync(forger);

        (await VerifyAsync(forger)).Fault.ShouldBeNull();
        (await VerifyAsync(key)).Fault.ShouldNotBeNull().ShouldContain("not signed with the key");
    }

    [Fact]
    public async Task A_clock_set_back_between_two_seals_is_found()
    {
        _database.Clock.Advance(TimeSpan.FromDays(-1));
        await _database.RunAsync(new SuggestPassing(Guid.CreateVersion7()), Callers.Supervisor);
        await SealAsync();

        (await VerifyAsync()).Fault.ShouldNotBeNull().ShouldContain("clock was set back");
    }

    [Fact]
    public async Task A_restore_into_another_server_continues_the_chain()
    {
        await _database.RunAsync(new SuggestPassing(Guid.CreateVersion7()), Callers.Supervisor); // not yet sealed
        await new AuditSealer(_database.Owner, _database.Clock, key: null).ResealAsync("restored", CancellationToken.None);
        await _database.RunAsync(new SuggestPassing(Guid.CreateVersion7()), Callers.Supervisor);
        await SealAsync();

        (await VerifyAsync()).ShouldBe(new AuditReport(Rows + 2, Seals: 6, Fault: null));
    }

    [Fact]
    public async Task Every_single_changed_character_is_found()
    {
        var changes = Budget.Count("AUDIT_CHANGES", usual: 60);
        var random = new Random(20260302);
        string[] columns = ["actor_name", "action", "outcome", "body"];
        for (var i = 0; i < changes; i++)
        {
            var (column, position) = (columns[random.Next(columns.Length)], random.Next(1, Rows + 1));
            var flip = Flip(column, position, offset: random.Next(1, 4));
            await _database.ExecuteAsync(flip);

            (await VerifyAsync()).Fault.ShouldNotBeNull($"{column} at {position}");

            await _database.ExecuteAsync(flip); // and back
        }

        (await VerifyAsync()).Fault.ShouldBeNull();
    }

    private static string Flip(string column, int position, int offset) =>
        $"""
        update audit a set {column} = overlay({column} placing chr(ascii(substr({column}, {offset}, 1)) # 1) from {offset} for 1)
        from audit_link l where l.xid = a.xid and l.id = a.id and l.position = {position}
        """;

    /// <summary>Transaction ids are the server's: writers of other tests may hold the horizon for a while.</summary>
    private async Task SealAsync(AuditKey? key = null)
    {
        while (await _database.ScalarAsync<bool>(
            "select exists (select from audit where xid >= pg_snapshot_xmin(pg_current_snapshot()))"))
        {
            await Task.Delay(10);
        }

        await new AuditSealer(_database.Application, _database.Clock, key).SealAsync(CancellationToken.None);
    }

    private Task<AuditReport> VerifyAsync(AuditKey? key = null, AuditHead? exported = null) =>
        new AuditVerification(_database.Owner, key, exported).RunAsync(CancellationToken.None);

    /// <summary>{15} stands for the id of the audit row at position 15.</summary>
    private async Task TamperAsync(string how)
    {
        foreach (var position in new[] { 15, 31 })
        {
            var id = await _database.ScalarAsync<long>($"select coalesce((select id from audit_link where position = {position}), 0)");
            how = how.Replace($"{{{position}}}", $"{id}", StringComparison.Ordinal);
        }

        await _database.ExecuteAsync(how);
    }

    private static AuditKey NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return AuditKey.FromPem(key.ExportPkcs8PrivateKeyPem());
    }
}
