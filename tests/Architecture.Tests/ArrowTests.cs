using System.Xml.Linq;
using Mono.Cecil;

namespace Platform.Tests.Architecture;

/// <summary>Arrows between projects and between capabilities go one way.</summary>
public sealed class ArrowTests
{
    [Theory]
    [InlineData("Domain", "")]
    [InlineData("GraphQL", "")]
    [InlineData("Intelligence", "Domain")]
    [InlineData("Api", "Domain GraphQL Intelligence")]
    public void A_project_references_only_what_the_house_allows(string project, string allowed)
    {
        var file = XDocument.Load(Path.Combine(House.Root, "src", project, $"Platform.{project}.csproj"));

        var referenced = file.Descendants("ProjectReference")
            .Select(reference => Path.GetFileNameWithoutExtension((string)reference.Attribute("Include")!)["Platform.".Length..])
            .Order(StringComparer.Ordinal);

        string.Join(' ', referenced).ShouldBe(allowed);
    }

    [Fact]
    public void The_domain_knows_neither_the_web_nor_GraphQL_nor_models()
    {
        var references = House.Domain.MainModule.AssemblyReferences.Select(reference => reference.Name).ToList();

        references.ShouldNotContain(name => name.StartsWith("Microsoft.AspNetCore", StringComparison.Ordinal));
        references.ShouldNotContain(name => name.StartsWith("Platform.", StringComparison.Ordinal));
    }

    [Fact]
    public void The_engine_has_never_heard_of_inventory()
    {
        House.GraphQL.MainModule.AssemblyReferences.Select(reference => reference.Name)
            .ShouldNotContain(name => name.StartsWith("Platform.", StringComparison.Ordinal) || name.StartsWith("Npgsql", StringComparison.Ordinal));
    }

    /// <summary>
    /// A new arrow is a line that a reviewer reads. <c>UPDATE_SNAPSHOTS=1</c> rewrites the map; a cycle is refused
    /// whatever the map says.
    /// </summary>
    [Fact]
    public void The_capabilities_depend_on_each_other_as_the_committed_map_says()
    {
        var arrows = Arrows();
        var map = Path.Combine(House.Root, "tests", "Architecture.Tests", "capability-map.txt");
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOTS") == "1")
        {
            File.WriteAllLines(map, arrows);
        }

        arrows.ShouldBe(File.ReadAllLines(map));
    }

    [Fact]
    public void The_capabilities_form_no_cycle()
    {
        var targets = Arrows().Select(arrow => arrow.Split(" -> ")).ToLookup(arrow => arrow[0], arrow => arrow[1], StringComparer.Ordinal);
        foreach (var start in targets.Select(group => group.Key))
        {
            PathBack(targets, start, [start]).ShouldBeNull();
        }
    }

    [Fact]
    public void The_kernel_knows_no_capability()
    {
        Arrows().ShouldNotContain(arrow => arrow.StartsWith("Kernel -> ", StringComparison.Ordinal));
    }

    private static string? PathBack(ILookup<string, string> targets, string start, IReadOnlyList<string> path)
    {
        foreach (var target in targets[path[^1]])
        {
            if (target == start)
            {
                return string.Join(" -> ", path.Append(start));
            }

            if (!path.Contains(target, StringComparer.Ordinal) && PathBack(targets, start, [.. path, target]) is { } cycle)
            {
                return cycle;
            }
        }

        return null;
    }

    /// <summary>"Receiving -> Stock" for every capability whose compiled code mentions a type of the other.</summary>
    private static List<string> Arrows() =>
        House.TypesOf(House.Domain)
            .SelectMany(type => Mentioned(type).Select(other => (From: House.CapabilityOf(type), To: House.CapabilityOf(other))))
            .Where(arrow => arrow.From is not null && arrow.To is not null && arrow.From != arrow.To && arrow.To != "Kernel")
            .Select(arrow => $"{arrow.From} -> {arrow.To}")
            .Distinct()
            .Order(StringComparer.Ordinal)
            .ToList();

    private static IEnumerable<TypeReference> Mentioned(TypeDefinition type)
    {
        var direct = type.Interfaces.Select(one => one.InterfaceType)
            .Append(type.BaseType)
            .Concat(type.Fields.Select(field => field.FieldType))
            .Concat(type.CustomAttributes.Select(attribute => attribute.AttributeType))
            .Concat(type.Methods.SelectMany(Mentioned));
        return direct.Where(one => one is not null).SelectMany(Unwrapped);
    }

    private static IEnumerable<TypeReference> Mentioned(MethodDefinition method)
    {
        var signature = method.Parameters.Select(parameter => parameter.ParameterType).Append(method.ReturnType);
        var locals = method.HasBody ? method.Body.Variables.Select(local => local.VariableType) : [];
        var operands = Calls.Body(method).SelectMany(instruction => instruction.Operand switch
        {
            TypeReference type => [type],
            GenericInstanceMethod call => call.GenericArguments.Append(call.DeclaringType),
            MemberReference member => [member.DeclaringType],
            _ => Enumerable.Empty<TypeReference>(),
        });
        return signature.Concat(locals).Concat(operands);
    }

    /// <summary>Result&lt;ItemCreated&gt;[] mentions ItemCreated too.</summary>
    private static IEnumerable<TypeReference> Unwrapped(TypeReference type) => type switch
    {
        GenericInstanceType generic => generic.GenericArguments.SelectMany(Unwrapped).Append(generic.ElementType),
        TypeSpecification wrapped => Unwrapped(wrapped.ElementType),
        _ => [type],
    };
}
