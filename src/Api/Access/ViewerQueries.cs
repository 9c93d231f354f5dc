using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;

namespace Platform.Api.Access;

/// <summary>Whoever asks, as the graph knows them.</summary>
/// <param name="Id">Their account.</param>
/// <param name="Name">What others read.</param>
/// <param name="Kind">A person, a device, another system or a model.</param>
/// <param name="Roles">What the account is for.</param>
/// <param name="Permissions">Everything they may do, in the order of the alphabet.</param>
/// <param name="LegalEntities">The companies they are limited to; null when they see all.</param>
/// <param name="Warehouses">The warehouses they are limited to; null when they see all.</param>
/// <param name="Suppliers">The suppliers they are limited to; null when they see all.</param>
[AllowAnonymous]
public sealed record Viewer(
    [property: ID("User")] Guid Id,
    string Name,
    ActorKind Kind,
    IReadOnlyList<Role> Roles,
    IReadOnlyList<string> Permissions,
    [property: ID("LegalEntity")] IReadOnlyList<Guid>? LegalEntities,
    [property: ID("Warehouse")] IReadOnlyList<Guid>? Warehouses,
    [property: ID("Supplier")] IReadOnlyList<Guid>? Suppliers);

[QueryType]
internal static class ViewerQueries
{
    /// <summary>Who asks, what they may do and which rows are theirs; null for whoever did not sign in.</summary>
    [AllowAnonymous]
    public static Viewer? GetViewer(RequestContext request)
    {
        var principal = Principal.Of(request);
        return ReferenceEquals(principal, Principal.Nobody)
            ? null
            : new Viewer(
                principal.Actor.Id,
                principal.Actor.Name,
                principal.Actor.Kind,
                principal.Roles,
                [.. principal.Permissions.Order(StringComparer.Ordinal)],
                Ids(principal.Rows.LegalEntities),
                Ids(principal.Rows.Warehouses),
                Ids(principal.Rows.Suppliers));
    }

    private static IReadOnlyList<Guid>? Ids(IReadOnlySet<Guid>? ids) => ids is null ? null : [.. ids.Order()];
}
