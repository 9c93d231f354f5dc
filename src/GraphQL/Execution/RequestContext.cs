using System.Security.Claims;
using Platform.GraphQL.Limits;

namespace Platform.GraphQL.Execution;

/// <summary>Who asks and what surrounds the request; the same for every operation of one HTTP request or socket message.</summary>
public sealed class RequestContext
{
    private Dictionary<object, object?>? _items;

    public required IServiceProvider Services { get; init; }

    public ClaimsPrincipal User { get; init; } = Anonymous;

    /// <summary>
    /// Equal for callers who may see exactly the same things. Loaders are keyed by it and identical subscriptions
    /// share an execution only under an equal scope. Without a scope nothing is shared.
    /// </summary>
    public string? PermissionScope { get; init; }

    /// <summary>The permission <c>schema:read</c>: introspection, suggestions and the schema's text.</summary>
    public bool MayReadSchema { get; init; }

    /// <summary>Names this request in logs and in masked errors; null lets the engine take the current trace id.</summary>
    public string? CorrelationId { get; init; }

    /// <summary>Raised when the client is gone.</summary>
    public CancellationToken Aborted { get; init; }

    public IDictionary<object, object?> Items => _items ??= [];

    /// <summary>The same request, as who its caller is by now.</summary>
    internal RequestContext As(CurrentCaller caller) => new()
    {
        Services = Services,
        User = caller.User,
        PermissionScope = caller.PermissionScope,
        MayReadSchema = MayReadSchema,
        CorrelationId = CorrelationId,
        Aborted = Aborted,
    };

    /// <summary>The same caller with the services of one event.</summary>
    internal RequestContext ForEvent(IServiceProvider services, CancellationToken aborted) => new()
    {
        Services = services,
        User = User,
        PermissionScope = PermissionScope,
        MayReadSchema = MayReadSchema,
        Aborted = aborted,
    };

    /// <summary>The cost of all operations so far: those of a batch come with one context and share one budget.</summary>
    internal OperationCost Spent { get; set; }

    private static ClaimsPrincipal Anonymous { get; } = new(new ClaimsIdentity());
}

/// <summary>Somebody as they are at a moment.</summary>
/// <param name="User">With the rights they have now.</param>
/// <param name="PermissionScope">Equal for callers who may see the same.</param>
/// <param name="Changed">Raised when they may see something else, with credentials that still hold.</param>
public sealed record CurrentCaller(ClaimsPrincipal User, string? PermissionScope, CancellationToken Changed);
