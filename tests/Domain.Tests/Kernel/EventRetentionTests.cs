using Platform.Domain.Kernel.Events;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

public sealed class EventRetentionTests(TurnstileDatabase database) : IClassFixture<TurnstileDatabase>
{
    [Fact]
    public async Task A_dropped_month_expires_the_cursors_that_point_into_it_and_keeps_the_rest_dense()
    {
        var turnstile = await database.TurnstileAsync(free: 100);
        await database.ExecuteAsync("select ensure_month_partitions('event', '2025-01-01', '2025-02-01')");
        for (var i = 0; i < 10; i++)
        {
            await database.RunAsync(Pass.Through(turnstile, people: 1));
        }

        await AgeAsync(oldest: 6);
        await database.Application.PublishAllAsync();

        var dropped = await database.ScalarAsync<int>("select retire_events(interval '90 days')");

        dropped.ShouldBe(2);
        var reader = new EventReader(database.Application);
        (await reader.ReadAsync(after: 5, limit: 10, CancellationToken.None))
            .ShouldBe(new EventPage.CursorExpired(After: 5, FirstRetained: 7, Head: 10));
        ((EventPage.Events)await reader.ReadAsync(after: 6, limit: 10, CancellationToken.None))
            .Items.Select(one => one.Position).ShouldBe([7, 8, 9, 10]);
        (await database.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    /// <summary>Moves the first events into last year, as if they had been recorded then.</summary>
    private async Task AgeAsync(int oldest)
    {
        await database.ExecuteAsync(
            $"""
            alter table event disable trigger never_changed;
            update event set recorded_at = '2025-01-15' where id in (select id from event order by id limit {oldest});
            alter table event enable trigger never_changed;
            """);
    }
}
