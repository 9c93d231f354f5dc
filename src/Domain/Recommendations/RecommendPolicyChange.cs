using Platform.Domain.Approvals;
using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Planning;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Recommendations;

/// <summary>The score, what it would be without any reason, and what depends on it.</summary>
/// <param name="Value">The score.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Base">The score before any reason.</param>
/// <param name="Low">It lies above this nine times in ten.</param>
/// <param name="High">It lies below this nine times in ten.</param>
/// <param name="Probability">How probable it is that what was planned no longer suffices.</param>
/// <param name="ValueAtStake">What is expected to be lost in a year if nothing changes.</param>
/// <param name="Currency">The currency of that.</param>
public sealed record GivenScore(
    decimal Value, string Unit, decimal Base, decimal Low, decimal High, decimal Probability, decimal ValueAtStake, string Currency);

/// <summary>Which model, exactly.</summary>
/// <param name="Name">What it decides about.</param>
/// <param name="Version">Its version.</param>
/// <param name="Hash">SHA-256 of its files, in hexadecimal.</param>
public sealed record ModelStamp(string Name, string Version, string Hash);

/// <summary>A row behind a reason.</summary>
/// <param name="RecordKind">What kind of record it is.</param>
/// <param name="RecordId">Which one.</param>
/// <param name="Says">What it shows.</param>
public sealed record GivenEvidence(string RecordKind, Guid RecordId, string Says);

/// <summary>One reason with what it adds to the score.</summary>
/// <param name="Code">The code of the reason.</param>
/// <param name="Says">The reason in planners' words.</param>
/// <param name="Value">What it is now.</param>
/// <param name="Unit">The unit of that.</param>
/// <param name="Usual">What is usual.</param>
/// <param name="Contribution">What it adds to the score, with its sign.</param>
/// <param name="Evidence">The rows behind it.</param>
public sealed record GivenReason(
    string Code, string Says, decimal? Value, string? Unit, decimal? Usual, decimal Contribution, IReadOnlyList<GivenEvidence> Evidence);

/// <summary>What else could be done.</summary>
/// <param name="Kind">What kind of way.</param>
/// <param name="Says">The way in words.</param>
/// <param name="Effect">What it would change.</param>
/// <param name="Quantity">How much, in base units.</param>
/// <param name="Cost">What it costs.</param>
/// <param name="Currency">The currency of that.</param>
/// <param name="Days">How many days it takes.</param>
/// <param name="FromWarehouse">The site that would give.</param>
/// <param name="Supplier">Who would deliver.</param>
public sealed record GivenAlternative(
    AlternativeKind Kind, string Says, string Effect, decimal? Quantity, decimal? Cost, string? Currency, int? Days,
    WarehouseId? FromWarehouse, SupplierId? Supplier);

/// <summary>
/// Recommends that an item be replenished otherwise. It is put into the queue, where people decide; of one item at one site one
/// is open at a time, and what is new is added to that one.
/// </summary>
/// <param name="Kind">What it is about.</param>
/// <param name="Title">It in one line.</param>
/// <param name="Change">The command that accepting runs, as it stands.</param>
/// <param name="Supplier">Whose lead time it is.</param>
/// <param name="Score">What was found.</param>
/// <param name="Model">By which model.</param>
/// <param name="AsOf">What was known then is all it rests on.</param>
/// <param name="Inputs">What the model was given, as JSON.</param>
/// <param name="Reasons">Why, the weightiest first.</param>
/// <param name="Alternatives">What else could be done, the best first.</param>
/// <param name="Caveats">What speaks against trusting it.</param>
/// <param name="Counterfactual">The smallest change that would drop it under the threshold.</param>
/// <param name="Deadline">Until when deciding helps.</param>
[Needs("recommendations.file"), OpenToModels]
[Refuses<InvalidField>, Refuses<ReasonsDoNotAddUp>, Refuses<ReplenishmentPolicyNotFound>, Refuses<StaleVersion>, Refuses<SupplierNotFound>]
[Refuses<CurrencyUnknown>, Refuses<BelowThreshold>, Refuses<TooManyToday>, Refuses<RejectedLately>, Refuses<ApprovalPending>, Refuses<ActionRefused>]
public sealed record RecommendPolicyChange(
    RecommendationKind Kind,
    string Title,
    SetReplenishmentPolicy Change,
    SupplierId Supplier,
    GivenScore Score,
    ModelStamp Model,
    DateTimeOffset AsOf,
    string Inputs,
    IReadOnlyList<GivenReason> Reasons,
    IReadOnlyList<GivenAlternative> Alternatives,
    IReadOnlyList<string> Caveats,
    string Counterfactual,
    DateOnly Deadline) : ICommand<RecommendationFiled>;

internal sealed class RecommendPolicyChangeHandler(PlatformDb db, ApprovalDesk approvals, RequestEnds ends)
    : ICommandHandler<RecommendPolicyChange, RecommendationFiled>
{
    private const string RequestKind = "RECOMMENDATION";

    public async Task<Result<RecommendationFiled>> HandleAsync(RecommendPolicyChange command, Envelope envelope, CancellationToken ct)
    {
        if (GivenChecks.Check(command, envelope.Now) is { } invalid)
        {
            return invalid;
        }

        await db.LockRecommendationsAsync(command.Kind, command.Change.Item, command.Change.Warehouse, ct);
        if (await db.FindNewestPolicyAsync(command.Change.Item, command.Change.Warehouse, ct) is not { } policy)
        {
            return new ReplenishmentPolicyNotFound(command.Change.Item, command.Change.Warehouse);
        }

        if (policy.Number != command.Change.Number)
        {
            return new StaleVersion(nameof(ReplenishmentPolicy), policy.Id.Value, command.Change.Number, policy.Number);
        }

        if (await db.FindSupplierAsync(command.Supplier, ct) is null)
        {
            return new SupplierNotFound(command.Supplier);
        }

        if (await db.FindCurrencyAsync(command.Score.Currency, ct) is null)
        {
            return new CurrencyUnknown(command.Score.Currency);
        }

        var thresholds = await RecommendationThresholds.InForceAsync(db, envelope.Now, ct);
        var open = await db.LockOpenRecommendationAsync(command.Kind, command.Change.Item, command.Change.Warehouse, ct);
        if (open is not null && RestsOn(open, policy))
        {
            return await AddAsync(open, command, envelope, ct);
        }

        if (await RefuseAsync(command, thresholds, envelope.Now, ct) is { } refusal)
        {
            return refusal;
        }

        if (open is not null)
        {
            await SupersedeAsync(open, policy, envelope, ct);
        }

        return await FileAsync(command, policy, thresholds.Number, envelope, ct);
    }

    private static bool RestsOn(Recommendation open, ReplenishmentPolicy policy) => open.PolicyNumber() == policy.Number;

    private async Task<DomainError?> RefuseAsync(
        RecommendPolicyChange command, ThresholdsInForce inForce, DateTimeOffset now, CancellationToken ct)
    {
        var threshold = inForce.For(command.Kind);
        if (threshold.Refuse(command.Score, inForce.Number) is { } below)
        {
            return below;
        }

        if (await db.CountFiledAsync(command.Kind, now.AddDays(-1), ct) >= threshold.MostPerDay)
        {
            return new TooManyToday(command.Kind, threshold.MostPerDay);
        }

        var rejected = await db.FindRejectedAsync(command, now.AddDays(-threshold.QuietDays), ct);
        return rejected is null ? null : new RejectedLately(rejected.Id, rejected.RejectedBecause!.Value, rejected.DecidedAt!.Value);
    }

    /// <summary>The queue shows one; the rows that are new are added to it.</summary>
    private async Task<RecommendationFiled> AddAsync(
        Recommendation open, RecommendPolicyChange command, Envelope envelope, CancellationToken ct)
    {
        var known = await db.FindEvidenceKeysAsync(open.Id, ct);
        var added = 0;
        foreach (var (code, evidence) in command.Reasons.SelectMany(reason => reason.Evidence.Select(row => (reason.Code, row))))
        {
            if (known.Add((code, evidence.RecordId)))
            {
                db.Add(RecommendationEvidence.Of(open.Id, code, evidence, envelope.Now));
                added++;
            }
        }

        if (added > 0)
        {
            db.Raise(new EvidenceAdded(open.Id, open.WarehouseId, added));
        }

        return Filed(open, isNew: false);
    }

    private async Task SupersedeAsync(Recommendation open, ReplenishmentPolicy policy, Envelope envelope, CancellationToken ct)
    {
        var request = await db.LockApprovalRequestAsync(open.RequestId!.Value, ct);
        await ends.CloseAsync(
            request!, (ApprovalMove.Invalidate, null, $"The policy it rests on was replaced by version {policy.Number}."), envelope, ct);
    }

    private async Task<Result<RecommendationFiled>> FileAsync(
        RecommendPolicyChange command, ReplenishmentPolicy policy, int? threshold, Envelope envelope, CancellationToken ct)
    {
        var made = Recommendation.Of(command, threshold, await db.TrackRecordAsync(command.Kind, ct), envelope);
        db.Add(made);
        foreach (var (reason, at) in command.Reasons.Select((reason, at) => (reason, at)))
        {
            db.Add(RecommendationReason.Of(made.Id, at + 1, reason, envelope.Now));
            foreach (var evidence in reason.Evidence.DistinctBy(row => row.RecordId))
            {
                db.Add(RecommendationEvidence.Of(made.Id, reason.Code, evidence, envelope.Now));
            }
        }

        foreach (var (alternative, at) in command.Alternatives.Select((alternative, at) => (alternative, at)))
        {
            db.Add(RecommendationAlternative.Of(made.Id, at + 1, alternative, envelope.Now));
        }

        var sheet = PolicySheet.Of(made, policy, command, await db.FindTermsSubjectAsync(command.Supplier, command.Change.Item, ct)) with
        {
            Kind = RequestKind,
        };
        var filed = await approvals.FileAsync(command.Change, sheet, envelope, ct);
        if (!filed.Succeeded(out var request))
        {
            return filed.Error!;
        }

        var moved = made.Queue(request, envelope.Now);
        var answer = Filed(made, isNew: true);
        db.Raise(answer);
        db.Raise(moved);
        return answer;
    }

    private static RecommendationFiled Filed(Recommendation made, bool isNew) => new(
        made.Id, made.Kind, made.Status, isNew, made.ItemId, made.WarehouseId, made.SupplierId, made.Title, made.Score, made.Probability,
        made.ValueAtStake, made.CurrencyCode, $"{made.ModelName} {made.ModelVersion}");
}
