using Microsoft.EntityFrameworkCore;
using Platform.Api.Reading.Declaring;
using Platform.Domain.Kernel;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Reading;

/// <summary>What holds for every declaration, so that a new one needs no test of its own to be right.</summary>
public sealed class EveryTypeTests(ReadWorld world) : IClassFixture<ReadWorld>
{
    /// <summary>Mapped and not shown, on purpose.</summary>
    private static readonly string[] Hidden =
    [
        // Jobs and their files are found by whoever asked for them, through fields of their own.
        "BulkFile", "BulkJob",
        // A return's share in a credit: the credit's lines and the movement tell it.
        "SupplierReturnCredit",
        // What is to be planned anew, until the clock has done it: the proposals tell what came of it.
        "SupplyChange",
    ];

    public static TheoryData<string> Types => [.. ReadModel.Declarations.Select(declared => declared.Name)];

    [Fact]
    public async Task A_mapped_entity_is_shown_or_hidden_on_purpose()
    {
        var mapped = await world.LookAsync(db => Task.FromResult(db.Model.GetEntityTypes()
            .Where(entity => entity.GetTableName() is not null)
            .Select(entity => entity.ClrType.Name)
            .ToList()));

        mapped.Except(ReadModel.Declarations.Select(declared => declared.Entity.Name)).Except(Hidden).ShouldBeEmpty(
            "Declare it under src/Api, or name it here with the reason why nobody may read it.");
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Everything_of_a_type_can_be_read_by_all_and_by_those_who_see_less(string name)
    {
        await StockAsync();
        var type = world.Model.Find(name)!;
        var some = new RowScope(
            new HashSet<Guid> { world.Entity.Value }, new HashSet<Guid> { world.Warehouse.Value }, new HashSet<Guid> { Guid.CreateVersion7() });
        foreach (var rows in new[] { RowScope.Everything, some, RowScope.Nothing })
        {
            var principal = ReadWorld.Everyone with { Rows = rows };
            foreach (var selection in Selections(type))
            {
                var query = $"{{ {type.Declared.Plural}(first: 3) {{ totalCount nodes {{ __typename {selection} }} }} }}";

                var answer = await world.AskAsync(principal, query, variables: null);

                answer.Json["errors"].ShouldBeNull($"{query}\n{answer.Text}");
                if (rows == RowScope.Nothing && !type.Declared.IsShared && name != "MasterChange")
                {
                    answer[type.Declared.Plural]!["totalCount"]!.GetValue<int>().ShouldBe(0);
                }
            }
        }
    }

    [Theory]
    [MemberData(nameof(Types))]
    public async Task Every_column_can_be_filtered_and_sorted_by(string name)
    {
        var type = world.Model.Find(name)!;
        foreach (var column in type.Columns.Where(column => column.IsFilterable))
        {
            var query = $"{{ {type.Declared.Plural}(first: 1, where: {{ {column.Name}: {{ isNull: false }} }}, order: [{{ {column.Name}: DESC_NULLS_LAST }}])"
                + " { nodes { __typename } pageInfo { endCursor } } }";

            var answer = await world.AskAsync(query);

            answer.Json["errors"].ShouldBeNull($"{query}\n{answer.Text}");
            if (answer[type.Declared.Plural]!["pageInfo"]!["endCursor"]?.ToString() is { } cursor)
            {
                (await world.AskAsync(query.Replace("first: 1", $"first: 1, after: \"{cursor}\"", StringComparison.Ordinal)))
                    .Json["errors"].ShouldBeNull();
            }
        }
    }

    private async Task StockAsync()
    {
        var item = await world.ItemAsync(new ItemTraits());
        await world.PostedAsync(world.Receipt(item, world.Dock, 10, 2.5m));
        await world.PostedAsync(world.Move(item, world.Dock, world.Reserve, 4));
    }

    /// <summary>All columns at once, then each edge by itself.</summary>
    private static IEnumerable<string> Selections(ReadType type) =>
    [
        string.Join(' ', type.Columns.Select(column => column.Name)),
        .. type.Ones.Select(one => $"{one.Name} {{ __typename {string.Join(' ', one.Target.Columns.Select(column => column.Name))} }}"),
        .. type.Manys.Select(many => $"{many.Name}(first: 2) {{ totalCount nodes {{ __typename }} pageInfo {{ endCursor }} }}"),
    ];
}
