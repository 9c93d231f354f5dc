using System.Collections.Frozen;
using System.Text.Json;
using Platform.Domain.Kernel;

namespace Platform.Domain.Policies;

/// <summary>What a policy decides.</summary>
public enum PolicyKind
{
    /// <summary>To which queue an exception goes, and until when it must be dealt with (EXC-03).</summary>
    ExceptionRouting,

    /// <summary>Who must agree to what (APR-01).</summary>
    ApprovalMatrix,

    /// <summary>Which goods are looked at when they arrive, and how many of them (QLT-01).</summary>
    Inspection,

    /// <summary>Where goods are put, and what must be scanned when they are (PUT-01).</summary>
    Putaway,

    /// <summary>How much may come, from when on it may be taken, and what is counted twice (RCV-04, RCV-07, RCV-14).</summary>
    Receiving,

    /// <summary>By how much an invoice may differ from what was ordered and received (FIN-04).</summary>
    InvoiceMatch,

    /// <summary>From when on something is recommended, and how much in a day (AIU-18).</summary>
    RecommendationThresholds,
}

public enum PolicyStatus
{
    Draft,

    /// <summary>Somebody has seen what it would have done to what really happened.</summary>
    Simulated,

    /// <summary>In force from its day on, until a later version is.</summary>
    Published,

    /// <summary>Taken back: the version before it holds again.</summary>
    Withdrawn,
}

public enum PolicyStep
{
    Simulate,
    Publish,
    Withdraw,
}

public readonly record struct PolicyVersionId(Guid Value) : ITypedId<PolicyVersionId>
{
    public static PolicyVersionId From(Guid value) => new(value);

    public override string ToString() => Value.ToString();
}

/// <summary>One version of a policy, as it was written; a later one replaces it, nobody changes it (APR-11).</summary>
public sealed class PolicyVersion
{
    /// <summary>Draft → review → publish → effective, as the whole table.</summary>
    internal static readonly FrozenDictionary<(PolicyStatus From, PolicyStep Step), PolicyStatus> Steps =
        new Dictionary<(PolicyStatus From, PolicyStep Step), PolicyStatus>
        {
            [(PolicyStatus.Draft, PolicyStep.Simulate)] = PolicyStatus.Simulated,
            [(PolicyStatus.Simulated, PolicyStep.Simulate)] = PolicyStatus.Simulated,
            [(PolicyStatus.Simulated, PolicyStep.Publish)] = PolicyStatus.Published,
            [(PolicyStatus.Published, PolicyStep.Withdraw)] = PolicyStatus.Withdrawn,
        }.ToFrozenDictionary();

    private PolicyVersion()
    {
    }

    public PolicyVersionId Id { get; private set; }

    public PolicyKind Kind { get; private set; }

    /// <summary>Counts from 1 within its kind.</summary>
    public int Number { get; private set; }

    public PolicyStatus Status { get; private set; }

    /// <summary>The rules, as JSON.</summary>
    public string Body { get; private set; } = "{}";

    public string Note { get; private set; } = string.Empty;

    public Guid DraftedBy { get; private set; }

    public Guid DraftedByPerson { get; private set; }

    public DateTimeOffset DraftedAt { get; private set; }

    /// <summary>What it would have done, as JSON.</summary>
    public string? Simulation { get; private set; }

    public DateTimeOffset? SimulatedAt { get; private set; }

    public DateTimeOffset? EffectiveFrom { get; private set; }

    public Guid? PublishedBy { get; private set; }

    public Guid? PublishedByPerson { get; private set; }

    public DateTimeOffset? PublishedAt { get; private set; }

    public Guid? WithdrawnBy { get; private set; }

    public DateTimeOffset? WithdrawnAt { get; private set; }

    public int Version { get; private set; }

    internal static PolicyVersion Draft(PolicyVersionId id, PolicyKind kind, int number, object body, string note, Envelope envelope) => new()
    {
        Id = id,
        Kind = kind,
        Number = number,
        Status = PolicyStatus.Draft,
        Body = JsonSerializer.Serialize(body, body.GetType(), KernelJson.Options),
        Note = note,
        DraftedBy = envelope.Actor.Id,
        DraftedByPerson = envelope.Actor.Person,
        DraftedAt = envelope.Now,
        Version = 1,
    };

    internal DomainError? Refuse(int version, PolicyStep step)
    {
        if (Version != version)
        {
            return new StaleVersion(nameof(PolicyVersion), Id.Value, version, Version);
        }

        return Steps.ContainsKey((Status, step)) ? null : new WrongPolicyStatus(Id, Status, step);
    }

    internal void Simulated(string simulation, DateTimeOffset at)
    {
        Step(PolicyStep.Simulate);
        (Simulation, SimulatedAt) = (simulation, at);
    }

    internal void Publish(DateTimeOffset effectiveFrom, Envelope envelope)
    {
        Step(PolicyStep.Publish);
        (EffectiveFrom, PublishedAt) = (effectiveFrom, envelope.Now);
        (PublishedBy, PublishedByPerson) = (envelope.Actor.Id, envelope.Actor.Person);
    }

    internal void Withdraw(Envelope envelope)
    {
        Step(PolicyStep.Withdraw);
        (WithdrawnBy, WithdrawnAt) = (envelope.Actor.Id, envelope.Now);
    }

    private void Step(PolicyStep step)
    {
        Status = Steps[(Status, step)];
        Version++;
    }
}
