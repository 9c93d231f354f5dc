using Platform.Domain.Kernel;

namespace Platform.Domain.Policies;

/// <summary>A new version was written; it decides nothing yet.</summary>
public sealed record PolicyDrafted(PolicyVersionId Policy, PolicyKind Kind, int Number, string Note) : IEvent
{
    public Subject Subject => new(nameof(PolicyVersion), Policy.Value);
}
