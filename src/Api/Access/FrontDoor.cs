using System.Collections.Frozen;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Identity;
using Platform.Domain.Access;
using Platform.Domain.Kernel;

namespace Platform.Api.Access;

/// <summary>What a client needs after signing in.</summary>
internal sealed record SignedIn(string AccessToken, string? RefreshToken, DateTimeOffset ExpiresAt);

/// <summary>Where a sign-in came from.</summary>
internal sealed record Knock(string Address, string? UserAgent);

/// <summary>How a try to sign in ended.</summary>
internal abstract record SignInOutcome
{
    public sealed record In(PasswordOnFile Who) : SignInOutcome;

    /// <summary>No such login, a wrong password, a locked account: nobody is told which.</summary>
    public sealed record Wrong : SignInOutcome;

    public sealed record TooMany(TimeSpan Wait) : SignInOutcome;

    /// <summary>More people at the door than passwords can be verified.</summary>
    public sealed record Busy : SignInOutcome;
}

/// <summary>
/// Verifies passwords and opens sessions. Every try costs the same and takes the same time, whether the login exists or not
/// and no more are verified at once than there are processors.
/// </summary>
internal sealed class FrontDoor(
    AccessReader reader, SignInThrottle throttle, CommandRunner runner, AccessSettings settings, TimeProvider clock) : IDisposable
{
    public const int LongestPassword = 256;

    private const int ShortestPassword = 12;

    private const int MostWaiting = 64;

    private static readonly FrozenSet<string> Opens = FrozenSet.Create(StringComparer.Ordinal, "access.door");

    private static readonly Actor Door = new(
        ActorKind.Service, new Guid("00000000-0000-7000-8000-00000000d001"), new Guid("00000000-0000-7000-8000-00000000d001"), "Front door");

    private readonly PasswordHasher<PasswordOnFile> _hasher = new();
    private readonly SemaphoreSlim _verifying = new(Environment.ProcessorCount);
    private readonly Lazy<string> _nobodysHash = new(() => new PasswordHasher<PasswordOnFile>().HashPassword(null!, "nobody has this password"));
    private int _waiting;

    public async Task<SignInOutcome> TryAsync(string login, string password, Knock knock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var source = "login " + login;
        var wait = await throttle.CountAsync("address " + knock.Address, new ThrottleRule(settings.SignInTriesPerAddress, settings.SignInWindow), now, ct)
            ?? await throttle.CountAsync(source, new ThrottleRule(settings.SignInTries, settings.SignInWindow), now, ct);
        if (wait is { } tooSoon)
        {
            return new SignInOutcome.TooMany(tooSoon);
        }

        var file = await reader.FindPasswordAsync(login, ct);
        if (await VerifyAsync(file?.Hash ?? _nobodysHash.Value, password, ct) is not { } isRight)
        {
            return new SignInOutcome.Busy();
        }

        if (!isRight || file is not { Hash: not null, IsActive: true })
        {
            return new SignInOutcome.Wrong();
        }

        await throttle.ForgetAsync(source, ct);
        return new SignInOutcome.In(file);
    }

    public async Task<SignedIn?> OpenAsync(UserId user, SessionKind kind, Knock knock, CancellationToken ct)
    {
        var now = clock.GetUtcNow();
        var token = Tokens.New(Tokens.Session);
        var refresh = kind is SessionKind.Bearer ? Tokens.New(Tokens.Refresh) : null;
        var expires = now + (kind is SessionKind.Bearer ? settings.TokenLifetime : settings.CookieIdle);
        var started = await runner.Async(
            new StartSession(
                user, kind, Tokens.HashOf(token), refresh is null ? null : Tokens.HashOf(refresh), expires, now + settings.SessionLifetime,
                knock.Address, Cut(knock.UserAgent)),
            As(Door),
            ct);
        return started.Error is null ? new SignedIn(token, refresh, expires) : null;
    }

    /// <summary>Null when the token is unknown, too old, or came a second time.</summary>
    public async Task<SignedIn?> RefreshAsync(string refreshToken, CancellationToken ct)
    {
        var hash = Tokens.HashOf(refreshToken);
        if (await reader.FindByRefreshAsync(hash, ct) is not { } session)
        {
            return null;
        }

        var token = Tokens.New(Tokens.Session);
        var refresh = Tokens.New(Tokens.Refresh);
        var expires = clock.GetUtcNow() + settings.TokenLifetime;
        var refreshed = await runner.Async(
            new RefreshSession(session, hash, Tokens.HashOf(token), Tokens.HashOf(refresh), expires), As(Door), ct);
        return refreshed.Succeeded(out var done) && !done.WasReused ? new SignedIn(token, refresh, expires) : null;
    }

    public Task<Result<SessionEnded>> EndAsync(Standing standing, CancellationToken ct) =>
        runner.Async(new EndSession(new SessionId(standing.Credential), standing.User, "signed out"), As(standing.Principal.Actor), ct);

    /// <summary>Sets a password for somebody who proved who they are, or whom an administrator gives a temporary one.</summary>
    public async Task<Result<PasswordSet>> SetPasswordAsync(UserId user, Actor by, string password, bool isTemporary, CancellationToken ct) =>
        await runner.Async(new SetPassword(user, _hasher.HashPassword(null!, password), isTemporary), As(by), ct);

    /// <summary>Twenty letters that nobody confuses when they read them out.</summary>
    public static string NewTemporaryPassword() => RandomNumberGenerator.GetString("abcdefghjkmnpqrstuvwxyz23456789", 20);

    /// <summary>What is wrong with a new password. Length is what counts; rules on its letters make people write it down.</summary>
    public static string? FaultOf(string login, string password) => password switch
    {
        { Length: < ShortestPassword } => $"A password has at least {ShortestPassword} characters.",
        { Length: > LongestPassword } => $"A password has at most {LongestPassword} characters.",
        _ when password.Contains(login, StringComparison.OrdinalIgnoreCase) => "A password does not contain the login.",
        _ when password.Distinct().Count() < 5 => "A password has at least five different characters.",
        _ => null,
    };

    public void Dispose() => _verifying.Dispose();

    private async Task<bool?> VerifyAsync(string hash, string password, CancellationToken ct)
    {
        if (Interlocked.Increment(ref _waiting) > MostWaiting)
        {
            Interlocked.Decrement(ref _waiting);
            return null;
        }

        try
        {
            await _verifying.WaitAsync(ct);
            try
            {
                return await Task.Run(() => _hasher.VerifyHashedPassword(null!, hash, password), ct) is not PasswordVerificationResult.Failed;
            }
            finally
            {
                _verifying.Release();
            }
        }
        finally
        {
            Interlocked.Decrement(ref _waiting);
        }
    }

    private static Caller As(Actor actor) => new(actor, Opens, Guid.CreateVersion7(), IdempotencyKey: null);

    private static string? Cut(string? userAgent)
    {
        var printable = userAgent is null ? null : new string([.. userAgent.Where(letter => letter is >= ' ' and <= '~').Take(200)]).Trim();
        return string.IsNullOrEmpty(printable) ? null : printable;
    }
}
