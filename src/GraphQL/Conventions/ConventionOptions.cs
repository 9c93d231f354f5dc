namespace Platform.GraphQL.Conventions;

/// <summary>How classes become types; <c>ModifyOptions</c> changes it.</summary>
public sealed record ConventionOptions
{
    /// <summary><c>IShape</c> becomes <c>Shape</c>.</summary>
    public bool StripLeadingIFromInterface { get; init; }

    /// <summary>Nothing is readable unless something says so: a field without a rule fails the build.</summary>
    public bool DenyByDefault { get; init; }

    /// <summary>
    /// A list of objects must say how long it can be, by pages or [ListSize]: without it no cost is known and no
    /// response is bounded.
    /// </summary>
    public bool RequireListSizes { get; init; }

    /// <summary>Clients may write <c>@defer</c>.</summary>
    public bool EnableDefer { get; init; }

    /// <summary>Clients may write <c>@stream</c>.</summary>
    public bool EnableStream { get; init; }

    /// <summary>What resolvers that wait weigh in the cost analysis.</summary>
    public double AsyncResolverCost { get; init; } = 10;

    /// <summary>How many ids <c>nodes</c> takes.</summary>
    public int MaxAllowedNodeBatchSize { get; init; } = 50;

    /// <summary>How many events a slow subscriber may be behind an in-memory topic.</summary>
    public int TopicBufferCapacity { get; init; } = 64;
}
