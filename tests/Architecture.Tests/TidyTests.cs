using System.Text.RegularExpressions;

namespace Platform.Tests.Architecture;

/// <summary>What a newcomer would trip over.</summary>
public sealed partial class TidyTests
{
    private const int MostLines = 600;

    /// <summary>Names that say that nobody decided what the thing is. The exceptions are other people's words.</summary>
    private static readonly string[] TheirWords =
    [
        "PageInfo", // Relay's cursor connections
        "IPageInfo",
    ];

    [Fact]
    public void No_file_is_longer_than_600_lines()
    {
        House.Sources("src").Concat(House.Sources("tests"))
            .Select(file => (File: House.Relative(file), Lines: File.ReadLines(file).Count()))
            .Where(file => file.Lines > MostLines)
            .Select(file => $"{file.File}: {file.Lines}")
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_type_has_a_name_that_says_nothing()
    {
        House.All.SelectMany(House.TypesOf)
            .Where(type => !type.Name.Contains('<', StringComparison.Ordinal))
            .Select(type => (type.IsAbstract, Name: type.Name.Split('`')[0]))
            .Where(type => SaysNothing().IsMatch(type.Name)
                || (type.IsAbstract && type.Name.StartsWith("Base", StringComparison.Ordinal)))
            .Select(type => type.Name)
            .Except(TheirWords, StringComparer.Ordinal)
            .ShouldBeEmpty();
    }

    [Fact]
    public void No_folder_is_named_after_a_kind_of_code()
    {
        Directory.EnumerateDirectories(Path.Combine(House.Root, "src"), "*", SearchOption.AllDirectories)
            .Where(folder => !folder.Contains("/bin", StringComparison.Ordinal) && !folder.Contains("/obj", StringComparison.Ordinal)
                && !folder.Contains("/node_modules", StringComparison.Ordinal))
            .Select(Path.GetFileName)
            .Intersect(["Commands", "Models", "Services", "Helpers", "Utils", "Common", "Shared", "Managers"], StringComparer.OrdinalIgnoreCase)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Nothing_is_left_to_be_done_in_a_comment()
    {
        House.Sources("src").Concat(House.Sources("tests"))
            .Where(file => Unfinished().IsMatch(File.ReadAllText(file)))
            .Select(House.Relative)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_capability_says_what_it_is_in_a_README()
    {
        Directory.EnumerateDirectories(Path.Combine(House.Root, "src", "Domain"))
            .Where(folder => Path.GetFileName(folder) is not ("bin" or "obj" or "Migrations"))
            .Where(folder => !File.Exists(Path.Combine(folder, "README.md")))
            .Select(House.Relative)
            .ShouldBeEmpty();
    }

    [Fact]
    public void Every_migration_has_a_number_of_its_own_and_a_name()
    {
        var files = Directory.EnumerateFiles(Path.Combine(House.Root, "src/Domain/Migrations")).Select(file => Path.GetFileName(file)!).ToList();

        files.ShouldAllBe(file => MigrationName().IsMatch(file));
        files.GroupBy(file => file[..4], StringComparer.Ordinal).Where(group => group.Count() > 1).ShouldBeEmpty();
    }

    [GeneratedRegex("(Manager|Helper|Helpers|Util|Utils|Utilities|Impl|V2|Info|Data|Common|Base)$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex SaysNothing();

    [GeneratedRegex(@"//.*\b(TO" + "DO|FIX" + "ME|HA" + @"CK|XX" + "X)\b", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 5000)]
    private static partial Regex Unfinished();

    [GeneratedRegex(@"^\d{4}_[a-z0-9_]+\.sql$", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex MigrationName();
}
