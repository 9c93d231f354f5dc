using System.Text.Json;
using Platform.Api.Access;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

public sealed class EventSubscriptionTests(LiveHost host) : IClassFixture<LiveHost>
{
    [Fact]
    public async Task A_subscriber_hears_what_happens_to_one_thing()
    {
        // given
        var item = await host.DraftItemAsync(MasterData.NewItem());
        var id = NodeIdFormat.Write("Item", item.Value);
        var after = await host.SettledHeadAsync();
        await host.DraftItemAsync(MasterData.NewItem());
        await host.RunAsync(new Platform.Domain.Catalog.ActivateItem(item, Version: 1), MasterData.Steward);

        // when
        await using var stream = await OpenAsync(
            LiveHost.Everything,
            $$"""subscription { events(after: "{{after}}", subjects: ["{{id}}"]) { position type subjectId data } }""");

        // then
        var told = await NextAsync(stream);
        told.GetProperty("type").GetString().ShouldBe("ItemActivated");
        told.GetProperty("subjectId").GetString().ShouldBe(id);
        told.GetProperty("data").GetProperty("version").GetInt32().ShouldBe(2);
        long.Parse(told.GetProperty("position").GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            .ShouldBeGreaterThan(long.Parse(after, System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task A_subscriber_resumes_where_the_transport_says_it_was()
    {
        // given
        var first = await host.SettledHeadAsync();
        await host.DraftItemAsync(MasterData.NewItem());
        var between = await host.SettledHeadAsync();
        var item = await host.DraftItemAsync(MasterData.NewItem());

        // when
        var stream = (ResponseStream)await host.SubscribeAsync(
            LiveHost.Everything,
            $$"""subscription { events(after: "{{first}}", types: ["ItemCreated"]) { data } }""",
            resumeFrom: $"{between}");
        await using var owned = stream;

        // then
        (await NextAsync(stream)).GetProperty("data").GetProperty("item").GetGuid().ShouldBe(item.Value);
    }

    [Theory]
    [InlineData("""after: "99999999999" """, "CURSOR_EXPIRED")]
    [InlineData("""after: "yesterday" """, "HC0078")]
    [InlineData("""types: ["Nonsense"] """, "FILTER_LIMIT")]
    public async Task What_cannot_be_followed_is_refused_at_once(string arguments, string code)
    {
        var answer = (OperationResult)await host.SubscribeAsync(
            LiveHost.Everything, $$"""subscription { events({{arguments}}) { position } }""", resumeFrom: null);

        var error = JsonElement.Parse(Body(answer)).GetProperty("errors")[0];
        error.GetProperty("extensions").GetProperty("code").GetString().ShouldBe(code);
    }

    [Fact]
    public async Task Without_the_permission_there_is_no_stream()
    {
        var answer = (OperationResult)await host.SubscribeAsync(
            LiveHost.Listener(RowScope.Everything, "catalog.read"), "subscription { events { position } }", resumeFrom: null);

        answer.HasErrors.ShouldBeTrue();
    }

    private async Task<ResponseStream> OpenAsync(Principal listener, string document)
    {
        var result = await host.SubscribeAsync(listener, document, resumeFrom: null);
        return result as ResponseStream ?? throw new InvalidOperationException(Body((OperationResult)result));
    }

    private static async Task<JsonElement> NextAsync(ResponseStream stream)
    {
        await using var results = stream.GetAsyncEnumerator();
        (await results.MoveNextAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(20))).ShouldBeTrue();
        var body = JsonElement.Parse(Body(results.Current));
        body.TryGetProperty("errors", out _).ShouldBeFalse(body.ToString());
        return body.GetProperty("data").GetProperty("events");
    }

    private static string Body(OperationResult result)
    {
        var buffer = new System.Buffers.ArrayBufferWriter<byte>();
        result.WriteTo(buffer);
        return System.Text.Encoding.UTF8.GetString(buffer.WrittenSpan);
    }
}
