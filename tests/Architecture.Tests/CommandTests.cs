using System.Text.RegularExpressions;
using Mono.Cecil;

namespace Platform.Tests.Architecture;

/// <summary>Every command is whole: a handler, a permission, a summary for the schema, a test.</summary>
public sealed class CommandTests
{
    private static readonly Lazy<HashSet<string>> WordsOfTests = new(() =>
        House.Sources("tests").SelectMany(file => Regex.Matches(File.ReadAllText(file), @"\b[A-Z]\w+\b", RegexOptions.None, TimeSpan.FromSeconds(10)))
            .Select(match => match.Value)
            .ToHashSet(StringComparer.Ordinal));

    public static TheoryData<string> Commands => [.. CommandTypes().Select(command => command.FullName)];

    [Theory, MemberData(nameof(Commands))]
    public void A_command_names_its_permission(string command) =>
        Find(command).CustomAttributes.ShouldContain(attribute => attribute.AttributeType.Name == "NeedsAttribute");

    [Theory, MemberData(nameof(Commands))]
    public void A_command_has_exactly_one_handler_and_it_is_internal(string command)
    {
        var handlers = RefusalTests.HandlerTypes().Where(handler => RefusalTests.CommandOf(handler).FullName == command).ToList();

        handlers.Count.ShouldBe(1);
        handlers[0].IsPublic.ShouldBeFalse();
    }

    [Theory, MemberData(nameof(Commands))]
    public void A_command_is_a_sealed_record_of_values(string command)
    {
        var type = Find(command);
        type.IsSealed.ShouldBeTrue();
        type.Properties.Where(property => property.SetMethod is { IsPublic: true } set && !IsInitOnly(set))
            .Select(property => property.Name).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Commands))]
    public void A_command_is_tested(string command) =>
        WordsOfTests.Value.Contains(Find(command).Name).ShouldBeTrue($"No test mentions {command}.");

    private static TypeDefinition Find(string fullName) => CommandTypes().Single(command => command.FullName == fullName);

    private static IEnumerable<TypeDefinition> CommandTypes() =>
        House.TypesOf(House.Domain).Where(type => type.IsClass && !type.IsAbstract
            && type.Interfaces.Any(one => one.InterfaceType is GenericInstanceType { ElementType.Name: "ICommand`1" }));

    private static bool IsInitOnly(MethodDefinition set) =>
        set.ReturnType is RequiredModifierType { ModifierType.Name: "IsExternalInit" };
}
