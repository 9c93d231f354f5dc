using Npgsql;
using Platform.Domain.Catalog;
using Platform.Domain.Stock;
using Platform.Domain.Stock.Posting;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Stock.Posting;

/// <summary>What the tables themselves refuse, whoever writes: the owner's hand here, past all code.</summary>
public sealed class LedgerGuardTests(StockWorld world) : IClassFixture<StockWorld>
{
    [Theory]
    [InlineData("""{"type": "TELEPORT"}""")]                                     // a type nobody knows
    [InlineData("""{"type": "SHIP"}""")]                                         // the path of another type
    [InlineData("""{"type": "REVERSAL"}""")]                                     // reverses nothing
    [InlineData("""{"type": "WEIGHT_ADJUST", "from_place": "ADJUSTMENT"}""")]    // moves pieces
    [InlineData("""{"line": 0}""")]
    [InlineData("""{"to_bin_id": null}""")]
    [InlineData("""{"to_condition": null}""")]
    [InlineData("""{"to_condition": "SHINY"}""")]
    [InlineData("""{"from_condition": "USABLE"}""")]                             // a supplier keeps no condition
    [InlineData("""{"new_owner_id": "00000000-0000-7000-8000-000000000001"}""")] // a receipt changes no owner
    [InlineData("""{"quantity": -1}""")]
    [InlineData("""{"quantity": 0}""")]
    [InlineData("""{"quantity": 0, "type": "WEIGHT_ADJUST", "from_place": "ADJUSTMENT"}""")] // neither pieces nor weight
    [InlineData("""{"weight": -1}""")]
    [InlineData("""{"serial_id": "00000000-0000-7000-8000-000000000001"}""")]    // ten of one serial
    public Task A_movement_that_breaks_a_rule_is_written_by_nobody_I_01(string change) =>
        ShouldRefuseAsync("stock_movement", change, "stock_movement_is_sound");

    [Theory]
    [InlineData("""{"document_kind": ""}""")]
    [InlineData("""{"document_number": ""}""")]
    [InlineData("""{"reason_code": ""}""")]
    [InlineData("""{"actor_kind": "MODEL"}""")]
    [InlineData("""{"document_kind": "WriteOff"}""")] // without its reason
    public Task A_posting_that_breaks_a_rule_is_written_by_nobody_INV_12(string change) =>
        ShouldRefuseAsync("stock_posting", change, "stock_posting_is_sound");

    [Theory]
    [InlineData("""{"kind": "GIFT"}""")]
    [InlineData("""{"movement_id": null}""")]
    [InlineData("""{"kind": "REVALUATION"}""")]  // moves goods
    [InlineData("""{"charged_entry_id": 1}""")]  // a receipt charges nothing
    [InlineData("""{"kind": "REVALUATION", "movement_id": null}""")]
    [InlineData("""{"id": 1}""")]                // another's id than its movement's: a second entry would not be noticed
    public Task A_value_entry_that_breaks_a_rule_is_written_by_nobody_I_06(string change) =>
        ShouldRefuseAsync("value_entry", change, "value_entry_is_sound");

    [Theory]
    [InlineData("quantity = 0")]
    [InlineData("value = -value")]
    [InlineData("flow = 'LIFO'")]
    [InlineData("generation = -1")]
    [InlineData("decay = 0")]
    [InlineData("epoch = -1")]
    [InlineData("last_cost = -1")]
    [InlineData("standard_cost = -1")]
    [InlineData("last_layer = -1")]
    public async Task A_pool_is_never_worth_what_it_cannot_be_I_07(string change)
    {
        var item = await ReceivedAsync();

        (await FaultAsync($"update cost_pool set {change} where item_id = '{item}'")).ConstraintName.ShouldBe("cost_pool_is_sound");
    }

    [Theory]
    [InlineData("on_hand = -1")]
    [InlineData("on_hand = 0, weight = 1")]
    [InlineData("allocated = 11")]
    [InlineData("allocated = -1")]
    [InlineData("allocated = 1, condition = 'DAMAGED'")]
    [InlineData("condition = 'SHINY'")]
    [InlineData("floor = 1")]
    [InlineData("version = -1")]
    [InlineData("serial_on_hand = gen_random_uuid()")] // somebody else's
    public async Task A_balance_is_never_what_it_cannot_be_I_03_I_04(string change)
    {
        var item = await ReceivedAsync();

        var fault = await FaultAsync($"update stock_balance set {change} where item_id = '{item}'");

        fault.SqlState.ShouldBe(change.Contains("condition", StringComparison.Ordinal)
            ? PostgresErrorCodes.RestrictViolation // The key stays, whatever it would become.
            : PostgresErrorCodes.CheckViolation);
    }

    [Fact]
    public async Task A_serial_is_on_hand_in_one_place_I_03()
    {
        var item = await world.ItemAsync(new ItemTraits { Tracking = "SERIAL" });
        var serial = await world.SerialAsync(item);
        await world.PostedAsync(world.Receipt(item, world.Reserve, 1m, 2m) with { Serial = serial });
        await world.PostedAsync(Moved(item, serial, world.Reserve, world.Pick));

        var fault = await FaultAsync(
            $"update stock_balance set on_hand = 1, serial_on_hand = serial_id where item_id = '{item}' and bin_id = '{world.Reserve}'");

        fault.ConstraintName.ShouldBe("stock_balance_serial_on_hand");
        (await world.ScalarAsync<Guid>(
            $"select bin_id from stock_balance where serial_on_hand = '{serial}'")).ShouldBe(world.Pick.Value);
    }

    [Fact]
    public async Task A_posting_that_writes_other_rows_than_it_locked_is_not_committed()
    {
        (await FaultAsync("select all_written(1, 2)")).MessageText.ShouldBe("1 rows written instead of 2; nothing is committed");
        await world.ExecuteAsync("select all_written(2, 2)");
    }

    /// <summary>So its update stays on its page, and costs no index a new entry.</summary>
    [Fact]
    public async Task No_index_holds_what_a_posting_changes()
    {
        (await world.ScalarAsync<string>(
            """
            select coalesce(string_agg(indexdef, '; '), '') from pg_indexes
            where (tablename = 'stock_balance' and indexdef ~ '\y(on_hand|weight|allocated|version|last_in_at|last_moved_at)\y')
               or (tablename = 'cost_pool' and indexdef ~ '\y(quantity|value|generation|decay|epoch|last_cost|standard_cost|last_layer)\y')
            """)).ShouldBeEmpty();
    }

    private async Task<ItemId> ReceivedAsync()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Reserve, 10m, 2m));
        return item;
    }

    /// <summary>A copy of the last row, sound but for the change.</summary>
    private async Task ShouldRefuseAsync(string table, string change, string constraint)
    {
        await ReceivedAsync();
        var id = table == "stock_posting" ? "to_jsonb(gen_random_uuid())" : "to_jsonb(n.next)";
        string Copy(string changed) =>
            $"""
            insert into {table} select (jsonb_populate_record(r, jsonb_build_object('id', {id}, 'movement_id', n.next) || '{changed}')).*
            from {table} r, nextval('stock_ledger_id') as n (next) order by recorded_at desc limit 1
            """;

        (await FaultAsync(Copy(change))).ConstraintName.ShouldBe(constraint);
        (await FaultAsync($"{Copy("{}")}; do 'begin raise exception ''written''; end'")).MessageText.ShouldBe("written");
    }

    private static MovementLine Moved(
        ItemId item, SerialId serial, BinId from, BinId to) => new()
    {
        Type = MovementType.Move,
        Item = item,
        Serial = serial,
        From = Place.In(from, StockCondition.Usable),
        To = Place.In(to, StockCondition.Usable),
        Quantity = 1m,
    };

    private Task<PostgresException> FaultAsync(string sql) => Should.ThrowAsync<PostgresException>(() => world.ExecuteAsync(sql));
}
