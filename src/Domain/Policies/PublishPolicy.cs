using System.Text.Json;
using Platform.Domain.Kernel;

namespace Platform.Domain.Policies;

/// <summary>Plays a draft against what really happened, and keeps what it would have changed; a version nobody simulated is never published.</summary>
[Needs("policies.simulate")]
[Refuses<PolicyNotFound>, Refuses<StaleVersion>, Refuses<WrongPolicyStatus>]
public sealed record SimulatePolicy(PolicyVersionId Policy, int Version) : ICommand<PolicySimulated>;

/// <param name="Policy">The version that was played.</param>
/// <param name="Kind">What it decides.</param>
/// <param name="Version">The row's version after it.</param>
/// <param name="Cases">How many real cases it was played against.</param>
/// <param name="Changed">How many of them it would have decided otherwise than was done.</param>
/// <param name="Lines">What would have changed, the most frequent first.</param>
public sealed record PolicySimulated(
    PolicyVersionId Policy, PolicyKind Kind, int Version, int Cases, int Changed, IReadOnlyList<SimulatedChange> Lines) : IEvent
{
    public Subject Subject => new(nameof(PolicyVersion), Policy.Value);
}

/// <summary>So many cases that were decided one way would be decided another way.</summary>
public sealed record SimulatedChange(string From, string To, int Cases);

/// <summary>Puts a simulated version in force, now or from a later moment on; never by its author.</summary>
[Needs("policies.publish")]
[Refuses<PolicyNotFound>, Refuses<StaleVersion>, Refuses<WrongPolicyStatus>, Refuses<AuthorMayNotPublish>, Refuses<InvalidField>]
public sealed record PublishPolicy(PolicyVersionId Policy, int Version, DateTimeOffset? EffectiveFrom) : ICommand<PolicyPublished>;

public sealed record PolicyPublished(
    PolicyVersionId Policy, PolicyKind Kind, int Number, int Version, DateTimeOffset EffectiveFrom) : IEvent
{
    public Subject Subject => new(nameof(PolicyVersion), Policy.Value);
}

/// <summary>Takes a published version back; the one before it holds again.</summary>
[Needs("policies.publish")]
[Refuses<InvalidField>, Refuses<PolicyNotFound>, Refuses<StaleVersion>, Refuses<WrongPolicyStatus>]
public sealed record WithdrawPolicy(PolicyVersionId Policy, int Version, string Reason) : ICommand<PolicyWithdrawn>, IReasoned;

public sealed record PolicyWithdrawn(PolicyVersionId Policy, PolicyKind Kind, int Number, int Version, string Reason) : IEvent
{
    public Subject Subject => new(nameof(PolicyVersion), Policy.Value);
}

/// <summary>Plays the rules of one kind against the past; contributed by the capability whose rules they are.</summary>
internal interface IPolicySimulation
{
    PolicyKind Kind { get; }

    /// <summary>Pairs of what was decided and what the draft would have decided, one for each real case.</summary>
    Task<IReadOnlyList<(string Was, string WouldBe)>> RunAsync(PolicyVersion draft, DateTimeOffset now, CancellationToken ct);
}

internal sealed class SimulatePolicyHandler(PlatformDb db, IEnumerable<IPolicySimulation> simulations)
    : ICommandHandler<SimulatePolicy, PolicySimulated>
{
    public async Task<Result<PolicySimulated>> HandleAsync(SimulatePolicy command, Envelope envelope, CancellationToken ct)
    {
        var policy = await db.LockPolicyAsync(command.Policy, ct);
        if (policy is null)
        {
            return new PolicyNotFound(command.Policy);
        }

        if (policy.Refuse(command.Version, PolicyStep.Simulate) is { } refusal)
        {
            return refusal;
        }

        var played = await simulations.Single(one => one.Kind == policy.Kind).RunAsync(policy, envelope.Now, ct);
        var changes = Changes(played);
        var simulated = new PolicySimulated(
            policy.Id, policy.Kind, policy.Version + 1, played.Count, changes.Sum(change => change.Cases), changes);
        policy.Simulated(JsonSerializer.Serialize(simulated, KernelJson.Options), envelope.Now);
        db.Raise(simulated);
        return simulated;
    }

    internal static List<SimulatedChange> Changes(IReadOnlyList<(string Was, string WouldBe)> played) =>
        played.Where(one => one.Was != one.WouldBe)
            .GroupBy(one => one)
            .Select(group => new SimulatedChange(group.Key.Was, group.Key.WouldBe, group.Count()))
            .OrderByDescending(change => change.Cases)
            .ThenBy(change => change.From, StringComparer.Ordinal)
            .ThenBy(change => change.To, StringComparer.Ordinal)
            .ToList();
}

internal sealed class PublishPolicyHandler(PlatformDb db) : ICommandHandler<PublishPolicy, PolicyPublished>
{
    public async Task<Result<PolicyPublished>> HandleAsync(PublishPolicy command, Envelope envelope, CancellationToken ct)
    {
        var policy = await db.LockPolicyAsync(command.Policy, ct);
        if (policy is null)
        {
            return new PolicyNotFound(command.Policy);
        }

        if (Decide(command, policy, envelope) is { } refusal)
        {
            return refusal;
        }

        policy.Publish(command.EffectiveFrom ?? envelope.Now, envelope);
        var published = new PolicyPublished(
            policy.Id, policy.Kind, policy.Number, policy.Version, policy.EffectiveFrom!.Value);
        db.Raise(published);
        return published;
    }

    internal static DomainError? Decide(PublishPolicy command, PolicyVersion policy, Envelope envelope)
    {
        if (policy.Refuse(command.Version, PolicyStep.Publish) is { } refusal)
        {
            return refusal;
        }

        if (policy.DraftedByPerson == envelope.Actor.Person)
        {
            return new AuthorMayNotPublish(policy.Id, envelope.Actor.Person);
        }

        // What was decided under the rules of yesterday stays decided: a policy never reaches back.
        return command.EffectiveFrom < envelope.Now
            ? Field.Invalid("effectiveFrom", "must not lie in the past", command.EffectiveFrom.Value.ToString("O"))
            : null;
    }
}

internal sealed class WithdrawPolicyHandler(PlatformDb db) : ICommandHandler<WithdrawPolicy, PolicyWithdrawn>
{
    public async Task<Result<PolicyWithdrawn>> HandleAsync(WithdrawPolicy command, Envelope envelope, CancellationToken ct)
    {
        if (Field.Text("reason", command.Reason, most: 500) is { } invalid)
        {
            return invalid;
        }

        var policy = await db.LockPolicyAsync(command.Policy, ct);
        if (policy is null)
        {
            return new PolicyNotFound(command.Policy);
        }

        if (policy.Refuse(command.Version, PolicyStep.Withdraw) is { } refusal)
        {
            return refusal;
        }

        policy.Withdraw(envelope);
        var withdrawn = new PolicyWithdrawn(policy.Id, policy.Kind, policy.Number, policy.Version, command.Reason);
        db.Raise(withdrawn);
        return withdrawn;
    }
}
