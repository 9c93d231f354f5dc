using System.Text;

namespace Platform.Tests.Api.Reading;

public sealed class CursorTests(BinWorld world) : IClassFixture<BinWorld>
{
    private const string Bad = "HC0078";

    [Fact]
    public async Task A_cursor_goes_on_only_in_its_list_with_its_filter_and_its_order()
    {
        var cursor = await CursorAsync("bins(first: 2, where: { rank: { gt: 0 } }, order: [{ code: ASC }])");

        (await AskAsync($"bins(first: 2, after: \"{cursor}\", where: {{ rank: {{ gt: 0 }} }}, order: [{{ code: ASC }}])")).Code.ShouldBeNull();
        (await AskAsync($"bins(first: 2, after: \"{cursor}\", where: {{ rank: {{ gt: 1 }} }}, order: [{{ code: ASC }}])")).Code.ShouldBe(Bad);
        (await AskAsync($"bins(first: 2, after: \"{cursor}\", order: [{{ code: ASC }}])")).Code.ShouldBe(Bad);
        (await AskAsync($"bins(first: 2, after: \"{cursor}\", where: {{ rank: {{ gt: 0 }} }}, order: [{{ code: DESC }}])")).Code.ShouldBe(Bad);
        (await AskAsync($"zones(first: 2, after: \"{cursor}\")")).Code.ShouldBe(Bad);
    }

    [Theory]
    [InlineData("")]
    [InlineData("nonsense")]
    [InlineData("AAAAAAAAAAAAAAAAAAAA")]
    [InlineData("'; drop table bin; --")]
    public async Task A_cursor_that_nobody_gave_is_refused(string cursor) =>
        (await AskAsync($"bins(first: 2, after: \"{cursor}\")")).Code.ShouldBe(Bad);

    [Fact]
    public async Task A_cursor_that_was_changed_is_refused()
    {
        var cursor = await CursorAsync("bins(first: 2)");
        for (var i = 0; i < cursor.Length - 1; i += 7)
        {
            var changed = new StringBuilder(cursor) { [i] = cursor[i] == 'A' ? 'B' : 'A' }.ToString();

            (await AskAsync($"bins(first: 2, after: \"{changed}\")")).Code.ShouldBe(Bad, changed);
        }
    }

    [Theory]
    [InlineData("first: -1", "HC0079")]
    [InlineData("first: 101", "HC0051")]
    [InlineData("last: 101", "HC0051")]
    public async Task A_page_has_a_size_that_can_be(string arguments, string code) =>
        (await AskAsync($"bins({arguments})")).Code.ShouldBe(code);

    [Fact]
    public async Task Cursors_of_pages_nearby_lead_there_in_both_directions()
    {
        var all = (await world.AskAsync("{ bins(first: 100, order: [{ code: ASC }]) { nodes { code } } }")).Nodes("bins", "code");
        var third = await PageAsync(await NeighbourAsync("first: 5", "forwardCursors", page: 3), "after");
        third.Nodes("bins", "code").ShouldBe(all[10..15]);
        third["bins"]!["pageInfo"]!["backwardCursors"]!.AsArray().Select(one => one!["page"]!.GetValue<int>()).ShouldBe([1, 2]);

        var first = third["bins"]!["pageInfo"]!["backwardCursors"]!.AsArray()[0]!["cursor"]!.ToString();
        var back = await world.AskAsync($"{{ bins(last: 5, before: \"{first}\", order: [{{ code: ASC }}]) {{ nodes {{ code }} }} }}");
        back.Nodes("bins", "code").ShouldBe(all[..5]);
    }

    [Fact]
    public async Task A_segment_is_the_same_list_by_skip_and_take()
    {
        var all = (await world.AskAsync("{ bins(first: 100, order: [{ code: ASC }]) { nodes { code } } }")).Nodes("bins", "code");

        var segment = (await world.AskAsync(
            "{ binsSegment(skip: 7, take: 5, order: [{ code: ASC }]) { items { code } pageInfo { hasNextPage hasPreviousPage } totalCount } }"))["binsSegment"]!;

        segment["items"]!.AsArray().Select(item => item!["code"]!.ToString()).ShouldBe(all[7..12]);
        segment["pageInfo"]!.ToJsonString().ShouldBe("""{"hasNextPage":true,"hasPreviousPage":true}""");
        segment["totalCount"]!.GetValue<int>().ShouldBe(all.Length);
    }

    private async Task<string> NeighbourAsync(string arguments, string side, int page)
    {
        var answer = await world.AskAsync($"{{ bins({arguments}, order: [{{ code: ASC }}]) {{ pageInfo {{ {side} {{ page cursor }} }} }} }}");
        return answer["bins"]!["pageInfo"]![side]!.AsArray().Single(one => one!["page"]!.GetValue<int>() == page)!["cursor"]!.ToString();
    }

    private Task<Answer> PageAsync(string cursor, string argument) => world.AskAsync(
        $"{{ bins(first: 5, {argument}: \"{cursor}\", order: [{{ code: ASC }}]) {{ nodes {{ code }} pageInfo {{ backwardCursors {{ page cursor }} }} }} }}");

    private async Task<string> CursorAsync(string list)
    {
        var answer = await AskAsync(list);
        return answer[list.Split('(')[0]]!["pageInfo"]!["endCursor"]!.ToString();
    }

    private Task<Answer> AskAsync(string list) => world.AskAsync($"{{ {list} {{ nodes {{ __typename }} pageInfo {{ endCursor }} }} }}");
}
