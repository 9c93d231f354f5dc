using System.Collections.Frozen;
using Platform.Domain.Kernel;

namespace Platform.Tests.Support;

/// <summary>People and machines that tests act as.</summary>
public static class Callers
{
    /// <summary>Holds every permission that any command names.</summary>
    public static Caller Supervisor { get; } = TheSupervisor();

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

    /// <summary>The same person in every process, so that a retry from another one is a retry.</summary>
    private static Caller TheSupervisor()
    {
        var id = Guid.Parse("01956000-0000-7000-8000-000000000001");
        var anybody = Of(ActorKind.Human, "Sue Pervisor", AllPermissions());
        return anybody with { Actor = anybody.Actor with { Id = id, Person = id } };
    }

    private static IEnumerable<string> AllPermissions() =>
        AppDomain.CurrentDomain.GetAssemblies()
            .Where(assembly => assembly.GetName().Name?.StartsWith("Platform.", StringComparison.Ordinal) is true)
            .SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetCustomAttributes(typeof(NeedsAttribute), inherit: false))
            .Select(attribute => ((NeedsAttribute)attribute).Permission);
}
