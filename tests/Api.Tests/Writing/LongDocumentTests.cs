using System.Text.Json.Nodes;
using Platform.Domain.Catalog;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Writing;

/// <summary>R-35: documents of thousands of lines are written at once; every limit above them is finite and leaves no trace.</summary>
public sealed class LongDocumentTests(GraphWorld world) : IClassFixture<GraphWorld>
{
    [Fact]
    public async Task A_receipt_of_five_thousand_lines_is_one_mutation()
    {
        var item = await world.ItemAsync(new ItemTraits());

        var payload = await world.RunAsync(
            MasterData.Steward, "postMovements", "stockPosted { movementCount } errors { __typename ... on Error { message } }", Receipt(item, lines: 5_000));

        payload.Shown().ShouldBe("""{"stockPosted":{"movementCount":5000},"errors":null}""");
        (await world.OnHandAsync(item, world.Dock)).ShouldBe(5_000);
    }

    [Fact]
    public async Task A_document_with_more_values_than_the_limit_is_refused_whole()
    {
        var item = await world.ItemAsync(new ItemTraits());
        var before = await world.TracesAsync();

        var answer = await world.SendAsync(MasterData.Steward, "postMovements", "stockPosted { movementCount }", Receipt(item, lines: 15_000));

        answer.Code().ShouldBe("VARIABLES_TOO_LARGE");
        (await world.TracesAsync()).ShouldBe(before);
    }

    [Theory]
    //          signed in  KiB    told
    [InlineData(true,       300, null)]
    [InlineData(true,     5_000, "HC0010")]
    [InlineData(false,      200, null)]
    [InlineData(false,      300, "HC0010")] // Nobody unknown has a long document to send.
    public async Task Who_is_known_may_send_more(bool isSignedIn, int kibibytes, string? told)
    {
        var answer = await world.AskAsync(
            isSignedIn ? MasterData.Steward : null, "{ __typename }", new { other = new string('x', kibibytes << 10) });

        answer.Code().ShouldBe(told);
    }

    [Fact]
    public async Task Questions_have_the_lower_limit_of_values()
    {
        var answer = await world.AskAsync(
            MasterData.Steward, "query($codes: [String!]) { items(where: { code: { in: $codes } }) { nodes { id } } }",
            new { codes = Enumerable.Repeat("A", 10_001) });

        answer.Code().ShouldBe("VARIABLES_TOO_LARGE");
    }

    private JsonObject Receipt(ItemId item, int lines) => new JsonObject
    {
        ["legalEntityId"] = GraphWorld.Id("LegalEntity", world.Entity.Value),
        ["document"] = new JsonObject { ["kind"] = "Receipt" },
        ["lines"] = new JsonArray([.. Enumerable.Range(0, lines).Select(_ => new JsonObject
        {
            ["type"] = "RECEIPT",
            ["itemId"] = GraphWorld.Id("Item", item.Value),
            ["ownerId"] = GraphWorld.Id("Owner", world.Own.Value),
            ["quantity"] = 1,
            ["unitCost"] = 2,
            ["from"] = new JsonObject { ["kind"] = "SUPPLIER" },
            ["to"] = new JsonObject { ["kind"] = "BIN", ["binId"] = GraphWorld.Id("Bin", world.Dock.Value), ["condition"] = "USABLE" },
        })]),
    };
}
