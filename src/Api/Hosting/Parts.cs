namespace Platform.Api.Hosting;

/// <summary>A part of the host that a capability brings: its services and its routes. Found by itself.</summary>
public interface IHostModule
{
    void AddServices(WebApplicationBuilder builder);

    void Map(WebApplication app);
}

/// <summary>Example data that a capability can fill an empty database with; <c>--seed</c> names it.</summary>
public interface ISeed
{
    string Name { get; }

    Task PlantAsync(IServiceProvider services, CancellationToken ct);
}

/// <summary>Finds the parts of the host in this assembly.</summary>
internal static class Parts
{
    public static IEnumerable<TPart> Of<TPart>() =>
        typeof(Parts).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(TPart).IsAssignableFrom(type))
            .OrderBy(type => type.FullName, StringComparer.Ordinal)
            .Select(type => (TPart)Activator.CreateInstance(type)!);
}
