using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;

namespace Platform.Domain.Kernel.Storage;

/// <summary>
/// Whom a unit of work belongs to. Commands of those who are limited to rows run over connections of their own: a connection
/// that changed roles between two commands would plan every statement anew, for both.
/// </summary>
internal sealed class UnitOwner
{
    public bool IsLimited { get; private set; }

    /// <summary>Said before the unit of work is asked for.</summary>
    public void Limit() => IsLimited = true;
}

/// <summary>Units of work over the connections of those who are limited; made when the first of them comes.</summary>
internal sealed class LimitedContexts(ScopedDataSource scoped, ILoggerFactory loggers)
{
    private readonly PooledDbContextFactory<PlatformDb> _pool = new(
        new DbContextOptionsBuilder<PlatformDb>().UseNpgsql(scoped.Source).UseLoggerFactory(loggers).Options);

    public PlatformDb Lease() => _pool.CreateDbContext();

    /// <summary>The unit of work of a scope is its owner's.</summary>
    public static void Register(IServiceCollection services)
    {
        var ofEverybody = services.Last(service => service.ServiceType == typeof(PlatformDb)).ImplementationFactory
            ?? throw new InvalidOperationException("Units of work are pooled before they are told apart.");
        services.AddScoped<UnitOwner>();
        services.TryAddSingleton<LimitedContexts>();
        services.Replace(ServiceDescriptor.Scoped(provider =>
            provider.GetRequiredService<UnitOwner>().IsLimited
                ? provider.GetRequiredService<LimitedContexts>().Lease()
                : (PlatformDb)ofEverybody(provider)));
    }
}
