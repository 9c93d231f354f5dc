using System.Text.RegularExpressions;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Platform.Tests.Architecture;

/// <summary>Who may write what: one runner commits, one capability writes balances.</summary>
public sealed partial class WriterTests
{
    /// <summary>The runner, and the few of the kernel that write no business fact.</summary>
    private static readonly string[] MayCommit = ["CommandRunner", "Migrations", "AuditSealer", "Housekeeping"];

    [Fact]
    public void Only_the_command_runner_saves_and_commits()
    {
        var committers = House.All
            .SelectMany(House.TypesOf)
            .Where(type => type.Methods.SelectMany(Calls.Body).Any(Commits))
            .Select(Outermost)
            .Distinct()
            .Where(name => !MayCommit.Contains(name, StringComparer.Ordinal));

        committers.ShouldBeEmpty();
    }

    [Fact]
    public void The_search_for_commits_finds_the_runner()
    {
        House.TypesOf(House.Domain)
            .Where(type => type.Methods.SelectMany(Calls.Body).Any(Commits))
            .Select(Outermost)
            .ShouldContain("CommandRunner");
    }

    [Fact]
    public void Only_stock_and_finance_write_the_tables_of_the_ledger()
    {
        var tables = LedgerTables();
        tables.ShouldContain("stock_balance");
        var written = House.All
            .SelectMany(House.TypesOf)
            .Where(type => House.CapabilityOf(type) is not ("Stock" or "Finance"))
            .SelectMany(type => type.Methods)
            .SelectMany(method => Calls.Body(method)
                .Where(instruction => instruction.OpCode == OpCodes.Ldstr)
                .SelectMany(instruction => WrittenBy((string)instruction.Operand))
                .Where(tables.Contains)
                .Select(table => $"{method.DeclaringType.FullName} writes {table}"));

        written.Distinct().ShouldBeEmpty();
    }

    [Fact]
    public void Nobody_else_changes_an_entity_of_the_ledger()
    {
        var changed = House.All
            .SelectMany(House.TypesOf)
            .Where(type => House.CapabilityOf(type) is not ("Stock" or "Finance"))
            .SelectMany(type => type.Methods)
            .SelectMany(method => Calls.Body(method)
                .Select(instruction => instruction.Operand)
                .OfType<MethodReference>()
                .Where(called => called.Name is "Add" or "AddRange" or "Update" or "Remove" or "ExecuteUpdateAsync" or "ExecuteDeleteAsync")
                .Select(Entity)
                .Where(entity => entity is not null && House.CapabilityOf(entity) is "Stock" or "Finance")
                .Select(entity => $"{method.DeclaringType.FullName} changes {entity!.Name}"));

        changed.Distinct().ShouldBeEmpty();
    }

    /// <summary>A handler is given its time; a clock of its own would make decisions that cannot be replayed.</summary>
    [Fact]
    public void No_handler_has_a_clock()
    {
        RefusalTests.HandlerTypes()
            .Where(type => type.Methods.Any(method =>
                method.IsConstructor && method.Parameters.Any(parameter => parameter.ParameterType.Name is "TimeProvider" or "CommandRunner")))
            .Select(type => type.Name)
            .ShouldBeEmpty();
    }

    private static TypeReference? Entity(MethodReference called) =>
        called.DeclaringType is GenericInstanceType { ElementType.Name: "DbSet`1" } set ? set.GenericArguments[0] : null;

    private static bool Commits(Instruction instruction) =>
        instruction.Operand is MethodReference called
        && (called.Name is "SaveChanges" or "SaveChangesAsync"
            || (called.Name is "Commit" or "CommitAsync" && called.DeclaringType.Name.Contains("Transaction", StringComparison.Ordinal)));

    private static string Outermost(TypeDefinition type)
    {
        while (type.DeclaringType is not null)
        {
            type = type.DeclaringType;
        }

        return type.Name;
    }

    private static IEnumerable<string> WrittenBy(string sql) =>
        Write().Matches(sql).Select(match => match.Groups["table"].Value.ToLowerInvariant());

    /// <summary>The tables that the migrations of stock and finance create.</summary>
    private static HashSet<string> LedgerTables() =>
        Directory.EnumerateFiles(Path.Combine(House.Root, "src/Domain/Migrations"), "002*.sql")
            .SelectMany(file => Create().Matches(File.ReadAllText(file)))
            .Select(match => match.Groups["table"].Value)
            .ToHashSet(StringComparer.Ordinal);

    [GeneratedRegex(@"\b(insert\s+into|update|delete\s+from|truncate|copy|merge\s+into)\s+(only\s+)?(?<table>[a-z_]+)", RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Write();

    [GeneratedRegex(@"create table (?<table>[a-z_]+)", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Create();
}
