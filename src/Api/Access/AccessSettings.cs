using Platform.Api.Hosting.Settings;

namespace Platform.Api.Access;

/// <summary>How long doors stay open and how often they may be knocked at.</summary>
public sealed class AccessSettings : ISettings
{
    public string Section => "Access";

    /// <summary>How long a bearer token is good before it must be refreshed.</summary>
    public TimeSpan TokenLifetime { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a session lasts, however often it is refreshed.</summary>
    public TimeSpan SessionLifetime { get; set; } = TimeSpan.FromHours(12);

    /// <summary>How long a cookie that nobody uses is good.</summary>
    public TimeSpan CookieIdle { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Wrong passwords for one login in a window; then nobody gets in with it until the window has passed.</summary>
    public int SignInTries { get; set; } = 5;

    /// <summary>Tries from one address (a /64 in IPv6), whatever the logins: a warehouse behind one address has many people.</summary>
    public int SignInTriesPerAddress { get; set; } = 50;

    /// <summary>How long tries to sign in are counted together.</summary>
    public TimeSpan SignInWindow { get; set; } = TimeSpan.FromMinutes(15);

    /// <summary>Other sites whose pages may use the cookie, separated by spaces: https://console.example.com.</summary>
    public string AllowedOrigins { get; set; } = string.Empty;

    /// <summary>What one person may spend in a minute, in the cost points of the graph; a mutation costs a hundred.</summary>
    public int PointsPerMinute { get; set; } = 100_000;

    /// <summary>What another system or a device may spend: it works for many.</summary>
    public int MachinePointsPerMinute { get; set; } = 10_000_000;

    /// <summary>What all who did not sign in may spend in a minute from one address.</summary>
    public int AnonymousPointsPerMinute { get; set; } = 2_000;

    public IEnumerable<string> Faults()
    {
        if (TokenLifetime < TimeSpan.FromSeconds(1) || TokenLifetime > SessionLifetime)
        {
            yield return $"TokenLifetime is {TokenLifetime}, it must lie between 1 s and SessionLifetime";
        }

        if (SessionLifetime > TimeSpan.FromDays(30))
        {
            yield return $"SessionLifetime is {SessionLifetime}, it must be at most 30 days";
        }

        if (CookieIdle < TimeSpan.FromMinutes(2) || CookieIdle > SessionLifetime)
        {
            yield return $"CookieIdle is {CookieIdle}, it must lie between 2 min and SessionLifetime";
        }

        if (SignInTries is < 1 or > 100 || SignInTriesPerAddress is < 1 or > 10_000)
        {
            yield return "SignInTries must lie between 1 and 100, SignInTriesPerAddress between 1 and 10000";
        }

        if (SignInWindow < TimeSpan.FromSeconds(1) || SignInWindow > TimeSpan.FromDays(1))
        {
            yield return $"SignInWindow is {SignInWindow}, it must lie between 1 s and 1 day";
        }

        if (PointsPerMinute < 1_000 || MachinePointsPerMinute < 1_000 || AnonymousPointsPerMinute < 100)
        {
            yield return "PointsPerMinute and MachinePointsPerMinute must be at least 1000 and AnonymousPointsPerMinute at least 100";
        }

        foreach (var origin in Origins().Where(origin => !Uri.TryCreate(origin, UriKind.Absolute, out var uri) || uri.PathAndQuery != "/"))
        {
            yield return $"AllowedOrigins names '{origin}', which is no origin such as https://console.example.com";
        }
    }

    internal string[] Origins() => AllowedOrigins.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
