using Platform.Domain.Kernel.Events;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

/// <summary>R-19: a position is good for the history it was given in, and for no other.</summary>
public sealed class EventRunTests(TurnstileDatabase database) : IClassFixture<TurnstileDatabase>
{
    private EventReader Reader => new(database.Application);

    [Fact]
    public async Task Positions_of_undone_events_are_refused_for_ever_and_those_of_kept_ones_go_on()
    {
        // given: ten events, of which a restored backup holds five
        var turnstile = await database.TurnstileAsync(free: 100);
        await BeginRunAsync();
        await PassAsync(turnstile, times: 5);
        var kept = await Reader.HeadAsync(CancellationToken.None);
        await PassAsync(turnstile, times: 5);
        var lost = await Reader.HeadAsync(CancellationToken.None);
        await UndoAsync(kept);

        // when: a publisher takes over, and the log grows beyond where it was
        await BeginRunAsync();
        await PassAsync(turnstile, times: 20);

        // then
        for (var position = kept + 1; position <= lost; position++)
        {
            (await Reader.ReadAsync(position, limit: 100, CancellationToken.None)).ShouldBeOfType<EventPage.CursorExpired>();
        }

        ((EventPage.Events)await Reader.ReadAsync(kept, limit: 100, CancellationToken.None)).Items.Count.ShouldBe(20);
        ((EventPage.Events)await Reader.ReadAsync(kept - 1, limit: 100, CancellationToken.None)).Items.Count.ShouldBe(21);
        (await database.BrokenInvariantsAsync()).Select(broken => broken.Invariant.Id).ShouldNotContain("I-18c");
    }

    [Fact]
    public async Task A_position_of_another_database_is_refused_by_a_new_one()
    {
        var other = new TurnstileDatabase();
        await other.InitializeAsync();
        try
        {
            // given
            var turnstile = await other.TurnstileAsync(free: 100);
            await other.ExecuteAsync("select begin_event_run()");
            await other.RunAsync(Pass.Through(turnstile, people: 1));
            await other.Application.PublishAllAsync();
            var theirs = await new EventReader(other.Application).HeadAsync(CancellationToken.None);

            // when
            await BeginRunAsync();
            await PassAsync(await database.TurnstileAsync(free: 100), times: 1);

            // then
            (await Reader.ReadAsync(theirs, limit: 1, CancellationToken.None)).ShouldBeOfType<EventPage.CursorExpired>();
        }
        finally
        {
            await other.DisposeAsync();
        }
    }

    /// <summary>What a follower sees of a publisher that takes over: nothing, but that it moves on.</summary>
    [Fact]
    public async Task The_beginning_of_a_run_costs_a_reader_nothing()
    {
        // given
        var turnstile = await database.TurnstileAsync(free: 100);
        await PassAsync(turnstile, times: 1);
        var before = await Reader.HeadAsync(CancellationToken.None);

        // when
        await BeginRunAsync();
        var began = await Reader.HeadAsync(CancellationToken.None);
        await PassAsync(turnstile, times: 1);

        // then
        var fromBefore = (EventPage.Events)await Reader.ReadAsync(before, limit: 10, CancellationToken.None);
        var fromBegan = (EventPage.Events)await Reader.ReadAsync(began, limit: 10, CancellationToken.None);
        fromBefore.Items.Select(one => one.Position).ShouldBe([began + 1]);
        fromBegan.Items.Select(one => one.Position).ShouldBe([began + 1]);
    }

    private Task<int> BeginRunAsync() => database.ExecuteAsync("select begin_event_run()");

    private async Task PassAsync(Guid turnstile, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await database.RunAsync(Pass.Through(turnstile, people: 1));
        }

        await database.Application.PublishAllAsync();
    }

    /// <summary>As a backup from then puts it back.</summary>
    private Task<int> UndoAsync(long after) => database.ExecuteAsync(
        $"""
        alter table event disable trigger never_changed;
        delete from event e using event_position p where p.xid = e.xid and p.id = e.id and p.position > {after};
        alter table event enable trigger never_changed;
        delete from event_position where position > {after};
        update event_publisher set last_position = {after};
        """);
}
