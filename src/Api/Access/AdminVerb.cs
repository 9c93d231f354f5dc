using System.CommandLine;
using Platform.Api.Hosting;
using Platform.Api.Hosting.CommandLine;
using Platform.Api.Hosting.Postgres;
using Platform.Domain.Access;
using Platform.Domain.Kernel;

namespace Platform.Api.Access;

/// <summary><c>admin create LOGIN</c>: the first administrator of a house that has none. There is no other way to begin.</summary>
internal sealed class AdminVerb : IVerb
{
    private readonly Argument<string> _login = new("login") { Description = "What will be typed to sign in." };

    public Command Build()
    {
        var create = new Command("create", "Opens an administrator's account and prints a temporary password.") { SharedOptions.Data, _login };
        create.SetAction((call, ct) => CreateAsync(SharedOptions.Database(call, isEphemeral: false), call.GetValue(_login)!, ct));
        return new Command("admin", "The first administrator.") { create };
    }

    private static async Task<int> CreateAsync(DatabaseChoice choice, string login, CancellationToken ct)
    {
        await using var database = await PlatformDatabase.AttachAsync(choice, ct);
        await using var host = await PlatformHost.StartAsync(
            new HostStart(database.ConnectionString, "http://127.0.0.1:0", Environments.Production, new Dictionary<string, string?>(StringComparer.Ordinal)), ct);
        var id = Guid.CreateVersion7();
        var caller = new Caller(
            new Actor(ActorKind.Service, id, id, "Command line"), RolePermissions.Of(Role.Administrator), id, IdempotencyKey: null);
        var created = await host.Services.GetRequiredService<CommandRunner>().Async(
            new CreateUser(login, login, ActorKind.Human, SamePersonAs: null, [Role.Administrator], RowLimits.None), caller, ct);
        if (!created.Succeeded(out var user))
        {
            await Console.Error.WriteLineAsync(created.Error!.Message);
            return ExitCode.Failed;
        }

        var temporary = FrontDoor.NewTemporaryPassword();
        await host.Services.GetRequiredService<FrontDoor>().SetPasswordAsync(user.User, caller.Actor, temporary, isTemporary: true, ct);
        await Console.Out.WriteLineAsync($"{login} {temporary}");
        await Console.Error.WriteLineAsync("The password is good for choosing another: POST /auth/password {login, password, newPassword}.");
        return ExitCode.Ok;
    }
}
