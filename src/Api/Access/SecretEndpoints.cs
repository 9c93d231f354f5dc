using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;

namespace Platform.Api.Access;

/// <summary>
/// Where secrets are given out, once each: API keys and temporary passwords. They are made here and never pass through the
/// graph, whose answers are logged, cached and repeated under idempotency keys.
/// </summary>
internal sealed class SecretEndpoints(CommandRunner runner, FrontDoor door, AuthBody body, TimeProvider clock)
{
    private static readonly HashSet<string> Known = [.. Enum.GetValues<Role>().SelectMany(RolePermissions.Of)];

    public void Map(IEndpointRouteBuilder routes)
    {
        routes.MapPost("/auth/keys", CreateKeyAsync);
        routes.MapPost("/auth/keys/rotate", RotateKeyAsync);
        routes.MapPost("/auth/passwords", ResetPasswordAsync);
    }

    private async Task CreateKeyAsync(HttpContext http)
    {
        if (await AllowedAsync(http, "access.keys") is not { } principal || await body.ReadAsync<NewKey>(http) is not { } input
            || await IdAsync(http, "User", input.UserId) is not { } user)
        {
            return;
        }

        if (input.Permissions.FirstOrDefault(permission => !Known.Contains(permission)) is { } unknown)
        {
            await Refusals.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, "PERMISSION_UNKNOWN", $"No role gives the permission {unknown}.");
            return;
        }

        var (key, prefix, hash) = Tokens.NewApiKey();
        var created = await runner.Async(
            new CreateApiKey(new UserId(user), input.Name, prefix, hash, input.Permissions, input.ExpiresAt),
            principal.Asking(Guid.CreateVersion7(), idempotencyKey: null),
            http.RequestAborted);
        await AnswerAsync(http, created, done => new { id = NodeIdFormat.Write("ApiKey", done.ApiKey.Value), key, done.ExpiresAt });
    }

    private async Task RotateKeyAsync(HttpContext http)
    {
        if (await AllowedAsync(http, "access.keys") is not { } principal || await body.ReadAsync<NextKey>(http) is not { } input
            || await IdAsync(http, "ApiKey", input.ApiKeyId) is not { } old)
        {
            return;
        }

        var (key, prefix, hash) = Tokens.NewApiKey();
        var overlap = TimeSpan.FromMinutes(Math.Clamp(input.OverlapMinutes, 0, 7 * 24 * 60));
        var rotated = await runner.Async(
            new RotateApiKey(new ApiKeyId(old), prefix, hash, input.ExpiresAt, clock.GetUtcNow() + overlap),
            principal.Asking(Guid.CreateVersion7(), idempotencyKey: null),
            http.RequestAborted);
        await AnswerAsync(
            http, rotated, done => new { id = NodeIdFormat.Write("ApiKey", done.Successor.Value), key, done.ExpiresAt, done.OldEndsAt });
    }

    /// <summary>A password that is good for choosing another; the one who forgot theirs is told it by the administrator.</summary>
    private async Task ResetPasswordAsync(HttpContext http)
    {
        if (await AllowedAsync(http, "access.users") is not { } principal || await body.ReadAsync<ForgottenPassword>(http) is not { } input
            || await IdAsync(http, "User", input.UserId) is not { } user)
        {
            return;
        }

        if (user == principal.Actor.Id)
        {
            await Refusals.WriteAsync(
                http, StatusCodes.Status422UnprocessableEntity, "OWN_ACCESS", "Your own password is changed at /auth/password, with the old one.");
            return;
        }

        var temporary = FrontDoor.NewTemporaryPassword();
        var set = await door.SetPasswordAsync(new UserId(user), principal.Actor, temporary, isTemporary: true, http.RequestAborted);
        await AnswerAsync(http, set, _ => new { temporaryPassword = temporary });
    }

    private static async Task<Principal?> AllowedAsync(HttpContext http, string permission)
    {
        var principal = Principal.Of(http.User);
        if (principal.Holds(permission) && principal.Rows.IsEverything)
        {
            return principal;
        }

        var isNobody = ReferenceEquals(principal, Principal.Nobody);
        await Refusals.WriteAsync(
            http,
            isNobody ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden,
            isNobody ? "AUTH_NOT_AUTHENTICATED" : "AUTH_NOT_AUTHORIZED",
            $"This needs the permission {permission}.");
        return null;
    }

    private static async Task<Guid?> IdAsync(HttpContext http, string type, string id)
    {
        if (NodeIdFormat.TryRead(id, out var name, out var raw) && name == type && raw.Length == 16)
        {
            return new Guid(raw);
        }

        await Refusals.WriteAsync(http, StatusCodes.Status400BadRequest, "BAD_ID", $"This is no id of the type {type}.");
        return null;
    }

    private static Task AnswerAsync<TEvent>(HttpContext http, Result<TEvent> result, Func<TEvent, object> answer)
        where TEvent : notnull =>
        result.Succeeded(out var done)
            ? AuthBody.WriteAsync(http, answer(done))
            : Refusals.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, result.Error!.Code, result.Error.Message);

    private sealed record NewKey(string UserId, string Name, IReadOnlyList<string> Permissions, DateTimeOffset ExpiresAt);

    private sealed record NextKey(string ApiKeyId, DateTimeOffset ExpiresAt, int OverlapMinutes);

    private sealed record ForgottenPassword(string UserId);
}
