using System.Collections.Frozen;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Access;
using Platform.Api.Hosting;
using Platform.Api.Hosting.CommandLine;
using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Api.Seeding;

/// <summary>
/// One login per role, for a developer's machine and for nothing else: everybody knows the password. The worker and the
/// supervisor are limited to one warehouse, the supplier's people to one supplier.
/// </summary>
internal sealed class DemoStaff : ISeed, IBannerLines
{
    public const string Password = "platform-demo";

    private static readonly FrozenSet<string> Opens = FrozenSet.Create(StringComparer.Ordinal, "access.users", "access.door");

    public string Name => "demo";

    /// <summary>The login of a role: its name in small letters, with dashes.</summary>
    public static string LoginOf(Role role) => JsonNamingPolicy.KebabCaseLower.ConvertName(role.ToString());

    public async Task PlantAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        if (!services.GetRequiredService<IHostEnvironment>().IsDevelopment() || await db.Set<User>().AnyAsync(ct))
        {
            return;
        }

        var caller = ServiceCaller();
        var door = services.GetRequiredService<FrontDoor>();
        foreach (var user in await HireAsync(services.GetRequiredService<CommandRunner>(), db, ct))
        {
            await door.SetPasswordAsync(user.User, caller.Actor, Password, isTemporary: false, ct);
        }
    }

    /// <summary>Opens the accounts, one per role; nobody can use them before they have a password.</summary>
    public static async Task<IReadOnlyList<UserCreated>> HireAsync(CommandRunner runner, PlatformDb db, CancellationToken ct)
    {
        var warehouse = await db.Set<Warehouse>().OrderBy(one => one.Code).Select(one => one.Id).FirstAsync(ct);
        var supplier = new SupplierId(await db.Database.SqlQuery<Guid>(
            $"select s.id as \"Value\" from supplier s join partner p on p.id = s.id order by p.code limit 1").SingleAsync(ct));
        var caller = ServiceCaller();
        var hired = new List<UserCreated>();
        foreach (var role in Enum.GetValues<Role>())
        {
            var rows = role switch
            {
                // Supervisors agree to what the house spends, which nobody does who sees a part of it.
                Role.WarehouseWorker => RowLimits.None with { Warehouses = [warehouse] },
                Role.SupplierPortal => RowLimits.None with { Suppliers = [supplier] },
                _ => RowLimits.None,
            };
            var kind = role is Role.Integrator ? ActorKind.Service : ActorKind.Human;
            var user = await runner.Async(
                new CreateUser(LoginOf(role), $"Demo {LoginOf(role).Replace('-', ' ')}", kind, SamePersonAs: null, [role], rows), caller, ct);
            hired.Add(user.Value);
        }

        return hired;
    }

    /// <summary>Lets them sign in with the password that everybody knows; hashed once, because that is slow on purpose.</summary>
    public static async Task LetInAsync(CommandRunner runner, IEnumerable<UserCreated> staff, CancellationToken ct)
    {
        var (hash, caller) = (new PasswordHasher<PasswordOnFile>().HashPassword(null!, Password), ServiceCaller());
        foreach (var user in staff)
        {
            _ = (await runner.Async(new SetPassword(user.User, hash, IsTemporary: false), caller, ct)).Value;
        }
    }

    public IEnumerable<string> Lines(string url, bool isDevelopment)
    {
        if (isDevelopment)
        {
            yield return $"  demo logins (password {Password}): {string.Join(", ", Enum.GetValues<Role>().Select(LoginOf))}";
            yield return $"  sign in    curl -s {url}/auth/login -H 'content-type: application/json' -d '{{\"login\":\"planner\",\"password\":\"{Password}\"}}'";
        }
    }

    private static Caller ServiceCaller()
    {
        var id = Guid.CreateVersion7();
        return new Caller(new Actor(ActorKind.Service, id, id, "Demo"), Opens, id, IdempotencyKey: null);
    }
}
