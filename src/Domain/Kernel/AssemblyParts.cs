using Microsoft.Extensions.DependencyInjection;

namespace Platform.Domain.Kernel;

/// <summary>Implemented once per capability that has services beside its handlers (a poster, a policy).</summary>
public interface ICapabilityServices
{
    void Register(IServiceCollection services);
}

/// <summary>Finds the parts that capabilities contribute, so that adding one edits no shared list.</summary>
internal static class AssemblyParts
{
    public static IEnumerable<TPart> Of<TPart>() =>
        typeof(AssemblyParts).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(TPart).IsAssignableFrom(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (TPart)Activator.CreateInstance(type)!);
}
