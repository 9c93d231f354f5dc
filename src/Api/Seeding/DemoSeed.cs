using System.Collections.Frozen;
using Microsoft.EntityFrameworkCore;
using Platform.Api.Hosting;
using Platform.Domain.Kernel;
using Platform.Domain.Stewardship;
using Platform.Domain.Partners;

namespace Platform.Api.Seeding;

/// <summary>Fills an empty database with the demo distributor; a database that has a legal entity is somebody's, and left alone.</summary>
internal sealed class DemoSeed : ISeed
{
    public string Name => "demo";

    public async Task PlantAsync(IServiceProvider services, CancellationToken ct)
    {
        await using var scope = services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<PlatformDb>();
        if (await db.Set<LegalEntity>().AnyAsync(ct))
        {
            return;
        }

        var caller = await FounderAsync(services.GetRequiredService<OperationCatalog>(), db, ct);
        var demo = await DemoDistributor.BuildAsync(
            services.GetRequiredService<CommandRunner>(), caller, from: new DateOnly(2026, 1, 1), sizesFactor: 1);
        await OpeningStock.PostAsync(demo, db, ct);
    }

    /// <summary>Whoever sets a distributor up may do everything, and owns every group of fields.</summary>
    public static async Task<Caller> FounderAsync(OperationCatalog catalog, PlatformDb db, CancellationToken ct)
    {
        var roles = await db.Set<FieldGroupOwner>().Select(owner => owner.OwnerRole).Distinct().ToListAsync(ct);
        var permissions = catalog.All.Select(operation => operation.Permission).OfType<string>()
            .Concat(roles.Select(FieldGroupOwner.PermissionOf));
        var id = Guid.CreateVersion7();
        return new Caller(
            new Actor(ActorKind.Service, id, id, "Demo"), permissions.ToFrozenSet(StringComparer.Ordinal), id, IdempotencyKey: null);
    }
}
