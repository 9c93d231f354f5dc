using System.Collections.Frozen;
using System.Net.Http.Json;
using Platform.Api.Access;
using Platform.Domain.Access;
using Platform.Domain.Bulk;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;
using Platform.GraphQL.Conventions;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>R-42, R-46: permission and rows are judged for every single event.</summary>
public sealed class EventScopeTests(LiveHost host) : IClassFixture<LiveHost>
{
    private static readonly string[] _all = ["events.read", "catalog.read", "partners.read", "network.read"];

    [Fact]
    public async Task Only_events_whose_type_the_listener_may_read_are_told()
    {
        // given
        using var feed = await host.OpenAsync(
            LiveHost.Listener(RowScope.Everything, "events.read", "catalog.read"), string.Empty, lastEventId: null);

        // when
        await host.PartnerAsync();
        await host.DraftItemAsync(MasterData.NewItem());

        // then
        (await feed.NextAsync()).Type.ShouldBe("platform.ItemCreated.v1");
    }

    [Fact]
    public async Task A_warehouse_is_heard_of_by_those_of_the_warehouse_or_of_its_company()
    {
        // given
        var mine = await host.LegalEntityAsync("EUR");
        var others = await host.LegalEntityAsync("EUR");
        var (warehouse, zone) = await host.WarehouseAsync(mine);
        var (_, foreign) = await host.WarehouseAsync(others);
        using var ofWarehouse = await host.OpenAsync(
            Of(new RowScope(null, Set(warehouse.Value), null)), "?types=BinCreated", lastEventId: null);
        using var ofCompany = await host.OpenAsync(
            Of(new RowScope(Set(mine.Value), null, null)), "?types=BinCreated", lastEventId: null);
        using var ofNothing = await host.OpenAsync(Of(RowScope.Nothing), "?types=BinCreated,ItemCreated", lastEventId: null);

        // when
        await host.BinAsync(foreign, BinRole.Reserve);
        var bin = await host.BinAsync(zone, BinRole.Reserve);
        var item = await host.DraftItemAsync(MasterData.NewItem());

        // then
        (await ofWarehouse.NextAsync()).Payload.GetProperty("bin").GetGuid().ShouldBe(bin.Value);
        (await ofCompany.NextAsync()).Payload.GetProperty("bin").GetGuid().ShouldBe(bin.Value);
        (await ofNothing.NextAsync()).Payload.GetProperty("item").GetGuid().ShouldBe(item.Value); // items are shared
    }

    [Fact]
    public async Task A_supplier_in_the_portal_hears_of_itself_only()
    {
        // given
        var supplier = await host.SupplierAsync();
        using var feed = await host.OpenAsync(
            Of(new RowScope(null, null, Set(supplier.Value))), "?types=SupplierSuspended", lastEventId: null);

        // when
        var other = await host.SupplierAsync();
        await SuspendAsync(other);
        await SuspendAsync(supplier);

        // then
        (await feed.NextAsync()).Payload.GetProperty("supplier").GetGuid().ShouldBe(supplier.Value);
    }

    [Fact]
    public async Task A_job_is_heard_of_by_the_account_that_asked_for_it_and_by_nobody_else_who_may_see_the_same()
    {
        // given
        var (asker, colleague) = (ExportsAs(Callers.Supervisor.Actor), ExportsAs(LiveHost.Everything.Actor));
        using var theirs = await host.OpenAsync(asker, "?types=ExportStarted,ItemCreated", lastEventId: null);
        using var others = await host.OpenAsync(colleague, "?types=ExportStarted,ItemCreated", lastEventId: null);
        const string document = """subscription { events(types: ["ExportStarted", "ItemCreated"]) { type } }""";
        await using var first = await LiveExecution.OpenAsync(host, colleague, "exporters", document, resumeFrom: null, variables: null);
        await using var second = await LiveExecution.OpenAsync(host, asker, "exporters", document, resumeFrom: null, variables: null);

        // when
        var started = await host.RunAsync(new StartExport("{ items { nodes { code } } }", Variables: null, ExportFormat.JsonLines));
        await host.DraftItemAsync(MasterData.NewItem());

        // then
        (await theirs.NextAsync()).Payload.GetProperty("job").GetGuid().ShouldBe(started.Value.Job.Value);
        (await others.NextAsync()).Type.ShouldBe("platform.ItemCreated.v1");
        (await TypeAsync(second)).ShouldBe("ExportStarted");
        (await TypeAsync(first)).ShouldBe("ItemCreated");
    }

    [Fact]
    public async Task The_history_of_a_thing_is_told_the_newest_first_to_those_who_may_hear_of_it()
    {
        // given
        var entity = await host.LegalEntityAsync("EUR");
        var (warehouse, zone) = await host.WarehouseAsync(entity);
        var (elsewhere, _) = await host.WarehouseAsync(entity);
        var bin = await host.BinAsync(zone, BinRole.Reserve);
        (await host.RunAsync(new BlockBin(bin, Version: 1, GoodsIn: true, GoodsOut: false, "water"), MasterData.Steward)).Error.ShouldBeNull();
        await host.SettledHeadAsync();
        var id = NodeIdFormat.Write("Bin", bin.Value);

        // when
        var all = await HistoryAsync(RowLimits.None, $$"""history(id: "{{id}}") { type subjectVersion happened { __typename } }""");
        var older = await HistoryAsync(RowLimits.None, $$"""history(id: "{{id}}", before: 2, first: 1) { type }""");
        var theirs = await HistoryAsync(RowLimits.None with { Warehouses = [warehouse] }, $$"""history(id: "{{id}}") { type }""");
        var others = await HistoryAsync(RowLimits.None with { Warehouses = [elsewhere] }, $$"""history(id: "{{id}}") { type }""");

        // then
        all.ShouldBe("""{"data":{"history":[{"type":"BinBlocked","subjectVersion":2,"happened":{"__typename":"BinBlocked"}},{"type":"BinCreated","subjectVersion":1,"happened":{"__typename":"BinCreated"}}]}}""");
        older.ShouldBe("""{"data":{"history":[{"type":"BinCreated"}]}}""");
        theirs.ShouldBe("""{"data":{"history":[{"type":"BinBlocked"},{"type":"BinCreated"}]}}""");
        others.ShouldBe("""{"data":{"history":[]}}""");
        (await HistoryAsync(RowLimits.None, $$"""history(id: "{{id}}", first: 201) { type }""")).ShouldContain("Between 1 and 200");
    }

    private async Task<string> HistoryAsync(RowLimits rows, string field)
    {
        using var client = await host.AsAsync(Role.Operations, rows);
        using var response = await client.PostAsJsonAsync("/graphql", new { query = $"{{ {field} }}" });
        return await response.Content.ReadAsStringAsync();
    }

    private static Principal ExportsAs(Actor actor) =>
        new(actor, FrozenSet.Create<string>(StringComparer.Ordinal, ["events.read", "catalog.read", "export.run"]), RowScope.Everything);

    private static async Task<string?> TypeAsync(LiveExecution stream) =>
        (await stream.NextAsync()).GetProperty("data").GetProperty("events").GetProperty("type").GetString();

    private static Principal Of(RowScope rows) => LiveHost.Listener(rows, _all);

    private static FrozenSet<Guid> Set(Guid id) => [id];

    private async Task SuspendAsync(SupplierId supplier) =>
        (await host.RunAsync(new SuspendSupplier(supplier, Version: 2, "late"), MasterData.Steward)).Error.ShouldBeNull();
}
