using System.Net;
using System.Net.Sockets;
using Platform.Domain.Access;

namespace Platform.Api.Access;

/// <summary><c>/auth</c>: the way in and out for people.</summary>
internal sealed class SignInEndpoints(FrontDoor door, CookieRules cookies, AuthBody body)
{
    public void Map(IEndpointRouteBuilder routes)
    {
        var auth = routes.MapGroup("/auth");
        auth.MapPost("/login", LoginAsync);
        auth.MapPost("/refresh", RefreshAsync);
        auth.MapPost("/logout", LogoutAsync);
        auth.MapPost("/password", PasswordAsync);
    }

    private async Task LoginAsync(HttpContext http)
    {
        if (await body.ReadAsync<LoginInput>(http) is not { } input)
        {
            return;
        }

        if (await RecogniseAsync(http, input.Login, input.Password) is not { } who)
        {
            return;
        }

        if (who.IsTemporary)
        {
            await Refusals.WriteAsync(
                http, StatusCodes.Status403Forbidden, "PASSWORD_CHANGE_REQUIRED", "The password is temporary: choose another at /auth/password.");
            return;
        }

        var kind = input.Cookie is true ? SessionKind.Cookie : SessionKind.Bearer;
        if (await door.OpenAsync(who.User, kind, KnockOf(http), http.RequestAborted) is not { } signedIn)
        {
            await WrongAsync(http);
            return;
        }

        if (kind is SessionKind.Cookie)
        {
            cookies.Set(http, signedIn.AccessToken);
            await AuthBody.WriteAsync(http, new { tokenType = "Cookie", signedIn.ExpiresAt });
            return;
        }

        await AuthBody.WriteAsync(http, new { signedIn.AccessToken, tokenType = "Bearer", signedIn.ExpiresAt, signedIn.RefreshToken });
    }

    private async Task RefreshAsync(HttpContext http)
    {
        if (await body.ReadAsync<RefreshInput>(http) is not { } input)
        {
            return;
        }

        if (!Tokens.Is(Tokens.Refresh, input.RefreshToken) || await door.RefreshAsync(input.RefreshToken, http.RequestAborted) is not { } renewed)
        {
            await WrongAsync(http);
            return;
        }

        await AuthBody.WriteAsync(http, new { renewed.AccessToken, tokenType = "Bearer", renewed.ExpiresAt, renewed.RefreshToken });
    }

    private async Task LogoutAsync(HttpContext http)
    {
        if (http.Features.Get<Standing>() is { Scheme: Schemes.Session } standing)
        {
            await door.EndAsync(standing, http.RequestAborted);
            standing.End();
        }

        cookies.Clear(http);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
    }

    /// <summary>For everybody who knows the old password, a temporary one included; all sessions end.</summary>
    private async Task PasswordAsync(HttpContext http)
    {
        if (await body.ReadAsync<PasswordInput>(http) is not { } input)
        {
            return;
        }

        if (FrontDoor.FaultOf(input.Login, input.NewPassword) is { } fault)
        {
            await Refusals.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, "PASSWORD_TOO_WEAK", fault);
            return;
        }

        if (string.Equals(input.Password, input.NewPassword, StringComparison.Ordinal))
        {
            await Refusals.WriteAsync(http, StatusCodes.Status422UnprocessableEntity, "PASSWORD_TOO_WEAK", "The new password is the old one.");
            return;
        }

        if (await RecogniseAsync(http, input.Login, input.Password) is { } who)
        {
            await door.SetPasswordAsync(who.User, who.Actor, input.NewPassword, isTemporary: false, http.RequestAborted);
            http.Response.StatusCode = StatusCodes.Status204NoContent;
        }
    }

    private async Task<PasswordOnFile?> RecogniseAsync(HttpContext http, string login, string password)
    {
        // Nobody is called what the database cannot hold.
        if (login.Length is 0 or > 200 || login.Contains('\0') || password.Length is 0 or > FrontDoor.LongestPassword)
        {
            await WrongAsync(http);
            return null;
        }

        switch (await door.TryAsync(login.Trim().ToLowerInvariant(), password, KnockOf(http), http.RequestAborted))
        {
            case SignInOutcome.In signedIn:
                return signedIn.Who;
            case SignInOutcome.TooMany tooMany:
                await Refusals.TooManyAsync(http, tooMany.Wait, "TOO_MANY_TRIES", "Too many tries; wait before the next.");
                return null;
            case SignInOutcome.Busy:
                await Refusals.TooManyAsync(http, TimeSpan.FromSeconds(1), "OVERLOADED", "Too many people sign in at this moment.");
                return null;
            default:
                await WrongAsync(http);
                return null;
        }
    }

    private static Task WrongAsync(HttpContext http) =>
        Refusals.WriteAsync(http, StatusCodes.Status401Unauthorized, "INVALID_CREDENTIALS", "The login or the password is wrong.");

    private static Knock KnockOf(HttpContext http) =>
        new(AddressOf(http.Connection.RemoteIpAddress), http.Request.Headers.UserAgent.ToString());

    /// <summary>One household of IPv6 addresses is one address: /64.</summary>
    internal static string AddressOf(IPAddress? address)
    {
        if (address is null)
        {
            return "unknown";
        }

        if (address.IsIPv4MappedToIPv6 || address.AddressFamily is AddressFamily.InterNetwork)
        {
            return address.MapToIPv4().ToString();
        }

        var bytes = address.GetAddressBytes();
        Array.Clear(bytes, 8, 8);
        return new IPAddress(bytes) + "/64";
    }

    private sealed record LoginInput(string Login, string Password, bool? Cookie = null);

    private sealed record RefreshInput(string RefreshToken);

    private sealed record PasswordInput(string Login, string Password, string NewPassword);
}
