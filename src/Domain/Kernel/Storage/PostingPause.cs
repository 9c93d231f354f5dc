using Microsoft.EntityFrameworkCore;

namespace Platform.Domain.Kernel.Storage;

/// <summary>
/// For commands that ask whether there is stock, and whose change would wrong goods that arrive meanwhile. Posters hold the
/// rules shared from before their first read until their commit; whoever takes them alone has seen everything posted, and
/// what is posted later sees the change.
/// </summary>
internal static class PostingPause
{
    /// <summary>Before any row is locked: posters lock rows while they hold the rules.</summary>
    public static Task PausePostingAsync(this PlatformDb db, CancellationToken ct) =>
        db.Database.ExecuteSqlAsync($"select pg_advisory_xact_lock({AdvisoryLocks.PostingRules})", ct);
}
