using System.Text.Json.Nodes;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Reading;

/// <summary>Random filters, orders and page sizes, walked to the end in both directions, against the same done in memory.</summary>
public sealed class RandomPageTests(BinWorld world) : IClassFixture<BinWorld>
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public async Task Every_row_comes_once_and_in_order_whatever_is_asked(int seed)
    {
        var random = new Random(seed);
        for (var round = 0; round < 12; round++)
        {
            var filter = RandomFilter.Of(random, depth: 2);
            var order = RandomOrder.Of(random);
            var expected = order.Sort(world.Rows.Where(filter.Holds)).Select(row => row.Code).ToList();
            var size = random.Next(1, 9);
            var arguments = $"where: {{ warehouse: {{ id: {{ eq: \"{ReadWorld.Id("Warehouse", world.OtherWarehouse.Value)}\" }} }}, and: [{filter.Text}] }}, order: [{order.Text}]";

            (await WalkAsync(arguments, size, isForward: true)).ShouldBe(expected, $"{seed}/{round} {arguments} first: {size}");
            (await WalkAsync(arguments, size, isForward: false)).ShouldBe(expected, $"{seed}/{round} {arguments} last: {size}");
        }
    }

    private async Task<List<string>> WalkAsync(string arguments, int size, bool isForward)
    {
        var found = new List<string>();
        string? cursor = null;
        for (var page = 0; page < 100; page++)
        {
            var from = cursor is null ? "" : $", {(isForward ? "after" : "before")}: \"{cursor}\"";
            var answer = await world.AskAsync(
                $"{{ bins({(isForward ? "first" : "last")}: {size}{from}, {arguments}) {{ totalCount nodes {{ code }} pageInfo {{ hasNextPage hasPreviousPage startCursor endCursor }} }} }}");
            answer.Json["errors"].ShouldBeNull(answer.Text);
            var codes = answer.Nodes("bins", "code");
            found.InsertRange(isForward ? found.Count : 0, codes);
            var facts = answer["bins"]!["pageInfo"]!;
            if (!facts[isForward ? "hasNextPage" : "hasPreviousPage"]!.GetValue<bool>())
            {
                answer["bins"]!["totalCount"]!.GetValue<int>().ShouldBe(found.Count);
                return found;
            }

            cursor = facts[isForward ? "endCursor" : "startCursor"]!.ToString();
        }

        throw new InvalidOperationException("The pages do not end.");
    }
}

/// <summary>A bin as the test knows it.</summary>
public sealed record BinRow(Guid Id, string Code, int Rank, decimal? Units, int? Handling, bool IsGroup, string? Reason, string? ItemCode);

/// <summary>Forty bins with many equal and missing values.</summary>
public sealed class BinWorld : ReadWorld
{
    public IReadOnlyList<BinRow> Rows { get; private set; } = [];

    protected override async Task PrepareAsync()
    {
        await base.PrepareAsync();
        var random = new Random(42);
        var items = new List<Guid>();
        for (var i = 0; i < 3; i++)
        {
            items.Add((await ItemAsync(new ItemTraits())).Value);
        }

        await ExecuteAsync($"delete from bin where warehouse_id = '{OtherWarehouse}'");
        for (var i = 0; i < 40; i++)
        {
            string Maybe(string value) => random.Next(3) == 0 ? "null" : value;
            var isGroup = random.Next(4) == 0;
            var reason = Maybe($"'{new[] { "100% full", "a_b", @"c\d", "A_B repair" }[random.Next(4)]}'");
            await ExecuteAsync(
                $"""
                insert into bin (id, legal_entity_id, warehouse_id, zone_id, is_group, code, role, rank, capacity_units, capacity_handling_units,
                                 mixing, dedicated_item_id, is_blocked_in, is_blocked_out, block_reason, status, version, created_at, updated_at)
                values (gen_random_uuid(), '{Entity}', '{OtherWarehouse}', '{OtherWarehouse}', {isGroup}, 'RND-{i:00}{(i % 3 == 0 ? "_" : "")}', 'RESERVE', {random.Next(4)},
                        {Maybe($"{random.Next(1, 5)}.5")}, {Maybe($"{random.Next(1, 4)}")}, 'ANY', {Maybe($"'{items[random.Next(3)]}'")},
                        {(reason == "null" ? "false" : "true")}, false, {reason}, 'ACTIVE', 1, now(), now())
                """);
        }

        var rows = new List<BinRow>();
        await using var command = Owner.CreateCommand(
            $"""
            select b.id, b.code, b.rank, b.capacity_units, b.capacity_handling_units, b.is_group, b.block_reason, i.code
            from bin b left join item i on i.id = b.dedicated_item_id where b.warehouse_id = '{OtherWarehouse}'
            """);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            rows.Add(new BinRow(
                reader.GetGuid(0), reader.GetString(1), reader.GetInt32(2), reader.IsDBNull(3) ? null : reader.GetDecimal(3),
                reader.IsDBNull(4) ? null : reader.GetInt32(4), reader.GetBoolean(5), reader.IsDBNull(6) ? null : reader.GetString(6),
                reader.IsDBNull(7) ? null : reader.GetString(7)));
        }

        Rows = rows;
    }
}

/// <summary>A condition as text and as code.</summary>
internal sealed record RandomFilter(string Text, Func<BinRow, bool> Holds)
{
    public static RandomFilter Of(Random random, int depth)
    {
        if (depth > 0 && random.Next(3) == 0)
        {
            var left = Of(random, depth - 1);
            var right = Of(random, depth - 1);
            return random.Next(2) == 0
                ? new RandomFilter($"{{ or: [{left.Text}, {right.Text}] }}", row => left.Holds(row) || right.Holds(row))
                : new RandomFilter($"{{ and: [{left.Text}, {right.Text}] }}", row => left.Holds(row) && right.Holds(row));
        }

        return random.Next(6) switch
        {
            0 => Number(random, "rank", random.Next(4), row => row.Rank),
            1 => Number(random, "capacityUnits", random.Next(1, 5) + 0.5m, row => row.Units),
            2 => Number(random, "capacityHandlingUnits", random.Next(1, 4), row => row.Handling),
            3 => Words(random, "code", row => row.Code),
            4 => Words(random, "blockReason", row => row.Reason),
            _ => Item(random),
        };
    }

    private static RandomFilter Number(Random random, string field, decimal value, Func<BinRow, decimal?> read)
    {
        var text = value.ToString(System.Globalization.CultureInfo.InvariantCulture);
        (string Operator, Func<decimal?, bool> Holds)[] operators =
        [
            ($"eq: {text}", x => x == value), ($"neq: {text}", x => x != value),
            ($"gt: {text}", x => x > value), ($"ngt: {text}", x => !(x > value)),
            ($"gte: {text}", x => x >= value), ($"ngte: {text}", x => !(x >= value)),
            ($"lt: {text}", x => x < value), ($"nlt: {text}", x => !(x < value)),
            ($"lte: {text}", x => x <= value), ($"nlte: {text}", x => !(x <= value)),
            ($"in: [{text}, null]", x => x is null || x == value), ($"nin: [{text}]", x => x != value),
            ("isNull: true", x => x is null), ("isNull: false", x => x is not null), ("eq: null", x => x is null),
        ];
        var (given, holds) = operators[random.Next(operators.Length)];
        return new RandomFilter($"{{ {field}: {{ {given} }} }}", row => holds(read(row)));
    }

    private static RandomFilter Words(Random random, string field, Func<BinRow, string?> read)
    {
        string[] words = ["RND-1", "%", "_", "\\", "3", "rnd-2", "RND-03_", "100% full", "A_B"];
        var word = words[random.Next(words.Length)];
        const StringComparison same = StringComparison.Ordinal;
        const StringComparison any = StringComparison.OrdinalIgnoreCase;
        (string Operator, Func<string?, bool> Holds)[] operators =
        [
            ("eq", x => x == word), ("neq", x => x != word),
            ("contains", x => x?.Contains(word, same) is true), ("ncontains", x => x?.Contains(word, same) is not true),
            ("startsWith", x => x?.StartsWith(word, same) is true), ("nstartsWith", x => x?.StartsWith(word, same) is not true),
            ("endsWith", x => x?.EndsWith(word, same) is true), ("nendsWith", x => x?.EndsWith(word, same) is not true),
            ("ieq", x => string.Equals(x, word, any)), ("icontains", x => x?.Contains(word, any) is true),
            ("istartsWith", x => x?.StartsWith(word, any) is true), ("iendsWith", x => x?.EndsWith(word, any) is true),
        ];
        var (given, holds) = operators[random.Next(operators.Length)];
        return new RandomFilter($"{{ {field}: {{ {given}: {JsonValue.Create(word).ToJsonString()} }} }}", row => holds(read(row)));
    }

    /// <summary>A relation that is absent meets no condition.</summary>
    private static RandomFilter Item(Random random)
    {
        var code = $"ITEM-{random.Next(1, 4)}";
        return random.Next(2) == 0
            ? new RandomFilter($"{{ dedicatedItem: {{ code: {{ eq: \"{code}\" }} }} }}", row => row.ItemCode == code)
            : new RandomFilter($"{{ dedicatedItem: {{ code: {{ neq: \"{code}\" }} }} }}", row => row.ItemCode is not null && row.ItemCode != code);
    }
}

/// <summary>An order as text and as code.</summary>
internal sealed record RandomOrder(string Text, Func<IEnumerable<BinRow>, IEnumerable<BinRow>> Sort)
{
    private static readonly (string Text, Func<BinRow, IComparable?> Read)[] _keys =
    [
        ("rank: {0}", row => row.Rank), ("capacityUnits: {0}", row => row.Units), ("capacityHandlingUnits: {0}", row => row.Handling),
        ("isGroup: {0}", row => row.IsGroup), ("dedicatedItem: {{ code: {0} }}", row => row.ItemCode), ("code: {0}", row => row.Code), ("blockReason: {0}", row => row.Reason),
    ];

    public static RandomOrder Of(Random random)
    {
        var steps = Enumerable.Range(0, random.Next(0, 4))
            .Select(_ => (Key: _keys[random.Next(_keys.Length)], Descending: random.Next(2) == 0, Nulls: random.Next(3)))
            .ToList();
        var text = string.Join(", ", steps.Select(step => "{ " + string.Format(
            System.Globalization.CultureInfo.InvariantCulture,
            step.Key.Text,
            (step.Descending ? "DESC" : "ASC") + step.Nulls switch { 0 => "", 1 => "_NULLS_FIRST", _ => "_NULLS_LAST" }) + " }"));
        var last = steps.Count > 0 && steps[^1].Descending;
        return new RandomOrder(text, rows => rows.Order(Comparer<BinRow>.Create((a, b) =>
        {
            foreach (var (key, isDescending, nulls) in steps)
            {
                var result = Compare(key.Read(a), key.Read(b), isDescending, nulls == 0 ? isDescending : nulls == 1);
                if (result != 0)
                {
                    return result;
                }
            }

            // PostgreSQL orders UUIDs by their bytes, as their text does.
            var tie = string.CompareOrdinal(a.Id.ToString(), b.Id.ToString());
            return last ? -tie : tie;
        })));
    }

    private static int Compare(IComparable? a, IComparable? b, bool isDescending, bool nullsFirst)
    {
        if (a is null || b is null)
        {
            return a is null && b is null ? 0 : a is null == nullsFirst ? -1 : 1;
        }

        var result = a is string text ? string.CompareOrdinal(text, (string)b) : a.CompareTo(b);
        return isDescending ? -result : result;
    }
}
