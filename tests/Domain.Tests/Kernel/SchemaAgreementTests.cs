using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Platform.Domain.Kernel.Storage;
using Platform.Tests.Support;

namespace Platform.Tests.Domain.Kernel;

/// <summary>The mapping that code believes in is the schema that the migrations made.</summary>
public sealed class SchemaAgreementTests(TestDatabase database) : IClassFixture<TestDatabase>
{
    private sealed record Column(string Table, string Name, string Type, bool IsNullable)
    {
        public override string ToString() => $"{Table}.{Name} {Type}{(IsNullable ? " null" : " not null")}";
    }

    [Fact]
    public async Task Every_mapped_column_exists_with_its_type_and_nullability()
    {
        var mapped = await database.LookAsync(db => Task.FromResult(Mapped(db.Model).ToList()));
        var stored = (await StoredAsync()).ToHashSet();
        // Whether a view's column can be null is known to nobody but its mapping.
        var views = (await database.ScalarAsync<string[]>("select coalesce(array_agg(viewname::text), array[]::text[]) from pg_views where schemaname = 'public'"))
            .ToHashSet(StringComparer.Ordinal);
        stored.UnionWith(stored.Where(column => views.Contains(column.Table)).Select(column => column with { IsNullable = false }).ToList());

        mapped.Where(column => !stored.Contains(column))
            .Select(column => $"{column}, but the database has {stored.FirstOrDefault(one => one.Table == column.Table && one.Name == column.Name)?.ToString() ?? "none"}")
            .ShouldBeEmpty();
    }

    /// <summary>A column without default that no mapping knows would make every insert fail.</summary>
    [Fact]
    public async Task Every_column_that_must_be_given_is_mapped_where_its_table_is()
    {
        var mapped = await database.LookAsync(db => Task.FromResult(Mapped(db.Model).ToList()));
        var tables = mapped.Select(column => column.Table).ToHashSet(StringComparer.Ordinal);
        var needed = await database.ScalarAsync<string[]>(
            """
            select coalesce(array_agg(table_name || '.' || column_name), array[]::text[]) from information_schema.columns
            where table_schema = 'public' and is_nullable = 'NO' and column_default is null and is_generated = 'NEVER' and is_identity = 'NO'
            """);

        needed.Where(name => tables.Contains(name.Split('.')[0]))
            .Except(mapped.Select(column => $"{column.Table}.{column.Name}"), StringComparer.Ordinal)
            .ShouldBeEmpty();
    }

    /// <summary>A table may admit fewer words than the enum has (a legal entity is never a draft), never others or any.</summary>
    [Fact]
    public async Task Every_mapped_enum_is_checked_by_the_database_against_words_of_the_enum()
    {
        var enums = await database.LookAsync(db => Task.FromResult(
            Columns(db.Model)
                .Where(pair => (Nullable.GetUnderlyingType(pair.Property.ClrType) ?? pair.Property.ClrType).IsEnum)
                .Select(pair => (pair.Table, Column: pair.Property.GetColumnName(), Words: Words(pair.Property).ToList()))
                .ToList()));
        var faults = new List<string>();
        foreach (var (table, column, words) in enums)
        {
            var check = await database.ScalarAsync<string>(
                $"""
                select coalesce(string_agg(rule, ' '), '') from (
                    select pg_get_constraintdef(oid) as rule from pg_constraint
                    where contype = 'c' and conrelid = '{table}'::regclass
                      and conkey @> array[(select attnum from pg_attribute where attrelid = '{table}'::regclass and attname = '{column}')]
                    union all -- A row whose rules stand together in a function of the check's name.
                    select p.prosrc from pg_constraint c join pg_proc p on p.proname = c.conname
                    where c.contype = 'c' and c.conrelid = '{table}'::regclass and p.prosrc ~ '\.{column}\M'
                    union all -- A view says its words itself.
                    select pg_get_viewdef(oid) from pg_class where oid = '{table}'::regclass and relkind = 'v') rules
                """);
            if (!words.Any(word => check.Contains($"'{word}'", StringComparison.Ordinal)))
            {
                faults.Add($"{table}.{column} is not checked against {string.Join(", ", words)}");
            }
        }

        faults.ShouldBeEmpty();
    }

    [Fact]
    public async Task A_migrated_database_has_nothing_pending_and_migrating_again_changes_nothing()
    {
        (await Migrations.PendingAsync(database.Application, CancellationToken.None)).ShouldBeEmpty();
        (await Migrations.ApplyAsync(database.Owner, CancellationToken.None)).ShouldBeEmpty();
    }

    [Fact]
    public async Task Two_processes_that_migrate_at_once_apply_every_step_once()
    {
        var cluster = await TestCluster.SharedAsync();
        var name = await cluster.CreateEmptyAsync();
        await using (var owner = DatabaseAccess.AsOwner(cluster.ConnectionStringFor(name)))
        {
            var applied = await Task.WhenAll(Enumerable.Range(0, 2).Select(_ => Migrations.ApplyAsync(owner, CancellationToken.None)));

            applied.SelectMany(steps => steps).Select(step => step.Number).Order()
                .ShouldBe(Migrations.All.Select(step => step.Number));
        }

        await cluster.DropAsync(name);
    }

    [Fact]
    public async Task A_step_that_was_changed_after_it_was_applied_is_refused()
    {
        await database.ExecuteAsync("update schema_migration set checksum = 'x' where number = 2");
        try
        {
            (await Should.ThrowAsync<SchemaMismatchException>(() => Migrations.ApplyAsync(database.Owner, CancellationToken.None)))
                .Message.ShouldContain("0002_events was changed");
        }
        finally
        {
            await database.ExecuteAsync(
                $"update schema_migration set checksum = decode('{Convert.ToHexString(Migrations.All[1].Checksum)}', 'hex') where number = 2");
        }
    }

    [Fact]
    public async Task A_fresh_database_breaks_no_invariant() => (await database.BrokenInvariantsAsync()).ShouldBeEmpty();

    private static IEnumerable<Column> Mapped(IModel model) =>
        Columns(model).Select(pair => new Column(
            pair.Table,
            pair.Property.GetColumnName(),
            pair.Property.GetColumnType(),
            pair.Property.IsColumnNullable()));

    private static IEnumerable<(string Table, IProperty Property)> Columns(IModel model) =>
        model.GetEntityTypes()
            .Where(entity => entity.GetTableName() is not null)
            .SelectMany(entity => Properties(entity).Select(property => (entity.GetTableName()!, property)));

    private static IEnumerable<IProperty> Properties(ITypeBase type) =>
        type.GetDeclaredProperties().Concat(type.GetDeclaredComplexProperties().SelectMany(complex => Properties(complex.ComplexType)));

    private static IEnumerable<string> Words(IProperty property) =>
        Enum.GetValuesAsUnderlyingType(Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType).Cast<object>()
            .Select(value => Enum.ToObject(Nullable.GetUnderlyingType(property.ClrType) ?? property.ClrType, value))
            .Select(value => (string)property.GetTypeMapping().Converter!.ConvertToProvider(value)!);

    private async Task<List<Column>> StoredAsync()
    {
        await using var command = database.Owner.CreateCommand(
            """
            select c.relname, a.attname, format_type(a.atttypid, a.atttypmod), not a.attnotnull
            from pg_attribute a join pg_class c on c.oid = a.attrelid
            where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p', 'v') and a.attnum > 0 and not a.attisdropped
            """);
        await using var rows = await command.ExecuteReaderAsync();
        var columns = new List<Column>();
        while (await rows.ReadAsync())
        {
            columns.Add(new Column(rows.GetString(0), rows.GetString(1), rows.GetString(2), rows.GetBoolean(3)));
        }

        return columns;
    }
}
