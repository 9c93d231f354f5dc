using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Platform.Tests.Architecture;

/// <summary>
/// What a command declares to refuse is what its handler constructs: a forgotten or stale member fails here. A value of
/// the kernel may refuse to be made; whether that is the command's refusal or a bug is the handler's choice, so those may
/// be declared and need not be. A command that refuses like another may use a part of the other's road only.
/// </summary>
public sealed class RefusalTests
{
    private static readonly Lazy<Calls> Domain = new(() => new Calls(House.Domain));

    public static TheoryData<string> Handlers =>
        [.. HandlerTypes().Select(handler => handler.FullName)];

    [Theory, MemberData(nameof(Handlers))]
    public void Declared_refusals_are_the_constructed_ones(string handler)
    {
        var type = HandlerTypes().Single(one => one.FullName == handler);

        var constructed = Constructed(type);
        var command = CommandOf(type);

        constructed.Where(refusal => !refusal.IsOfAValue).Select(refusal => refusal.Name)
            .Except(Declared(command), StringComparer.Ordinal)
            .ShouldBeEmpty("constructed, not declared");
        DirectlyDeclared(command)
            .Except(constructed.Select(refusal => refusal.Name), StringComparer.Ordinal)
            .ShouldBeEmpty("declared, never constructed");
    }

    /// <summary>The test bites: it finds what a handler of many roads constructs, deep below its own file.</summary>
    [Fact]
    public void Construction_is_found_behind_async_calls_and_lambdas()
    {
        HandlerTypes().Max(type => Constructed(type).Count).ShouldBeGreaterThan(5);
    }

    internal static IEnumerable<TypeDefinition> HandlerTypes() =>
        House.TypesOf(House.Domain).Where(type => !type.IsAbstract && Contract(type) is not null);

    internal static TypeDefinition CommandOf(TypeDefinition handler) => Contract(handler)!.GenericArguments[0].Resolve();

    private static GenericInstanceType? Contract(TypeDefinition type) =>
        type.Interfaces.Select(one => one.InterfaceType).OfType<GenericInstanceType>()
            .FirstOrDefault(contract => contract.ElementType.Name == "ICommandHandler`2");

    private sealed record Refusal(string Name, bool IsOfAValue);

    private static List<Refusal> Constructed(TypeDefinition handler)
    {
        var starts = handler.Methods.Where(method => method.Name is "HandleAsync" or "RefusalFor");
        return Domain.Value.ReachableFrom(starts)
            .SelectMany(Calls.Body)
            .Where(instruction => instruction.OpCode == OpCodes.Newobj)
            .Select(instruction => ((MethodReference)instruction.Operand).DeclaringType)
            .Where(type => House.CapabilityOf(type) is not null)
            .Select(type => type.Resolve())
            .Where(type => Ancestors(type).Contains("DomainError", StringComparer.Ordinal)
                && !Ancestors(type).Contains("RunnerRefusal", StringComparer.Ordinal))
            .Select(type => new Refusal(type.Name, type.Namespace == "Platform.Domain.Kernel.Values"))
            .Distinct()
            .OrderBy(refusal => refusal.Name, StringComparer.Ordinal)
            .ToList();
    }

    private static List<string> Declared(TypeDefinition command) =>
        DeclaredBy(command).Distinct().Order(StringComparer.Ordinal).ToList();

    private static IEnumerable<string> DirectlyDeclared(TypeDefinition command) =>
        command.CustomAttributes
            .Select(attribute => attribute.AttributeType)
            .OfType<GenericInstanceType>()
            .Where(attribute => attribute.ElementType.Name == "RefusesAttribute`1")
            .Select(attribute => attribute.GenericArguments[0].Name);

    private static IEnumerable<string> DeclaredBy(TypeDefinition command) =>
        command.CustomAttributes
            .Select(attribute => attribute.AttributeType)
            .OfType<GenericInstanceType>()
            .SelectMany(attribute => attribute.ElementType.Name switch
            {
                "RefusesAttribute`1" => [attribute.GenericArguments[0].Name],
                "RefusesLikeAttribute`1" => DeclaredBy(attribute.GenericArguments[0].Resolve()),
                _ => Enumerable.Empty<string>(),
            });

    private static IEnumerable<string> Ancestors(TypeDefinition type)
    {
        for (var ancestor = type.BaseType; ancestor is not null; ancestor = ancestor.Resolve()?.BaseType)
        {
            yield return ancestor.Name;
        }
    }
}
