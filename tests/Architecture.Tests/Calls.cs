using System.Runtime.CompilerServices;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace Platform.Tests.Architecture;

/// <summary>Follows calls through compiled code: async methods, lambdas, overrides and implementations included.</summary>
internal sealed class Calls
{
    private readonly AssemblyDefinition _assembly;
    private readonly ILookup<string, MethodDefinition> _overrides;

    public Calls(AssemblyDefinition assembly)
    {
        _assembly = assembly;
        _overrides = House.TypesOf(assembly)
            .Where(type => !type.IsInterface)
            .SelectMany(type => type.Methods)
            .Where(method => method.IsVirtual && !method.IsAbstract)
            .SelectMany(method => Overridden(method).Select(name => (Name: name, Method: method)))
            .ToLookup(pair => pair.Name, pair => pair.Method, StringComparer.Ordinal);
    }

    /// <summary>Every method of the assembly that can run when these run.</summary>
    public IReadOnlyCollection<MethodDefinition> ReachableFrom(IEnumerable<MethodDefinition> starts)
    {
        var seen = new HashSet<MethodDefinition>();
        var waiting = new Stack<MethodDefinition>(starts);
        while (waiting.TryPop(out var method))
        {
            if (!seen.Add(method))
            {
                continue;
            }

            foreach (var next in Next(method))
            {
                waiting.Push(next);
            }
        }

        return seen;
    }

    public static IEnumerable<Instruction> Body(MethodDefinition method) =>
        method.HasBody ? method.Body.Instructions : [];

    private IEnumerable<MethodDefinition> Next(MethodDefinition method)
    {
        foreach (var attribute in method.CustomAttributes)
        {
            if (attribute.AttributeType.Name is nameof(AsyncStateMachineAttribute) or nameof(IteratorStateMachineAttribute)
                or nameof(AsyncIteratorStateMachineAttribute))
            {
                var machine = ((TypeReference)attribute.ConstructorArguments[0].Value).Resolve();
                yield return machine.Methods.Single(step => step.Name == "MoveNext");
            }
        }

        foreach (var instruction in Body(method))
        {
            if (instruction.Operand is MethodReference called && IsOurs(called.DeclaringType) && called.Resolve() is { } target)
            {
                yield return target;
                if (target.IsVirtual)
                {
                    foreach (var implementation in _overrides[Signature(target)])
                    {
                        yield return implementation;
                    }
                }
            }
            else if (instruction.Operand is FieldReference { } field && IsOurs(field.DeclaringType)
                && field.Resolve() is { IsStatic: true } constant
                && constant.DeclaringType.Methods.FirstOrDefault(one => one.IsConstructor && one.IsStatic) is { } initialiser)
            {
                yield return initialiser;
            }
        }
    }

    private bool IsOurs(TypeReference type) =>
        type.GetElementType().Scope.Name == _assembly.MainModule.Name || type.Scope == _assembly.MainModule;

    private IEnumerable<string> Overridden(MethodDefinition method)
    {
        foreach (var contract in method.DeclaringType.Interfaces.Select(implemented => implemented.InterfaceType).Where(IsOurs))
        {
            foreach (var declared in contract.Resolve().Methods)
            {
                var isImplicit = declared.Name == method.Name && declared.Parameters.Count == method.Parameters.Count;
                if (isImplicit || method.Overrides.Any(one => one.Resolve() == declared))
                {
                    yield return Signature(declared);
                }
            }
        }

        for (var ancestor = method.DeclaringType.BaseType; ancestor is not null && IsOurs(ancestor); ancestor = ancestor.Resolve().BaseType)
        {
            foreach (var declared in ancestor.Resolve().Methods.Where(one =>
                one.IsVirtual && one.Name == method.Name && one.Parameters.Count == method.Parameters.Count))
            {
                yield return Signature(declared);
            }
        }
    }

    private static string Signature(MethodDefinition method) =>
        $"{method.DeclaringType.FullName}::{method.Name}/{method.Parameters.Count}";
}
