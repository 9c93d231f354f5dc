using Npgsql;
using Platform.Api.Hosting.Background;
using Platform.Domain.Access;
using Platform.Domain.Kernel.Storage;

namespace Platform.Api.Access;

/// <summary>Confirms everybody who is remembered, so that what was taken back anywhere ends here within seconds.</summary>
internal sealed class ConfirmingWork(
    Standings standings, AccessReader reader, SignInThrottle throttle, Budgets budgets, AccessSettings settings, TimeProvider clock, ILogger<ConfirmingWork> logger)
    : RepeatedWork(Standings.ConfirmEvery, clock, logger)
{
    private static readonly TimeSpan SessionsAreKept = TimeSpan.FromDays(90);

    private static readonly TimeSpan SweepEvery = TimeSpan.FromMinutes(1);

    private readonly TimeProvider _clock = clock;
    private DateTimeOffset _sweepDue = DateTimeOffset.MinValue;

    protected override async Task WorkAsync(CancellationToken ct)
    {
        await standings.ConfirmAsync(only: null, ct);
        var now = _clock.GetUtcNow();
        if (now >= _sweepDue)
        {
            budgets.Sweep();
            await standings.NoteUseAsync(ct);
            await throttle.SweepAsync(now - settings.SignInWindow, ct);
            await reader.SweepAsync(now - SessionsAreKept, ct);
            _sweepDue = now + SweepEvery;
        }
    }
}

/// <summary>Hears of changes at their commit, on whichever node they were made. A missed one is found by the next confirmation.</summary>
internal sealed class AnnouncementWork(NpgsqlDataSource source, Standings standings, TimeProvider clock, ILogger<AnnouncementWork> logger)
    : RepeatedWork(Standings.ConfirmEvery, clock, logger)
{
    protected override async Task WorkAsync(CancellationToken ct)
    {
        await using var connection = await source.OpenConnectionAsync(ct);
        var changed = new HashSet<UserId>();
        connection.Notification += (_, announcement) =>
        {
            if (Guid.TryParse(announcement.Payload, out var user))
            {
                changed.Add(new UserId(user));
            }
        };
        await using (var listen = new NpgsqlCommand($"listen {AccessChanges.Channel}", connection))
        {
            await listen.ExecuteNonQueryAsync(ct);
        }

        try
        {
            while (true)
            {
                await connection.WaitAsync(ct);
                foreach (var user in changed)
                {
                    await standings.ConfirmAsync(user, ct);
                }

                changed.Clear();
            }
        }
        catch (OperationCanceledException) when (ct.IsCancellationRequested)
        {
            // The host stops.
        }
        finally
        {
            await SessionState.GiveBackAsync(connection);
        }
    }
}
