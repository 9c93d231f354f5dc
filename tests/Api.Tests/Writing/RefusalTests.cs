using System.Text.Json.Nodes;
using Platform.Domain.Catalog;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Writing;

/// <summary>Bad input gets a clear answer and leaves no trace; one key has one effect and one answer (I-17).</summary>
public sealed class RefusalTests(GraphWorld world) : IClassFixture<GraphWorld>
{
    private const string Block = "itemBlocked { itemId version } errors { __typename ... on Error { code message } ... on StaleVersionError { expected current } }";

    private static readonly string _absent = GraphWorld.Id("Item", Guid.CreateVersion7());

    public static TheoryData<string, string, string> MalformedInputs => new()
    {
        // what                               the input                                                       the code
        { "an id of another record",          $$"""{"itemId":"{{GraphWorld.Id("Lot", Guid.CreateVersion7())}}","version":1,"reason":"x"}""", "BAD_ID" },
        { "an id that is none",               """{"itemId":"item-1","version":1,"reason":"x"}""",             "BAD_ID" },
        { "an id of ten thousand letters",    $$"""{"itemId":"{{new string('A', 10_000)}}","version":1,"reason":"x"}""", "BAD_ID" },
        { "an id with a torn body",           $$"""{"itemId":"{{GraphWorld.Id("Item", Guid.Empty)[..12]}}","version":1,"reason":"x"}""", "BAD_ID" },
        { "a version that is a word",         $$"""{"itemId":"{{_absent}}","version":"one","reason":"x"}""",  "HC0016" },
        { "a version beyond every integer",   $$"""{"itemId":"{{_absent}}","version":99999999999,"reason":"x"}""", "HC0016" },
        { "a field nobody knows",             $$"""{"itemId":"{{_absent}}","version":1,"reason":"x","status":"ACTIVE"}""", "HC0016" },
        { "a needed field that is missing",   $$"""{"itemId":"{{_absent}}","version":1}""",                   "HC0016" },
        { "a needed field that is null",      $$"""{"itemId":"{{_absent}}","version":1,"reason":null}""",     "HC0016" },
        { "a list where one is asked for",    $$"""{"itemId":["{{_absent}}"],"version":1,"reason":"x"}""",    "HC0016" },
    };

    [Theory]
    [MemberData(nameof(MalformedInputs))]
    public async Task Malformed_input_is_refused_and_leaves_no_trace(string what, string input, string code)
    {
        var before = await world.TracesAsync();

        var answer = await world.SendAsync(MasterData.Steward, "blockItem", Block, JsonNode.Parse(input)!, key: "malformed");

        answer.Code().ShouldBe(code, $"{what}: {answer.ToJsonString()}");
        (await world.TracesAsync()).ShouldBe(before);
    }

    [Fact]
    public async Task Where_in_the_input_a_wrong_id_stands_is_said()
    {
        var answer = await world.SendAsync(
            MasterData.Steward, "postMovements", "errors { __typename }",
            new
            {
                legalEntityId = GraphWorld.Id("LegalEntity", world.Entity.Value),
                document = new { kind = "Test" },
                lines = new object[]
                {
                    new
                    {
                        type = "MOVE", itemId = _absent, quantity = 1m, from = new { kind = "SUPPLIER" },
                        to = new { kind = "BIN", binId = _absent, condition = "USABLE" },
                    },
                },
            });

        answer["errors"]![0]!["extensions"]!["inputPath"].Shown().ShouldBe("""["input","lines",0,"to","binId"]""");
        answer["errors"]![0]!["message"].Text().ShouldBe("The id is not one of type `Bin`.");
    }

    [Fact]
    public async Task Exactly_one_kind_of_change_is_taken()
    {
        var answer = await world.SendAsync(
            MasterData.Steward, "changeItem", "errors { __typename }",
            new { itemId = _absent, version = 1, change = new { costing = new { method = "FIFO" }, weighing = new { } } });

        answer.Code().ShouldBe("HC0055", answer.ToJsonString());
    }

    [Fact]
    public async Task A_field_that_breaks_its_own_rule_is_named_and_leaves_the_key_to_the_corrected_request()
    {
        var item = await world.ActiveItemAsync(MasterData.NewItem());

        var wrong = await world.RunAsync(MasterData.Steward, "blockItem", "errors { ... on InvalidFieldError { field given } }", Input(item, reason: ""), "mended");
        var right = await world.RunAsync(MasterData.Steward, "blockItem", Block, Input(item, reason: "recalled"), "mended");

        wrong.Refusal().Shown().ShouldBe("""{"field":"reason","given":""}""");
        right["itemBlocked"]!["version"]!.GetValue<int>().ShouldBe(3);
    }

    [Fact]
    public async Task A_repeat_with_the_same_key_is_answered_again_and_changes_nothing()
    {
        var item = await world.ActiveItemAsync(MasterData.NewItem());

        var first = await world.SendAsync(MasterData.Steward, "blockItem", Block, Input(item, "twice"), "again");
        var events = await world.ScalarAsync<long>("select count(*) from event");
        var second = await world.SendAsync(MasterData.Steward, "blockItem", Block, Input(item, "twice"), "again");

        second["data"].Shown().ShouldBe(first["data"].Shown());
        first["extensions"]?["idempotencyReplay"].ShouldBeNull();
        second["extensions"]!["idempotencyReplay"]!.GetValue<bool>().ShouldBeTrue();
        (await world.ScalarAsync<long>("select count(*) from event")).ShouldBe(events);
    }

    [Fact]
    public async Task A_refusal_that_depends_on_the_state_is_kept_under_its_key_too()
    {
        var item = await world.DraftItemAsync(MasterData.NewItem());

        var first = await world.RunAsync(MasterData.Steward, "blockItem", Block, Input(item, "draft", version: 1), "refused");
        await world.RunAsync(new ActivateItem(item, Version: 1), MasterData.Steward);
        var second = await world.RunAsync(MasterData.Steward, "blockItem", Block, Input(item, "draft", version: 1), "refused");

        first.Refusal()["__typename"].Text().ShouldBe("WrongStatusError");
        second.Shown().ShouldBe(first.Shown());
    }

    [Fact]
    public async Task A_key_used_for_other_input_is_refused_and_a_key_in_the_input_comes_first()
    {
        var (one, other) = (await world.ActiveItemAsync(MasterData.NewItem()), await world.ActiveItemAsync(MasterData.NewItem()));
        await world.RunAsync(MasterData.Steward, "blockItem", Block, Input(one, "first"), "reused");

        var reused = await world.RunAsync(MasterData.Steward, "blockItem", Block, Input(other, "second"), "reused");
        var own = await world.RunAsync(MasterData.Steward, "blockItem", Block, Input(other, "second", key: "my own"), "reused");
        var ownGood = await world.RunAsync(MasterData.Steward, "blockItem", Block, Input(other, "second", key: "my-own"), "reused");

        reused.Refusal()["code"].Text().ShouldBe("IDEMPOTENCY_KEY_REUSED");
        own.Refusal()["code"].Text().ShouldBe("IDEMPOTENCY_KEY_INVALID");
        ownGood["errors"].ShouldBeNull();
    }

    [Fact]
    public async Task Several_mutations_of_one_request_share_its_key_by_their_alias()
    {
        var (one, other) = (await world.ActiveItemAsync(MasterData.NewItem()), await world.ActiveItemAsync(MasterData.NewItem()));
        const string Both = "mutation($a: BlockItemInput!, $b: BlockItemInput!) { a: blockItem(input: $a) { errors { __typename } } b: blockItem(input: $b) { errors { __typename } } }";
        var variables = new { a = Input(one, "both"), b = Input(other, "both") };

        var first = await world.AskAsync(MasterData.Steward, Both, variables, "both");
        var events = await world.ScalarAsync<long>("select count(*) from event");
        var second = await world.AskAsync(MasterData.Steward, Both, variables, "both");

        first["data"].Shown().ShouldBe("""{"a":{"errors":null},"b":{"errors":null}}""");
        second["data"].Shown().ShouldBe(first["data"].Shown());
        (await world.ScalarAsync<long>("select count(*) from event")).ShouldBe(events);
        (await world.ScalarAsync<long>("select count(distinct correlation_id) from audit where reason = 'both'")).ShouldBe(1);
    }

    [Fact]
    public async Task An_absent_record_is_a_refusal_with_its_id()
    {
        var payload = await world.RunAsync(
            MasterData.Steward, "blockItem", "errors { ... on ItemNotFoundError { itemId } }", new { itemId = _absent, version = 1, reason = "x" });

        payload.Refusal().Shown().ShouldBe($$"""{"itemId":"{{_absent}}"}""");
    }

    private static object Input(ItemId item, string reason, int version = 2, string? key = null) =>
        new { itemId = GraphWorld.Id("Item", item.Value), version, reason, idempotencyKey = key };
}
