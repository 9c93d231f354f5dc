using System.Collections.Frozen;
using Platform.Domain.Kernel;

namespace Platform.Tests.Support;

/// <summary>People and machines that tests act as.</summary>
public static class Callers
{
    /// <summary>Holds every permission that any command names.</summary>
    public static Caller Supervisor { get; } = Of(ActorKind.Human, "Sue Pervisor", AllPermissions());

    /// <summary>Signed in, and allowed nothing.</summary>
    public static Caller Stranger { get; } = Of(ActorKind.Human, "Stranger");

    /// <summary>A model whose account was given every permission, by mistake.</summary>
    public static Caller Model { get; } = Of(ActorKind.Model, "count-variance", AllPermissions());

    /// <summary>A new person who holds exactly these permissions.</summary>
    public static Caller Of(ActorKind kind, string name, params IEnumerable<string> permissions)
    {
        var id = Guid.CreateVersion7();
        return new Caller(
            new Actor(kind, id, id, name), permissions.ToFrozenSet(StringComparer.Ordinal), Guid.CreateVersion7(), IdempotencyKey: null);
    }

    public static Caller WithKey(this Caller caller, string key) => caller with { IdempotencyKey = key };

    private static IEnumerable<string> AllPermissions() =>
        AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name?.StartsWith("Platform.", StringComparison.Ordinal) is true)
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetCustomAttributes(typeof(NeedsAttribute), inherit: false))
            .Select(attribute => ((NeedsAttribute)attribute).Permission);
}
