using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;

namespace Platform.Domain.Approvals;

/// <summary>Writes the next version of the approval matrix, whole; it decides nothing until it was simulated and somebody else publishes it.</summary>
[Needs("approvals.govern")]
[Refuses<InvalidField>, Refuses<ApprovalKindUnknown>, Refuses<CurrencyUnknown>]
public sealed record DraftApprovalMatrix(ApprovalMatrix Matrix, string Note) : ICommand<PolicyDrafted>;

internal sealed class DraftApprovalMatrixHandler(PlatformDb db) : ICommandHandler<DraftApprovalMatrix, PolicyDrafted>
{
    private const int MostRules = 500;
    private const int MostHours = 2160;

    public async Task<Result<PolicyDrafted>> HandleAsync(DraftApprovalMatrix command, Envelope envelope, CancellationToken ct)
    {
        var rules = command.Matrix.Rules;
        var invalid = Field.Whole("rules", rules.Count, least: 1, most: MostRules)
            ?? Field.Whole("accumulateDays", command.Matrix.AccumulateDays, least: 0, most: 366)
            ?? Field.Text("note", command.Note, most: 500)
            ?? rules.Select((rule, at) => Check(rule, $"rules.{at}")).FirstOrDefault(found => found is not null);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.FindCurrencyAsync(command.Matrix.Currency, ct) is null)
        {
            return new CurrencyUnknown(command.Matrix.Currency);
        }

        var known = await db.FindApprovalKindsAsync(ct);
        if (rules.SelectMany(rule => rule.Kinds).FirstOrDefault(kind => !known.Contains(kind)) is { } unknown)
        {
            return new ApprovalKindUnknown(unknown);
        }

        return await db.DraftPolicyAsync(PolicyKind.ApprovalMatrix, command.Matrix, command.Note, envelope, ct);
    }

    /// <summary>A rule without a seat would approve by itself; so every step asks somebody, and every rule has a step.</summary>
    private static InvalidField? Check(ApprovalRule rule, string at) =>
        Field.Text($"{at}.name", rule.Name, most: 100)
        ?? Field.Positive($"{at}.minAmount", rule.MinAmount, most: 100_000_000_000m, decimals: 4)
        ?? Field.Positive($"{at}.automaticUpTo", rule.AutomaticUpTo, most: 100_000_000_000m, decimals: 4)
        ?? Field.Whole($"{at}.expiresAfterHours", rule.ExpiresAfterHours, least: 1, most: MostHours)
        ?? Field.Whole($"{at}.escalatesAfterHours", rule.EscalatesAfterHours, least: 1, most: MostHours)
        ?? Field.Whole($"{at}.undoSeconds", rule.UndoSeconds, least: 0, most: 3600)
        ?? ApproverRole.Check($"{at}.escalationRole", rule.EscalationRole)
        ?? Field.Whole($"{at}.steps", rule.Steps.Count, least: 1, most: 10)
        ?? rule.Steps.Select((step, number) => Check(step, $"{at}.steps.{number}")).FirstOrDefault(found => found is not null);

    private static InvalidField? Check(ApprovalStep step, string at) =>
        Field.Whole($"{at}.seats", step.Seats.Count, least: 1, most: 10)
        ?? (step.Seats.Select(seat => seat.Role).Distinct(StringComparer.Ordinal).Count() < step.Seats.Count
            ? Field.Invalid($"{at}.seats", "must name each role once; more of one role are its quorum", null)
            : null)
        ?? step.Seats.Select(seat =>
                ApproverRole.Check($"{at}.seats.role", seat.Role) ?? Field.Whole($"{at}.seats.quorum", seat.Quorum, least: 1, most: 10))
            .FirstOrDefault(found => found is not null);
}

/// <summary>Plays a draft against the requests of the last months: how many would have gone another way.</summary>
internal sealed class MatrixSimulation(PlatformDb db, ExchangeRates rates) : IPolicySimulation
{
    private const int MostRequests = 10_000;
    private const int Days = 90;

    public PolicyKind Kind => PolicyKind.ApprovalMatrix;

    public async Task<IReadOnlyList<(string Was, string WouldBe)>> RunAsync(
        PolicyVersion draft, DateTimeOffset now, CancellationToken ct)
    {
        var matrix = draft.Read<ApprovalMatrix>();
        var played = new List<(string Was, string WouldBe)>();
        foreach (var request in await db.FindRequestsSinceAsync(now.AddDays(-Days), MostRequests, ct))
        {
            // Each alone: what would have been accumulated under other rules nobody can know.
            var amount = request.Amount is { } asked
                ? await rates.WorthAsync(asked, request.CurrencyCode!, matrix.Currency, DateOnly.FromDateTime(request.RequestedAt.UtcDateTime), ct)
                    ?? decimal.MaxValue
                : (decimal?)null;
            played.Add((request.Rule, matrix.RuleFor(request.ToSheet(), amount).Name));
        }

        return played;
    }
}
