using System.Collections.Frozen;
using System.Text;
using System.Text.Json;
using Platform.Domain.Approvals;
using Platform.Domain.Catalog;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Recommendations;

public enum RecommendationKind
{
    /// <summary>Planned lead time and safety stock no longer hold.</summary>
    LeadTimeDrift,

    /// <summary>The next count will differ.</summary>
    CountVariance,

    /// <summary>An order will miss its date.</summary>
    OrderAtRisk,
}

public enum RecommendationStatus
{
    Proposed,

    /// <summary>Waits for somebody to decide.</summary>
    InQueue,
    Accepted,

    /// <summary>Accepted with other values.</summary>
    Modified,
    Rejected,

    /// <summary>Nobody decided in time.</summary>
    Expired,

    /// <summary>What it rests on is no longer so.</summary>
    Invalidated,

    /// <summary>Carried out.</summary>
    Executed,

    /// <summary>Carried out, and what really happened is known.</summary>
    OutcomeRecorded,
}

public enum RecommendationStep
{
    Queue,
    Accept,
    Modify,
    Reject,
    Expire,
    Invalidate,
    Execute,
    RecordOutcome,
}

/// <summary>Why a recommendation was not followed; each is a label for learning.</summary>
public enum RejectionReason
{
    FalseAlarm,
    RightButTooLate,
    DataWrong,

    /// <summary>Something known stands behind it, and it will pass.</summary>
    KnownCause,
    Policy,
    Other,
}

public enum OutcomeVerdict
{
    Right,
    Wrong,
    Unclear,
}

/// <summary>What intelligence recommends: a command of the house, why, and what became of it. What was recommended never changes.</summary>
public sealed class Recommendation
{
    /// <summary>The whole life (INTELLIGENCE 4).</summary>
    internal static readonly FrozenDictionary<(RecommendationStatus From, RecommendationStep Step), RecommendationStatus> Steps =
        new Dictionary<(RecommendationStatus From, RecommendationStep Step), RecommendationStatus>
        {
            [(RecommendationStatus.Proposed, RecommendationStep.Queue)] = RecommendationStatus.InQueue,
            [(RecommendationStatus.InQueue, RecommendationStep.Accept)] = RecommendationStatus.Accepted,
            [(RecommendationStatus.InQueue, RecommendationStep.Modify)] = RecommendationStatus.Modified,
            [(RecommendationStatus.InQueue, RecommendationStep.Reject)] = RecommendationStatus.Rejected,
            [(RecommendationStatus.InQueue, RecommendationStep.Expire)] = RecommendationStatus.Expired,
            [(RecommendationStatus.InQueue, RecommendationStep.Invalidate)] = RecommendationStatus.Invalidated,
            [(RecommendationStatus.Accepted, RecommendationStep.Execute)] = RecommendationStatus.Executed,
            [(RecommendationStatus.Modified, RecommendationStep.Execute)] = RecommendationStatus.Executed,
            [(RecommendationStatus.Executed, RecommendationStep.RecordOutcome)] = RecommendationStatus.OutcomeRecorded,
            // What would have happened is learnt from those that nobody followed, too; it does not bring them back.
            [(RecommendationStatus.Rejected, RecommendationStep.RecordOutcome)] = RecommendationStatus.Rejected,
        }.ToFrozenDictionary();

    private Recommendation()
    {
    }

    public RecommendationId Id { get; private set; }

    public RecommendationKind Kind { get; private set; }

    public RecommendationStatus Status { get; private set; }

    public string Title { get; private set; } = string.Empty;

    public ItemId ItemId { get; private set; }

    public WarehouseId WarehouseId { get; private set; }

    public SupplierId? SupplierId { get; private set; }

    /// <summary>The command that accepting runs.</summary>
    public string Action { get; private set; } = string.Empty;

    /// <summary>Its input, as JSON.</summary>
    public string ActionInput { get; private set; } = "{}";

    /// <summary>What was carried out instead, where somebody edited it, as JSON.</summary>
    public string? DecidedInput { get; private set; }

    public decimal Score { get; private set; }

    public string ScoreUnit { get; private set; } = string.Empty;

    /// <summary>The score before any reason; base and contributions add up to the score.</summary>
    public decimal BaseScore { get; private set; }

    /// <summary>The score lies between low and high four times in five.</summary>
    public decimal Low { get; private set; }

    public decimal High { get; private set; }

    /// <summary>How probable it is that what was planned no longer suffices.</summary>
    public decimal Probability { get; private set; }

    public decimal ValueAtStake { get; private set; }

    public string CurrencyCode { get; private set; } = string.Empty;

    public string ModelName { get; private set; } = string.Empty;

    public string ModelVersion { get; private set; } = string.Empty;

    public string ModelHash { get; private set; } = string.Empty;

    /// <summary>The version of the thresholds that let it pass; null for those that hold while none was published.</summary>
    public int? ThresholdNumber { get; private set; }

    public DateTimeOffset AsOf { get; private set; }

    /// <summary>What the model was given, as JSON.</summary>
    public string Inputs { get; private set; } = "{}";

    public string InputsHash { get; private set; } = string.Empty;

    /// <summary>The smallest change that would drop it under the threshold.</summary>
    public string Counterfactual { get; private set; } = string.Empty;

    /// <summary>How many of the earlier ones were right when it was filed.</summary>
    public int TrackRight { get; private set; }

    /// <summary>Of so many whose outcome was known.</summary>
    public int TrackOf { get; private set; }

    public string Caveats { get; private set; } = "[]";

    public DateOnly Deadline { get; private set; }

    public ApprovalRequestId? RequestId { get; private set; }

    public DateTimeOffset? ExpiresAt { get; private set; }

    public RejectionReason? RejectedBecause { get; private set; }

    public string? DecisionNote { get; private set; }

    public Guid? DecidedBy { get; private set; }

    public string? DecidedByName { get; private set; }

    public DateTimeOffset? DecidedAt { get; private set; }

    public OutcomeVerdict? Outcome { get; private set; }

    /// <summary>What really happened, as JSON.</summary>
    public string? OutcomeFacts { get; private set; }

    public DateTimeOffset? OutcomeAt { get; private set; }

    public Guid ProposedBy { get; private set; }

    public string ProposedByName { get; private set; } = string.Empty;

    public ActorKind ProposedByKind { get; private set; }

    public DateTimeOffset ProposedAt { get; private set; }

    public int Version { get; private set; }

    public DateTimeOffset UpdatedAt { get; private set; }

    internal static Recommendation Of(RecommendPolicyChange proposed, int? threshold, TrackRecord track, Envelope envelope)
    {
        var input = CanonicalJson.Of(proposed.Change);
        return new Recommendation
        {
            Id = new RecommendationId(Guid.CreateVersion7(envelope.Now)),
            Kind = proposed.Kind,
            Status = RecommendationStatus.Proposed,
            Title = proposed.Title,
            ItemId = proposed.Change.Item,
            WarehouseId = proposed.Change.Warehouse,
            SupplierId = proposed.Supplier,
            Action = nameof(Planning.SetReplenishmentPolicy),
            ActionInput = Encoding.UTF8.GetString(input),
            Score = proposed.Score.Value,
            ScoreUnit = proposed.Score.Unit,
            BaseScore = proposed.Score.Base,
            Low = proposed.Score.Low,
            High = proposed.Score.High,
            Probability = proposed.Score.Probability,
            ValueAtStake = proposed.Score.ValueAtStake,
            CurrencyCode = proposed.Score.Currency,
            ModelName = proposed.Model.Name,
            ModelVersion = proposed.Model.Version,
            ModelHash = proposed.Model.Hash,
            ThresholdNumber = threshold,
            AsOf = proposed.AsOf,
            Inputs = proposed.Inputs,
            InputsHash = Convert.ToHexStringLower(CanonicalJson.Fingerprint(Encoding.UTF8.GetBytes(proposed.Inputs))),
            Counterfactual = proposed.Counterfactual,
            TrackRight = track.Right,
            TrackOf = track.Of,
            Caveats = JsonSerializer.Serialize(proposed.Caveats, KernelJson.Options),
            Deadline = proposed.Deadline,
            ProposedBy = envelope.Actor.Id,
            ProposedByName = envelope.Actor.Name,
            ProposedByKind = envelope.Actor.Kind,
            ProposedAt = envelope.Now,
            Version = 1,
            UpdatedAt = envelope.Now,
        };
    }

    /// <summary>The version of the policy that it would replace.</summary>
    internal int PolicyNumber() => JsonSerializer.Deserialize<Planning.SetReplenishmentPolicy>(ActionInput, KernelJson.Options)!.Number;

    internal WrongRecommendationStatus? Refuse(RecommendationStep step) =>
        Steps.ContainsKey((Status, step)) ? null : new WrongRecommendationStatus(Id, Status, step);

    internal RecommendationMoved Queue(ApprovalFiled filed, DateTimeOffset at)
    {
        (RequestId, ExpiresAt) = (filed.Request, filed.ExpiresAt);
        return Take(RecommendationStep.Queue, note: null, at);
    }

    /// <summary>As it was recommended, or with the values that its approver set.</summary>
    internal RecommendationMoved Agree(string? editedInput, string? note, Envelope by)
    {
        DecidedInput = editedInput;
        Decide(note, by);
        return Take(editedInput is null ? RecommendationStep.Accept : RecommendationStep.Modify, note, by.Now);
    }

    internal RecommendationMoved Execute(DateTimeOffset at) => Take(RecommendationStep.Execute, DecisionNote, at);

    internal RecommendationMoved Reject(RejectionReason because, string? note, Envelope by)
    {
        RejectedBecause = because;
        Decide(note, by);
        return Take(RecommendationStep.Reject, note, by.Now);
    }

    internal RecommendationMoved End(RecommendationStep step, string? why, DateTimeOffset at)
    {
        DecisionNote = why;
        return Take(step, why, at);
    }

    internal RecommendationMoved Happened(OutcomeVerdict outcome, string facts, DateTimeOffset at)
    {
        (Outcome, OutcomeFacts, OutcomeAt) = (outcome, facts, at);
        return Take(RecommendationStep.RecordOutcome, note: null, at);
    }

    private void Decide(string? note, Envelope by) =>
        (DecisionNote, DecidedBy, DecidedByName, DecidedAt) = (note, by.Actor.Id, by.Actor.Name, by.Now);

    private RecommendationMoved Take(RecommendationStep step, string? note, DateTimeOffset at)
    {
        var from = Status;
        Status = Steps[(Status, step)];
        Version++;
        UpdatedAt = at;
        return new RecommendationMoved(
            Id, Kind, step, from, Status, ItemId, WarehouseId, SupplierId, Title, ValueAtStake, CurrencyCode, RejectedBecause, Outcome,
            DecidedByName, note);
    }
}
