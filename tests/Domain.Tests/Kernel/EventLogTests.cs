using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Platform.Domain.Kernel;
using Platform.Domain.Kernel.Events;
using Platform.Domain.Kernel.Storage;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

public sealed class EventLogTests(TurnstileDatabase database) : IClassFixture<TurnstileDatabase>
{
    private EventReader Reader => new(database.Application);

    [Fact]
    public async Task A_reader_resumes_from_any_position_and_gets_every_event_once()
    {
        var turnstile = await database.TurnstileAsync(free: 1_000);
        await database.Application.PublishAllAsync();
        var start = await Reader.HeadAsync(CancellationToken.None);
        for (var i = 0; i < 25; i++)
        {
            await database.RunAsync(Pass.Through(turnstile, people: 1));
        }

        await database.Application.PublishAllAsync();

        var all = await ReadToHeadAsync(start, limit: 7);
        all.Select(one => one.Position).ShouldBe(Enumerable.Range(1, 25).Select(i => start + i));
        all.Select(one => one.Version).ShouldBe(Enumerable.Range(1, 25));
        (await ReadToHeadAsync(start + 10, limit: 100)).ShouldBe(all.Skip(10));
        var last = all[^1];
        (last.Type, last.Subject, last.ActorKind, last.OccurredAt).ShouldBe(
            ("Passed", new Subject("Turnstile", turnstile), ActorKind.Human, database.Clock.GetUtcNow()));
    }

    [Fact]
    public async Task A_cursor_from_the_future_is_expired_rather_than_silently_empty()
    {
        await database.Application.PublishAllAsync();
        var head = await Reader.HeadAsync(CancellationToken.None);

        var page = await Reader.ReadAsync(head + 1, limit: 10, CancellationToken.None);

        page.ShouldBe(new EventPage.CursorExpired(head + 1, FirstRetained: 1, head));
    }

    /// <summary>Commit to delivery, through the publisher and a notification: what a live subscription waits for .</summary>
    [Fact]
    public async Task A_follower_gets_what_is_committed_in_order_and_soon()
    {
        var turnstile = await database.TurnstileAsync(free: 1_000);
        await database.Application.PublishAllAsync();
        var start = await Reader.HeadAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var doorbell = database.Services.GetRequiredService<EventDoorbell>();
        var publishing = new EventPublisher(database.Application, doorbell, TimeProvider.System, NullLogger<EventPublisher>.Instance)
            .RunAsync(stop.Token);
        var feed = new EventFeed(database.Application, Reader, TimeProvider.System, NullLogger<EventFeed>.Instance);
        var listening = feed.ListenAsync(stop.Token);
        var delays = new List<TimeSpan>();
        var versions = new List<int>();
        await using var pages = feed.FollowAsync(start, stop.Token).GetAsyncEnumerator();
        for (var i = 0; i < 30; i++)
        {
            await database.RunAsync(Pass.Through(turnstile, people: 1));
            var committed = Stopwatch.GetTimestamp();
            (await pages.MoveNextAsync()).ShouldBeTrue();
            delays.Add(Stopwatch.GetElapsedTime(committed));
            versions.AddRange(((EventPage.Events)pages.Current).Items.Select(one => one.Version));
        }

        await stop.CancelAsync();
        await Task.WhenAll(publishing, listening);
        versions.ShouldBe(Enumerable.Range(1, 30));
        delays.Order().ElementAt(15).ShouldBeLessThan(TimeSpan.FromMilliseconds(500)); // the median; other tests hold the horizon at times
    }

    [Fact]
    public async Task A_refused_or_failed_command_publishes_nothing_I_18()
    {
        var turnstile = await database.TurnstileAsync(free: 0);
        await database.RunAsync(Pass.Through(turnstile, people: 1));
        await database.Application.PublishAllAsync();

        (await database.EventsOfAsync(turnstile)).ShouldBe(0);
    }

    /// <summary>
    /// Version 2 is written by a transaction that took its id before the writer of version 1 did. Ids alone would
    /// publish 2 first.
    /// </summary>
    [Fact]
    public async Task A_later_version_never_overtakes_though_its_transaction_began_first_R_16()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        await using var early = await database.Application.OpenConnectionAsync();
        await using var earlyTransaction = await early.BeginTransactionAsync();
        await XidAsync(early);
        await using var between = await database.Application.OpenConnectionAsync();
        await using var betweenTransaction = await between.BeginTransactionAsync();
        await XidAsync(between);
        await database.RunAsync(Pass.Through(turnstile, people: 1)); // version 1, by the youngest transaction
        await InsertEventAsync(early, turnstile, version: 2);
        await earlyTransaction.CommitAsync();

        // The one between holds the horizon above version 2 and below version 1.
        await EventPublisher.PublishAsync(database.Application, CancellationToken.None);
        (await PositionsAsync(turnstile)).ShouldBeEmpty();

        await betweenTransaction.RollbackAsync();
        await database.Application.PublishAllAsync();
        (await PositionsAsync(turnstile)).ShouldBe([1, 2]);
        (await database.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    /// <summary>
    /// Eight writers with random commit delays and 30 % rollbacks, several events of few aggregates each. The reader
    /// misses nothing; a poller of <c>id &gt; last</c> beside it does, which proves that the test bites.
    /// </summary>
    [Fact]
    public async Task No_event_is_lost_under_random_commit_delays_while_a_naive_cursor_loses_some_R_14()
    {
        var duration = TimeSpan.FromSeconds(Budget.Seconds("EVENTS", usual: 4));
        var turnstiles = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => database.TurnstileAsync(free: 1_000_000)));
        await database.Application.PublishAllAsync();
        var start = await Reader.HeadAsync(CancellationToken.None);
        var lastId = await database.ScalarAsync<long>("select coalesce(max(id), 0) from event");
        using var stop = new CancellationTokenSource();
        var doorbell = new EventDoorbell();
        var publishing = new EventPublisher(database.Application, doorbell, TimeProvider.System, NullLogger<EventPublisher>.Instance)
            .RunAsync(stop.Token);
        var naive = NaiveAsync(lastId, stop.Token);
        var following = FollowAsync(start, stop.Token);

        var committed = await WriteAsync(turnstiles, duration);
        await database.Application.PublishAllAsync();
        await stop.CancelAsync();
        await publishing;

        var followed = await following;
        followed.AddRange(await ReadToHeadAsync(followed is [.., var newest] ? newest.Position : start, limit: 1_000));
        followed.Select(one => one.EventId).Order().ShouldBe(committed.Order());
        followed.Select(one => one.Position).ShouldBe(Enumerable.Range(0, followed.Count).Select(i => followed[0].Position + i));
        foreach (var ofOne in followed.GroupBy(one => one.Subject.Id))
        {
            ofOne.Select(one => one.Version).ShouldBe(Enumerable.Range(1, ofOne.Count()));
        }

        var missed = committed.Except(await naive).Count();
        missed.ShouldBeGreaterThan(0, $"The naive cursor must lose some of {committed.Count}, or this test proves nothing.");
    }

    /// <summary>The session of the publisher is cut again and again, at any point of its work .</summary>
    [Fact]
    public async Task A_publisher_killed_again_and_again_stamps_every_event_once_R_15()
    {
        var kills = Budget.Count("PUBLISHER_KILLS", usual: 50);
        var turnstile = await database.TurnstileAsync(free: 1_000_000);
        await database.Application.PublishAllAsync();
        var start = await Reader.HeadAsync(CancellationToken.None);
        using var stop = new CancellationTokenSource();
        var doorbell = new EventDoorbell();
        var publishers = Enumerable.Range(0, 2).Select(_ =>
            new EventPublisher(database.Application, doorbell, new QuickDelays(), NullLogger<EventPublisher>.Instance)
                .RunAsync(stop.Token)).ToList();
        var writing = Task.Run(async () =>
        {
            var written = 0;
            while (!stop.IsCancellationRequested)
            {
                await using var connection = await database.Owner.OpenConnectionAsync();
                await InsertEventsAsync(connection, count: 5);
                written += 5;
            }

            return written;
        });

        for (var kill = 0L; kill < kills;)
        {
            await Task.Delay(Random.Shared.Next(5, 30));
            kill += await database.ScalarAsync<long>(
                $"""
                select count(pg_terminate_backend(l.pid)) from pg_locks l
                where l.locktype = 'advisory' and l.objid = {(uint)(AdvisoryLocks.EventPublisher & 0xFFFFFFFF)} and l.granted
                  and l.database = (select oid from pg_database where datname = current_database())
                """);
        }

        await stop.CancelAsync();
        await Task.WhenAll(publishers);
        var committed = await writing;
        await database.Application.PublishAllAsync();

        var all = await ReadToHeadAsync(start, limit: 1_000);
        all.Count.ShouldBe(committed);
        all.Select(one => one.EventId).Distinct().Count().ShouldBe(committed);
        all.Select(one => one.Position).ShouldBe(all.Select(one => one.Position).Distinct().Order());
        (await database.BrokenInvariantsAsync()).ShouldBeEmpty(); // Dense, but for the holes between runs.
        (await database.BrokenInvariantsAsync()).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_long_transaction_delays_publication_is_reported_and_loses_nothing_R_17()
    {
        var turnstile = await database.TurnstileAsync(free: 10);
        await using var lingering = await database.Application.OpenConnectionAsync();
        await using (var transaction = await lingering.BeginTransactionAsync())
        {
            await XidAsync(lingering);
            await database.RunAsync(Pass.Through(turnstile, people: 1));
            await EventPublisher.PublishAsync(database.Application, CancellationToken.None);
            (await PositionsAsync(turnstile)).ShouldBeEmpty();
            await Task.Delay(1_100);
            (await EventLag.MeasureAsync(database.Application, CancellationToken.None))
                .OldestUnpublished.ShouldBeGreaterThan(TimeSpan.FromSeconds(1));
        }

        await database.Application.PublishAllAsync();

        (await PositionsAsync(turnstile)).ShouldBe([1]);
        (await EventLag.MeasureAsync(database.Application, CancellationToken.None)).OldestUnpublished.ShouldBe(TimeSpan.Zero);
    }

    [Fact]
    public async Task A_session_idle_in_its_transaction_is_ended_so_that_it_cannot_hold_publication_R_17()
    {
        await using var command = database.Application.CreateCommand(
            "select current_setting('idle_in_transaction_session_timeout') || ' ' || current_setting('lock_timeout') || ' ' || current_setting('statement_timeout') || ' ' || current_user");

        (await command.ExecuteScalarAsync()).ShouldBe("10s 2s 10s platform_api");
    }

    private async Task<List<Guid>> WriteAsync(Guid[] turnstiles, TimeSpan duration)
    {
        var committed = new ConcurrentBag<Guid>();
        var clock = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(async _ =>
        {
            while (clock.Elapsed < duration)
            {
                await using var connection = await database.Application.OpenConnectionAsync();
                await using var transaction = await connection.BeginTransactionAsync();
                await XidAsync(connection); // The id is taken early, the row much later, as in a slow handler.
                await Task.Delay(Random.Shared.Next(0, 30));
                var events = await InsertEventsAsync(
                    connection, turnstiles[Random.Shared.Next(turnstiles.Length)], Random.Shared.Next(1, 4));
                await Task.Delay(Random.Shared.Next(0, 100));
                if (Random.Shared.Next(10) < 3)
                {
                    await transaction.RollbackAsync();
                    continue;
                }

                await transaction.CommitAsync();
                events.ForEach(committed.Add);
            }
        }));
        return [.. committed];
    }

    private async Task<HashSet<Guid>> NaiveAsync(long lastId, CancellationToken stop)
    {
        var seen = new HashSet<Guid>();
        while (!stop.IsCancellationRequested)
        {
            await using var poll = database.Owner.CreateCommand("select id, event_id from event where id > $1 order by id");
            poll.Parameters.AddWithValue(lastId);
            await using var rows = await poll.ExecuteReaderAsync(CancellationToken.None);
            while (await rows.ReadAsync(CancellationToken.None))
            {
                lastId = rows.GetInt64(0);
                seen.Add(rows.GetGuid(1));
            }

            await Task.Delay(5, CancellationToken.None);
        }

        return seen;
    }

    private async Task<List<PublishedEvent>> FollowAsync(long after, CancellationToken stop)
    {
        var followed = new List<PublishedEvent>();
        while (!stop.IsCancellationRequested)
        {
            var page = (EventPage.Events)await Reader.ReadAsync(after, limit: 100, CancellationToken.None);
            followed.AddRange(page.Items);
            after = page.Items is [.., var last] ? last.Position : after;
            await Task.Delay(5, CancellationToken.None);
        }

        return followed;
    }

    private async Task<List<PublishedEvent>> ReadToHeadAsync(long after, int limit)
    {
        var all = new List<PublishedEvent>();
        while (true)
        {
            var page = (EventPage.Events)await Reader.ReadAsync(after, limit, CancellationToken.None);
            if (page.Items is not [.., var last])
            {
                return all;
            }

            all.AddRange(page.Items);
            after = last.Position;
        }
    }

    private async Task<int[]> PositionsAsync(Guid turnstile) =>
        await database.ScalarAsync<int[]>(
            $"""
            select coalesce(array_agg(e.version order by p.position), array[]::int[])
            from event e join event_position p using (xid, id) where e.aggregate_id = '{turnstile}'
            """);

    private static async Task XidAsync(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand("select pg_current_xact_id()", connection);
        await command.ExecuteScalarAsync();
    }

    private static async Task InsertEventAsync(NpgsqlConnection connection, Guid turnstile, int version)
    {
        var written = await InsertEventsAsync(connection, turnstile, count: 1);
        await using var check = new NpgsqlCommand("select version from event where event_id = $1", connection);
        check.Parameters.AddWithValue(written[0]);
        ((int)(await check.ExecuteScalarAsync())!).ShouldBe(version);
    }

    private static Task<List<Guid>> InsertEventsAsync(NpgsqlConnection connection, int count) =>
        InsertEventsAsync(connection, Guid.CreateVersion7(), count);

    /// <summary>The kernel's own statement, in a transaction whose timing the test decides.</summary>
    private static async Task<List<Guid>> InsertEventsAsync(NpgsqlConnection connection, Guid turnstile, int count)
    {
        var raised = Enumerable.Range(0, count)
            .Select(_ => new RaisedEvent(new Passed(turnstile, 1, DateTimeOffset.UnixEpoch), OccurredAt: null)).ToList();
        var correlation = Guid.CreateVersion7();
        var envelope = new Envelope(
            Callers.Supervisor.Actor, Callers.Supervisor.Permissions, DateTimeOffset.UtcNow, correlation, IdempotencyKey: null);
        await using var batch = new NpgsqlBatch(connection);
        batch.BatchCommands.Add(EventRows.Insert(raised, envelope));
        await batch.ExecuteNonQueryAsync();
        await using var written = new NpgsqlCommand("select event_id from event where correlation_id = $1 and aggregate_id = $2", connection);
        written.Parameters.AddWithValue(correlation);
        written.Parameters.AddWithValue(turnstile);
        await using var rows = await written.ExecuteReaderAsync();
        var ids = new List<Guid>();
        while (await rows.ReadAsync())
        {
            ids.Add(rows.GetGuid(0));
        }

        return ids;
    }

    /// <summary>A publisher whose candidacy and poll are short, so that kills meet it at work.</summary>
    private sealed class QuickDelays : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
            base.CreateTimer(callback, state, dueTime > TimeSpan.FromMilliseconds(2) ? TimeSpan.FromMilliseconds(2) : dueTime, period);
    }
}

internal static class Publishing
{
    /// <summary>Until everything is stamped: writers of other tests on the same server may hold the horizon for a while.</summary>
    public static async Task PublishAllAsync(this NpgsqlDataSource source)
    {
        var clock = Stopwatch.StartNew();
        do
        {
            clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(30));
            await EventPublisher.PublishAsync(source, CancellationToken.None);
            await Task.Delay(5);
        }
        while ((await EventLag.MeasureAsync(source, CancellationToken.None)).OldestUnpublished > TimeSpan.Zero);
    }
}
