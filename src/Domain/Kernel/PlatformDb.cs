using System.Data;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Storage;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;
using Npgsql;

namespace Platform.Domain.Kernel;

/// <summary>
/// The database as one unit of work. It names no table: every capability maps its own rows
/// (<c>IEntityTypeConfiguration</c>) and reaches them in its <c>…Tables.cs</c>.
/// </summary>
public sealed class PlatformDb(DbContextOptions<PlatformDb> options) : DbContext(options)
{
    private readonly List<RaisedEvent> _raised = [];
    private readonly List<NpgsqlBatchCommand> _last = [];

    internal IReadOnlyList<RaisedEvent> Raised => _raised;

    /// <summary>The connection of the running command, for set-based statements that EF cannot write.</summary>
    public NpgsqlConnection Connection => (NpgsqlConnection)Database.GetDbConnection();

    /// <summary>The transaction of the running command; outside a command there is none, and asking is a bug.</summary>
    public NpgsqlTransaction Transaction =>
        Database.CurrentTransaction?.GetDbTransaction() as NpgsqlTransaction
        ?? throw new InvalidOperationException("There is no transaction outside a command.");

    /// <summary>Appends an event that happened now; it becomes visible when, and only when, the command commits.</summary>
    public void Raise(IEvent happened) => _raised.Add(new RaisedEvent(happened, OccurredAt: null));

    /// <summary>Appends an event that happened earlier than it is recorded: a device was offline, a document is dated back.</summary>
    public void Raise(IEvent happened, DateTimeOffset occurredAt) => _raised.Add(new RaisedEvent(happened, occurredAt));

    /// <summary>
    /// Leaves statements to the end of the command: they travel with its journal and its commit, which saves a round trip. Nothing
    /// else in the command sees what they write, so they are the last thing it does.
    /// </summary>
    internal void WriteLast(IEnumerable<NpgsqlBatchCommand> statements) => _last.AddRange(statements);

    /// <summary>What was left to the end, to be followed by the journal and <see cref="CommitAsync"/>.</summary>
    internal NpgsqlBatch Ending()
    {
        var batch = new NpgsqlBatch(Connection, Transaction);
        foreach (var statement in _last)
        {
            batch.BatchCommands.Add(statement);
        }

        _last.Clear();
        return batch;
    }

    /// <summary>
    /// The batch and the commit in one round trip; whatever fails in it leaves the transaction uncommitted. It is not called off:
    /// the outcome is the database's, and giving up the wait would leave it unknown.
    /// </summary>
    internal static async Task CommitAsync(NpgsqlBatch ending)
    {
        ending.BatchCommands.Add(new NpgsqlBatchCommand("commit"));
        await ending.ExecuteNonQueryAsync(CancellationToken.None);
    }

    /// <summary>A statement in the running command's transaction.</summary>
    public NpgsqlCommand Statement(string sql) => new(sql, Connection, Transaction);

    /// <summary>A new unit of work. The context may have served another command before: nothing of that one is raised here.</summary>
    internal Task<IDbContextTransaction> BeginAsync(CancellationToken ct)
    {
        _raised.Clear();
        _last.Clear();
        return Database.BeginTransactionAsync(IsolationLevel.ReadCommitted, ct);
    }

    /// <summary>The next command of the same transaction begins with nothing raised and nothing tracked.</summary>
    internal void ForgetCommand()
    {
        _raised.Clear();
        _last.Clear();
        ChangeTracker.Clear();
    }

    protected override void ConfigureConventions(ModelConfigurationBuilder configurationBuilder)
    {
        foreach (var type in typeof(PlatformDb).Assembly.GetTypes())
        {
            if (TypedIds.IsTypedId(type))
            {
                configurationBuilder.Properties(type)
                    .HaveConversion(typeof(TypedIdConverter<>).MakeGenericType(type));
            }
            else if (type.IsEnum)
            {
                configurationBuilder.Properties(type)
                    .HaveConversion(typeof(UpperSnakeEnumConverter<>).MakeGenericType(type))
                    .HaveColumnType("text");
            }
        }

        configurationBuilder.Properties<decimal>().HavePrecision(18, 6);
        configurationBuilder.Properties<string>().HaveColumnType("text");
    }

    protected override void OnModelCreating(ModelBuilder modelBuilder)
    {
        modelBuilder.ApplyConfigurationsFromAssembly(typeof(PlatformDb).Assembly);
        foreach (var entity in modelBuilder.Model.GetEntityTypes())
        {
            SnakeCaseColumns(entity);
        }
    }

    /// <summary><c>OrderedAt</c> is <c>ordered_at</c>; a column that a mapping names itself keeps its name.</summary>
    private static void SnakeCaseColumns(IMutableTypeBase type)
    {
        foreach (var property in type.GetDeclaredProperties())
        {
            if (property is IMutableProperty column
                && column.FindAnnotation(RelationalAnnotationNames.ColumnName) is null)
            {
                column.SetColumnName(SnakeCase(ColumnPrefix(type) + column.Name));
            }
        }

        foreach (var complex in type.GetDeclaredComplexProperties())
        {
            SnakeCaseColumns(complex.ComplexType);
        }
    }

    /// <summary>A value object's columns start with the property that holds it: <c>Price.Amount</c> is <c>price_amount</c>.</summary>
    private static string ColumnPrefix(IMutableTypeBase type) =>
        type is IMutableComplexType complex
            ? ColumnPrefix(complex.ComplexProperty.DeclaringType) + complex.ComplexProperty.Name + "_"
            : string.Empty;

    internal static string SnakeCase(string name) => JsonNamingPolicy.SnakeCaseLower.ConvertName(name);
}

internal sealed record RaisedEvent(IEvent Event, DateTimeOffset? OccurredAt);

internal sealed class TypedIdConverter<TId>() : ValueConverter<TId, Guid>(id => id.Value, value => From(value))
    where TId : struct, ITypedId<TId>
{
    private static TId From(Guid value) => TId.From(value);
}

/// <summary>Enums are stored as they stand on the wire, so that a read copies the text.</summary>
internal sealed class UpperSnakeEnumConverter<TEnum>()
    : ValueConverter<TEnum, string>(value => ToText(value), text => FromText(text))
    where TEnum : struct, Enum
{
    private static readonly Dictionary<TEnum, string> Texts = Enum.GetValues<TEnum>()
        .ToDictionary(value => value, value => JsonNamingPolicy.SnakeCaseUpper.ConvertName(value.ToString()));

    private static readonly Dictionary<string, TEnum> Values =
        Texts.ToDictionary(pair => pair.Value, pair => pair.Key, StringComparer.Ordinal);

    private static string ToText(TEnum value) => Texts[value];

    private static TEnum FromText(string text) => Values[text];
}
