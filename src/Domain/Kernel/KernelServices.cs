using System.Reflection;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Npgsql;
using Platform.Domain.Kernel.Events;
using Platform.Domain.Kernel.Storage;

namespace Platform.Domain.Kernel;

/// <summary>Puts the domain into a container: the unit of work, every handler, every capability's own services.</summary>
public static class KernelServices
{
    public static IServiceCollection AddDomain(this IServiceCollection services, NpgsqlDataSource application) =>
        services.AddDomain(application, typeof(KernelServices).Assembly);

    /// <summary>With the assemblies that hold handlers named: tests of the kernel bring commands of their own.</summary>
    public static IServiceCollection AddDomain(
        this IServiceCollection services, NpgsqlDataSource application, params IReadOnlyList<Assembly> handlers)
    {
        services.AddLogging();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(application);
        // Pooled: making a context anew would cost more than most commands.
        services.AddDbContextPool<PlatformDb>(options => options.UseNpgsql(application));
        LimitedContexts.Register(services);
        services.AddSingleton(OperationCatalog.Register(services, handlers));
        services.AddSingleton<CommandRunner>();
        services.AddSingleton<EventDoorbell>();
        services.AddSingleton<EventReader>();
        services.AddSingleton<EventFeed>();
        foreach (var capability in AssemblyParts.Of<ICapabilityServices>())
        {
            capability.Register(services);
        }

        return services;
    }
}
