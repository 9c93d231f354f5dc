using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Recommendations;

/// <summary>What a recommendation must hold: bounded, well-formed, and reasons that add up to the score. Pure.</summary>
internal static partial class GivenChecks
{
    private const int MostReasons = 40;
    private const int MostEvidence = 200;
    private const int MostAlternatives = 20;
    private const int MostCaveats = 20;
    private const int MostInputs = 64_000;
    private const int MostDays = 365;

    // Each is rounded to six decimals; so many of them may differ in the last.
    private const decimal Rounding = 0.0001m;

    public static DomainError? Check(RecommendPolicyChange given, DateTimeOffset now) =>
        Field.Known<RecommendationKind>("kind", given.Kind)
        ?? Field.Text("title", given.Title, most: 200)
        ?? Field.Text("counterfactual", given.Counterfactual, most: 1000)
        ?? Check(given.Score)
        ?? Check(given.Model)
        ?? CheckInputs(given.Inputs)
        ?? (given.AsOf > now ? Field.Invalid("asOf", "must not lie in the future", given.AsOf.ToString("O")) : null)
        ?? CheckDeadline(given.Deadline, DateOnly.FromDateTime(now.UtcDateTime))
        ?? Field.Whole("reasons", given.Reasons.Count, least: 1, most: MostReasons)
        ?? Field.Whole("reasons.evidence", given.Reasons.Sum(reason => reason.Evidence.Count), least: 1, most: MostEvidence)
        ?? Field.Whole("alternatives", given.Alternatives.Count, least: 1, most: MostAlternatives)
        ?? Field.Whole("caveats", given.Caveats.Count, least: 0, most: MostCaveats)
        ?? given.Caveats.Select((caveat, at) => Field.Text($"caveats.{at}", caveat, most: 300)).FirstOrDefault(found => found is not null)
        ?? given.Reasons.Select((reason, at) => Check(reason, $"reasons.{at}")).FirstOrDefault(found => found is not null)
        ?? given.Alternatives.Select((way, at) => Check(way, $"alternatives.{at}")).FirstOrDefault(found => found is not null)
        ?? (DomainError?)AddUp(given);

    private static ReasonsDoNotAddUp? AddUp(RecommendPolicyChange given)
    {
        var sum = given.Score.Base + given.Reasons.Sum(reason => reason.Contribution);
        return Math.Abs(sum - given.Score.Value) <= Rounding ? null : new ReasonsDoNotAddUp(given.Score.Value, sum);
    }

    private static InvalidField? Check(GivenScore score) =>
        Field.Text("score.unit", score.Unit, most: 40)
        ?? Size("score.value", score.Value)
        ?? Size("score.base", score.Base)
        ?? Size("score.low", score.Low)
        ?? Size("score.high", score.High)
        ?? (score.Low > score.High ? Field.Invalid("score.low", "must not lie above score.high", null) : null)
        ?? (score.Probability is < 0m or > 1m ? Field.Invalid("score.probability", "must lie between 0 and 1", null) : null)
        ?? (score.ValueAtStake == 0m ? null : Field.Positive("score.valueAtStake", score.ValueAtStake, most: 100_000_000_000m, decimals: 4));

    private static InvalidField? Check(ModelStamp model) =>
        Field.Text("model.name", model.Name, most: 100)
        ?? Field.Text("model.version", model.Version, most: 100)
        ?? Field.Pattern("model.hash", model.Hash, HashPattern(), "must be a SHA-256 in small hexadecimal digits");

    private static InvalidField? Check(GivenReason reason, string at) =>
        Field.Text($"{at}.code", reason.Code, most: 60)
        ?? Field.Text($"{at}.says", reason.Says, most: 300)
        ?? Field.OptionalText($"{at}.unit", reason.Unit, most: 40)
        ?? Size($"{at}.value", reason.Value ?? 0m)
        ?? Size($"{at}.usual", reason.Usual ?? 0m)
        ?? Size($"{at}.contribution", reason.Contribution)
        ?? reason.Evidence.Select(row => Field.Text($"{at}.evidence.recordKind", row.RecordKind, most: 60)
                ?? Field.Text($"{at}.evidence.says", row.Says, most: 300))
            .FirstOrDefault(found => found is not null);

    private static InvalidField? Check(GivenAlternative way, string at) =>
        Field.Known<AlternativeKind>($"{at}.kind", way.Kind)
        ?? Field.Text($"{at}.says", way.Says, most: 300)
        ?? Field.Text($"{at}.effect", way.Effect, most: 300)
        ?? Field.Positive($"{at}.quantity", way.Quantity, most: 1_000_000_000m, decimals: 6)
        ?? (way.Cost == 0m ? null : Field.Positive($"{at}.cost", way.Cost, most: 100_000_000_000m, decimals: 4))
        ?? Field.Whole($"{at}.days", way.Days, least: 0, most: 730)
        ?? (way.Cost is null == way.Currency is null ? null : Field.Invalid($"{at}.currency", "must be given with a cost, and only then", way.Currency))
        ?? (way.Kind == AlternativeKind.Transfer == way.FromWarehouse is not null
            ? null
            : Field.Invalid($"{at}.fromWarehouseId", "must be given for a transfer, and only then", null));

    private static InvalidField? Size(string field, decimal value) =>
        Math.Abs(value) <= 1_000_000_000m && decimal.Round(value, 6) == value
            ? null
            : Field.Invalid(field, "must lie within 1000000000 and have at most 6 decimals", null);

    private static InvalidField? CheckDeadline(DateOnly deadline, DateOnly today) =>
        deadline < today || deadline > today.AddDays(MostDays)
            ? Field.Invalid("deadline", "must lie in the coming year", deadline.ToString("O"))
            : null;

    private static InvalidField? CheckInputs(string inputs)
    {
        if (inputs.Length > MostInputs)
        {
            return Field.Invalid("inputs", $"must have at most {MostInputs} characters", inputs);
        }

        try
        {
            using var read = JsonDocument.Parse(inputs);
            return read.RootElement.ValueKind == JsonValueKind.Object ? null : Field.Invalid("inputs", "must be a JSON object", inputs);
        }
        catch (JsonException)
        {
            return Field.Invalid("inputs", "must be JSON", inputs);
        }
    }

    [GeneratedRegex(@"\A[0-9a-f]{64}\z", RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant, 100)]
    private static partial Regex HashPattern();
}
