using System.Reflection;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Policies;
using Platform.Domain.Quality;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Quality;

/// <summary>
/// Goods that arrive, for tests: judged, posted in the condition that follows, and their inspection opened, in one command as
/// whoever receives does it.
/// </summary>
[Needs("stock.post"), RefusesLike<PostMovements>]
internal sealed record Arrive(ArrivedGoods Goods) : ICommand<Arrived>;

internal sealed record Arrived(Guid Source, InspectionNeed Need, InspectionId? Inspection);

internal sealed class ArriveHandler(InspectionDesk desk, StockPoster poster) : ICommandHandler<Arrive, Arrived>
{
    public async Task<Result<Arrived>> HandleAsync(Arrive command, Envelope envelope, CancellationToken ct)
    {
        var goods = command.Goods;
        var need = await desk.JudgeAsync(goods, envelope, ct);
        var condition = need.IsNeeded ? StockCondition.Inspection : StockCondition.Usable;
        var posted = await poster.PostAsync(
            new PostingRequest
            {
                LegalEntity = goods.LegalEntity,
                Document = new StockDocument("Test", Number: null, Id: null),
                Lines =
                [
                    .. goods.Parts.Select(part => new MovementLine
                    {
                        Type = MovementType.Receipt,
                        Item = goods.Item,
                        From = Place.Supplier,
                        To = Place.In(goods.Bin, condition),
                        Quantity = part.Quantity,
                        Lot = part.Lot,
                        Serial = part.Serial,
                        UnitCost = 2m,
                    }),
                ],
            },
            envelope,
            ct);
        if (posted.Error is { } refused)
        {
            return refused;
        }

        return new Arrived(goods.Source.Id, need, need.IsNeeded ? await desk.OpenAsync(goods, need, envelope, ct) : null);
    }
}

/// <summary>A world in which goods arrive by the command above.</summary>
public class QualityWorld : StockWorld
{
    protected override IReadOnlyList<Assembly> HandlerAssemblies => [typeof(PlatformDb).Assembly, typeof(QualityWorld).Assembly];
}

/// <summary>Goods and people of tests of quality.</summary>
internal static class Inspecting
{
    public static Caller Author { get; } = Callers.Of(ActorKind.Human, "Rita Rules", "quality.rules", "policies.simulate");

    public static Caller Publisher { get; } = Callers.Of(ActorKind.Human, "Paul Publisher", "policies.publish");

    public static Caller Inspector { get; } = Callers.Of(
        ActorKind.Human, "Ines Inspector", "quality.inspect", "quality.dispose", "quality.hold", "quality.release", "approvals.request");

    public static Characteristic Looks { get; } = new("LOOKS", "Looks undamaged", Least: null, Most: null, Unit: null, IsCritical: false);

    public static Characteristic Width { get; } = new("WIDTH", "Width", Least: 9.5m, Most: 10.5m, Unit: "mm", IsCritical: true);

    public static InspectionRule Rule(InspectionMode mode, params IReadOnlyList<ItemId> items) => new(
        mode.ToString(), items, [], [], [], IsRegulated: null, MinRisk: null, mode, mode == InspectionMode.SkipLot ? 3 : null,
        SamplePercent: null, [], [Looks], DueHours: 24);

    public static async Task<PolicyDrafted> PublishedAsync(this TestDatabase world, params IReadOnlyList<InspectionRule> rules)
    {
        var drafted = (await world.RunAsync(new DraftInspectionRules(new InspectionRules(rules), "for a test"), Author)).Value;
        (await world.RunAsync(new SimulatePolicy(drafted.Policy, 1), Author)).Error.ShouldBeNull();
        (await world.RunAsync(new PublishPolicy(drafted.Policy, 2, null), Publisher)).Error.ShouldBeNull();
        return drafted;
    }

    public static ArrivedGoods Goods(this StockWorld world, ItemId item, params IReadOnlyList<decimal> quantities) => new(
        new Subject("TestLine", Guid.CreateVersion7()), world.Entity, world.Warehouse, world.Dock, item, Supplier: null, Owner: null,
        Risk: null, StockCondition.Usable, [.. quantities.Select(quantity => new GoodsPart(null, null, null, quantity))]);

    public static async Task<Arrived> ArrivedAsync(this StockWorld world, ArrivedGoods goods) => (await world.RunAsync(new Arrive(goods))).Value;

    /// <summary>Arrived, begun and looked at: so many of so many failed.</summary>
    public static async Task<InspectionId> LookedAtAsync(this StockWorld world, ItemId item, decimal quantity, decimal failed)
    {
        var id = (await world.ArrivedAsync(world.Goods(item, quantity))).Inspection!.Value;
        (await world.RunAsync(new StartInspection(id, 1), Inspector)).Error.ShouldBeNull();
        (await world.RunAsync(new RecordResults(id, 2, [new FoundResult("LOOKS", quantity, failed, null, null, null)]), Inspector)).Error.ShouldBeNull();
        return id;
    }

    public static Task<decimal> QuantityAsync(this StockWorld world, ItemId item, StockCondition condition) => world.ScalarAsync<decimal>(
        $"select coalesce(sum(on_hand), 0) from stock_balance where item_id = '{item}' and condition = '{StockWords.Of(condition)}'");
}
