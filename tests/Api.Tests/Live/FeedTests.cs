using System.Net;
using System.Text.Json;
using Platform.Domain.Kernel;
using Platform.Domain.Catalog;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

public sealed class FeedTests(LiveHost host) : IClassFixture<LiveHost>
{
    [Fact]
    public async Task An_event_is_told_as_a_CloudEvent_whose_id_is_the_position()
    {
        // given
        using var feed = await host.OpenAsync(LiveHost.Everything, "?types=ItemCreated", lastEventId: null);
        feed.Response.StatusCode.ShouldBe(HttpStatusCode.OK);
        feed.Response.Content.Headers.ContentType!.MediaType.ShouldBe("text/event-stream");

        // when
        var item = await host.DraftItemAsync(MasterData.NewItem());

        // then
        var frame = await feed.NextAsync();
        var told = frame.Data!.Value;
        told.GetProperty("specversion").GetString().ShouldBe("1.0");
        frame.Type.ShouldBe("platform.ItemCreated.v1");
        told.GetProperty("subject").GetString().ShouldBe($"Item/{item.Value}");
        told.GetProperty("sequence").GetString().ShouldBe(frame.Id);
        told.GetProperty("id").GetGuid().ShouldBe(
            await host.ScalarAsync<Guid>($"select event_id from event where aggregate_id = '{item.Value}' and version = 1"));
        frame.Payload.GetProperty("item").GetGuid().ShouldBe(item.Value);
    }

    /// <summary>R-19: nothing is missing and nothing comes twice, wherever the listener was cut off.</summary>
    [Fact]
    public async Task Who_comes_back_with_the_last_id_continues_with_the_next_event()
    {
        // given
        using var first = await host.OpenAsync(LiveHost.Everything, "?types=ItemCreated", lastEventId: null);
        var items = new List<ItemId> { await host.DraftItemAsync(MasterData.NewItem()) };
        var seen = await first.NextAsync();
        first.Dispose();
        for (var i = 0; i < 3; i++)
        {
            items.Add(await host.DraftItemAsync(MasterData.NewItem()));
        }

        // when
        using var second = await host.OpenAsync(
            LiveHost.Everything, "?types=ItemCreated&after=0", long.Parse(seen.Id!, System.Globalization.CultureInfo.InvariantCulture));

        // then
        foreach (var item in items.Skip(1))
        {
            (await second.NextAsync()).Payload.GetProperty("item").GetGuid().ShouldBe(item.Value);
        }
    }

    /// <summary>Never a silent gap: what lies before the log's beginning or behind its end is refused.</summary>
    [Fact]
    public async Task A_position_that_is_not_kept_is_gone_and_the_answer_says_where_to_start_anew()
    {
        var beyond = await host.HeadAsync() + 1_000_000;

        using var feed = await host.OpenAsync(LiveHost.Everything, string.Empty, lastEventId: beyond);

        feed.Response.StatusCode.ShouldBe(HttpStatusCode.Gone);
        var answer = JsonElement.Parse(await feed.Response.Content.ReadAsStringAsync());
        answer.GetProperty("code").GetString().ShouldBe("CURSOR_EXPIRED");
        long.Parse(answer.GetProperty("head").GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeLessThan(beyond);
    }

    [Fact]
    public async Task A_silent_stream_shows_that_it_lives_and_moves_its_position()
    {
        // given
        using var feed = await host.OpenAsync(LiveHost.Everything, "?types=UnitDefined", lastEventId: null);
        var start = await feed.ReadAsync();

        // when
        await host.DraftItemAsync(MasterData.NewItem());
        FeedFrame? beat;
        do
        {
            beat = await feed.ReadAsync();
        }
        while (beat is { Comment: null } || beat!.Id == start!.Id);

        // then: what was passed over is not read again.
        long.Parse(beat.Id!, System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(long.Parse(start!.Id!, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Theory]
    [InlineData("?types=NoSuchThing", "There is no event type 'NoSuchThing'.")]
    [InlineData("?after=last", "A position is a whole number, as given in the id of an event.")]
    [InlineData("?subject=Item/x", "A subject is written as its kind, or as kind/id with a UUID: subject=Item/0195….")]
    [InlineData("?typ=ItemCreated", "The feed knows only after, legalEntity, subject, types, warehouse.")]
    [InlineData("?warehouse=7", "legalEntity and warehouse are UUIDs.")]
    public async Task A_wrong_request_is_refused_with_its_fault(string query, string message)
    {
        using var feed = await host.OpenAsync(LiveHost.Everything, query, lastEventId: null);

        feed.Response.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        JsonElement.Parse(await feed.Response.Content.ReadAsStringAsync()).GetProperty("message").GetString().ShouldBe(message);
    }

    [Fact]
    public async Task Without_the_permission_there_is_no_feed()
    {
        using var feed = await host.OpenAsync(
            LiveHost.Listener(RowScope.Everything, "catalog.read"), string.Empty, lastEventId: null);
        feed.Response.StatusCode.ShouldBe(HttpStatusCode.Forbidden);

        using var nobody = await host.Client.GetAsync(new Uri("/events", UriKind.Relative));
        nobody.StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    /// <summary>R-46: at most 2 s after the credentials are taken back, and no event afterwards.</summary>
    [Fact]
    public async Task Taking_the_credentials_back_ends_the_stream_at_once()
    {
        // given
        var listener = LiveHost.Listener(RowScope.Everything, "events.read", "catalog.read");
        using var feed = await host.OpenAsync(listener, string.Empty, lastEventId: null);
        await feed.ReadAsync();

        // when
        var clock = System.Diagnostics.Stopwatch.StartNew();
        host.Revoke(listener);
        await host.DraftItemAsync(MasterData.NewItem());

        // then
        var last = await feed.NextAsync();
        last.Event.ShouldBe("unauthorized");
        clock.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(2));
        (await feed.ReadAsync()).ShouldBeNull();
    }
}
