using Microsoft.EntityFrameworkCore;
using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Access;

public sealed class AccountTests(StockWorld world) : IClassFixture<StockWorld>
{
    private static readonly string[] NeedsDoor = ["access.door"];

    private static int _logins;

    [Fact]
    public async Task An_account_has_its_roles_and_rows_from_the_start()
    {
        var user = (await world.RunAsync(New(Role.Buyer) with { Rows = RowLimits.None with { LegalEntities = [world.Entity] } })).Value.User;

        var stored = await StoredAsync(user);
        stored.LegalEntities.ShouldBe([world.Entity.Value]);
        stored.Warehouses.ShouldBeNull();
        (await RolesAsync(user)).ShouldBe([Role.Buyer]);
    }

    [Theory]
    [InlineData("ab")]
    [InlineData("Upper")]
    [InlineData("has space")]
    [InlineData("-dash")]
    [InlineData("sql';drop")]
    public async Task A_login_is_small_letters_digits_and_few_signs(string login) =>
        (await world.RunAsync(New(Role.Buyer) with { Login = login })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("login");

    [Fact]
    public async Task A_login_belongs_to_one_account()
    {
        var first = New(Role.Buyer);
        (await world.RunAsync(first)).Error.ShouldBeNull();

        (await world.RunAsync(first)).Error.ShouldBe(new LoginTaken(first.Login));
        var both = await Hammer.FireAsync(2, _ => world.RunAsync(New(Role.Buyer) with { Login = "same-instant" }));
        (both.Succeeded, both.Faults.Count).ShouldBe((1, 0));
    }

    [Fact]
    public async Task Rows_that_do_not_exist_limit_nobody()
    {
        var nowhere = new WarehouseId(Guid.CreateVersion7());

        (await world.RunAsync(New(Role.Buyer) with { Rows = RowLimits.None with { Warehouses = [nowhere] } })).Error
            .ShouldBe(new RowLimitUnknown("warehouses", nowhere.Value));
        (await world.RunAsync(New(Role.Buyer) with { SamePersonAs = new UserId(nowhere.Value) })).Error
            .ShouldBe(new PersonNotFound(new UserId(nowhere.Value)));
    }

    [Fact]
    public async Task A_suppliers_people_are_limited_to_their_company()
    {
        (await world.RunAsync(New(Role.SupplierPortal))).Error.ShouldBeOfType<SupplierRowsMissing>();

        var supplier = await world.SupplierAsync();
        var user = (await world.RunAsync(New(Role.SupplierPortal) with { Rows = RowLimits.None with { Suppliers = [supplier] } })).Value.User;
        (await world.RunAsync(new ChangeRowScope(user, Version: 1, RowLimits.None))).Error.ShouldBe(new SupplierRowsMissing(user));
        (await StoredAsync(user)).Version.ShouldBe(1);
    }

    // RELIABILITY 4.5: toxic pairs, over all accounts of the person.
    [Fact]
    public async Task Roles_that_control_each_other_are_not_given_to_one_person()
    {
        (await world.RunAsync(New(Role.Buyer) with { Roles = [Role.Buyer, Role.Finance] })).Error
            .ShouldBe(new RolesConflict(Role.Buyer, Role.Finance, "who orders does not pay"));

        var buyer = await UserAsync(Role.Buyer);
        (await world.RunAsync(new GrantRole(buyer, Version: 1, Role.Finance))).Error.ShouldBeOfType<RolesConflict>();

        var second = (await world.RunAsync(New(Role.Planner) with { SamePersonAs = buyer })).Value.User;
        (await world.RunAsync(new GrantRole(second, Version: 1, Role.Finance))).Error.ShouldBeOfType<RolesConflict>();
    }

    [Fact]
    public async Task A_role_is_given_and_taken_once()
    {
        var user = await UserAsync(Role.Planner);

        (await world.RunAsync(new GrantRole(user, Version: 1, Role.Planner))).Error.ShouldBe(new RoleAlreadyHeld(user, Role.Planner));
        (await world.RunAsync(new GrantRole(user, Version: 1, Role.Executive))).Value.Version.ShouldBe(2);
        (await world.RunAsync(new GrantRole(user, Version: 1, Role.Buyer))).Error.ShouldBeOfType<StaleVersion>();
        (await world.RunAsync(new RevokeRole(user, Version: 2, Role.Planner))).Error.ShouldBeNull();
        (await world.RunAsync(new RevokeRole(user, Version: 3, Role.Planner))).Error.ShouldBe(new RoleNotHeld(user, Role.Planner));
        (await RolesAsync(user)).ShouldBe([Role.Executive]);
    }

    [Fact]
    public async Task Nobody_changes_their_own_access()
    {
        var user = await UserAsync(Role.Executive);
        var self = Callers.Supervisor with { Actor = new Actor(ActorKind.Human, Guid.CreateVersion7(), user.Value, "the same person elsewhere") };

        (await world.RunAsync(new GrantRole(user, Version: 1, Role.Administrator), self)).Error.ShouldBe(new OwnAccess(user));
        (await world.RunAsync(new ChangeRowScope(user, Version: 1, RowLimits.None), self)).Error.ShouldBe(new OwnAccess(user));
        (await world.RunAsync(new LockUser(user, Version: 1, "me"), self)).Error.ShouldBe(new OwnAccess(user));
        (await world.RunAsync(new LinkIdentity(user, "https://id.example", "me"), self)).Error.ShouldBe(new OwnAccess(user));
        (await RolesAsync(user)).ShouldBe([Role.Executive]);
    }

    [Fact]
    public async Task The_last_administrator_stays()
    {
        await world.ExecuteAsync("update user_account set status = 'LOCKED', lock_reason = 'test' where id in (select user_id from role_grant where role = 'ADMINISTRATOR')");
        var one = await UserAsync(Role.Administrator);

        (await world.RunAsync(new LockUser(one, Version: 1, "gone"))).Error.ShouldBe(new LastAdministrator(one));
        (await world.RunAsync(new RevokeRole(one, Version: 1, Role.Administrator))).Error.ShouldBe(new LastAdministrator(one));

        var other = await UserAsync(Role.Administrator);
        var both = await Hammer.FireAsync(2, at => world.RunAsync(new RevokeRole(at == 0 ? one : other, Version: 1, Role.Administrator)));
        both.Succeeded.ShouldBe(1);
    }

    [Fact]
    public async Task A_lock_ends_sessions_and_an_unlock_opens_none()
    {
        var user = await UserAsync(Role.Planner);
        await StartAsync(user);

        (await world.RunAsync(new LockUser(user, Version: 1, "lost the badge"))).Error.ShouldBeNull();
        (await world.RunAsync(new LockUser(user, Version: 2, "again"))).Error.ShouldBe(new UserStatusWrong(user, UserStatus.Locked));
        (await world.RunAsync(Start(user), Door)).Error.ShouldBe(new UserStatusWrong(user, UserStatus.Locked));
        (await world.RunAsync(new UnlockUser(user, Version: 2))).Error.ShouldBeNull();
        (await world.RunAsync(new UnlockUser(user, Version: 3))).Error.ShouldBe(new UserStatusWrong(user, UserStatus.Active));

        (await OpenSessionsAsync(user)).ShouldBe(0);
    }

    [Fact]
    public async Task Revoking_ends_all_sessions_and_a_new_password_does_too()
    {
        var user = await UserAsync(Role.Planner);
        await StartAsync(user);
        await StartAsync(user);

        (await world.RunAsync(new RevokeSessions(user, "phone stolen"))).Value.Sessions.ShouldBe(2);
        await StartAsync(user);
        (await world.RunAsync(new SetPassword(user, "hash", IsTemporary: false), Door)).Error.ShouldBeNull();

        (await OpenSessionsAsync(user)).ShouldBe(0);
        (await StoredAsync(user)).Version.ShouldBe(3);
    }

    [Fact]
    public async Task A_session_is_ended_by_its_owner_once()
    {
        var user = await UserAsync(Role.Planner);
        var stranger = await UserAsync(Role.Planner);
        var session = await StartAsync(user);

        (await world.RunAsync(new EndSession(session, stranger, "not mine"), Door)).Error.ShouldBe(new SessionNotFound(session));
        (await world.RunAsync(new EndSession(session, user, "signed out"), Door)).Error.ShouldBeNull();
        (await world.RunAsync(new EndSession(session, user, "again"), Door)).Error.ShouldBe(new SessionNotFound(session));
        (await world.RunAsync(new RefreshSession(session, [1], [2], [3], world.Clock.GetUtcNow()), Door)).Error.ShouldBe(new SessionNotFound(session));
    }

    [Fact]
    public async Task An_identity_elsewhere_belongs_to_one_account()
    {
        var user = await UserAsync(Role.Planner);
        var other = await UserAsync(Role.Planner);

        (await world.RunAsync(new LinkIdentity(user, "https://id.example", "42"))).Error.ShouldBeNull();
        (await world.RunAsync(new LinkIdentity(other, "https://id.example", "42"))).Error.ShouldBe(new ExternalIdentityTaken("https://id.example", "42"));
        (await world.RunAsync(new UnlinkIdentity(other, "https://id.example", "42"))).Error.ShouldBe(new ExternalIdentityNotFound("https://id.example", "42"));
        (await world.RunAsync(new UnlinkIdentity(user, "https://id.example", "42"))).Error.ShouldBeNull();
    }

    [Fact]
    public async Task A_key_is_rotated_with_an_overlap_and_revoked_at_once()
    {
        var user = await UserAsync(Role.Integrator);
        var now = world.Clock.GetUtcNow();
        var key = (await world.RunAsync(NewKey(user, "aaaaaaaa"))).Value.ApiKey;

        var rotated = (await world.RunAsync(new RotateApiKey(key, "bbbbbbbb", [2], now.AddDays(30), OldEndsAt: now.AddHours(1)))).Value;
        (await world.RunAsync(new RevokeApiKey(rotated.Successor, "leaked"))).Error.ShouldBeNull();
        (await world.RunAsync(new RevokeApiKey(rotated.Successor, "again"))).Error.ShouldBeOfType<ApiKeyEnded>();
        (await world.RunAsync(new RotateApiKey(rotated.Successor, "cccccccc", [3], now.AddDays(30), now))).Error.ShouldBeOfType<ApiKeyEnded>();
        (await world.RunAsync(new RevokeApiKey(new ApiKeyId(user.Value), "none"))).Error.ShouldBeOfType<ApiKeyNotFound>();

        (await world.ScalarAsync<DateTime>($"select revoked_at from api_key where id = '{key}'")).ShouldBe(now.AddHours(1).UtcDateTime);
    }

    [Fact]
    public async Task A_key_ends_within_a_year_and_names_permissions()
    {
        var user = await UserAsync(Role.Integrator);
        var now = world.Clock.GetUtcNow();

        (await world.RunAsync(NewKey(user, "dddddddd") with { ExpiresAt = now.AddDays(367) })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("expiresAt");
        (await world.RunAsync(NewKey(user, "dddddddd") with { Permissions = [] })).Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("permissions");
        (await world.RunAsync(NewKey(user, "dddddddd") with { Permissions = ["*"] })).Error.ShouldBeOfType<InvalidField>();
        for (var at = 0; at < 20; at++)
        {
            (await world.RunAsync(NewKey(user, $"eeeeee{at:00}"))).Error.ShouldBeNull();
        }

        (await world.RunAsync(NewKey(user, "ffffffff"))).Error.ShouldBe(new TooManyApiKeys(user, 20, 20));
    }

    // what opens a door is in no event, answer or audit row.
    [Fact]
    public async Task Secrets_are_kept_out_of_events_answers_and_the_audit_log()
    {
        var user = await UserAsync(Role.Planner);

        (await world.RunAsync(new SetPassword(user, "canary-password-hash", IsTemporary: false), Door.WithKey("canary"))).Error.ShouldBeNull();

        (await world.ScalarAsync<long>(
            """
            select (select count(*) from audit where body like '%canary-password%') + (select count(*) from event where payload::text like '%canary-password%')
                + (select count(*) from idempotency_key where answer like '%canary-password%')
            """)).ShouldBe(0);
    }

    private static Caller Door { get; } = Callers.Of(ActorKind.Service, "Front door", NeedsDoor);

    private static CreateUser New(Role role) =>
        new($"login-{Interlocked.Increment(ref _logins)}", "A person", ActorKind.Human, SamePersonAs: null, [role], RowLimits.None);

    private CreateApiKey NewKey(UserId user, string prefix) =>
        new(user, "A machine", prefix, [1], ["stock.read"], world.Clock.GetUtcNow().AddDays(30));

    private async Task<UserId> UserAsync(Role role) => (await world.RunAsync(New(role))).Value.User;

    private StartSession Start(UserId user) => new(
        user, SessionKind.Bearer, Guid.CreateVersion7().ToByteArray(), Guid.CreateVersion7().ToByteArray(),
        world.Clock.GetUtcNow().AddHours(1), world.Clock.GetUtcNow().AddHours(12), Address: null, UserAgent: null);

    private async Task<SessionId> StartAsync(UserId user) => (await world.RunAsync(Start(user), Door)).Value.Session;

    private Task<long> OpenSessionsAsync(UserId user) =>
        world.ScalarAsync<long>($"select count(*) from session where user_id = '{user}' and ended_at is null");

    private Task<User> StoredAsync(UserId user) => world.LookAsync(db => db.Set<User>().SingleAsync(one => one.Id == user));

    private Task<List<Role>> RolesAsync(UserId user) =>
        world.LookAsync(db => db.Set<RoleGrant>().Where(grant => grant.UserId == user).Select(grant => grant.Role).ToListAsync());
}
