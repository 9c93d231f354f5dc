using Platform.Domain.Kernel;
using Platform.Domain.Partners;
using Platform.Domain.Policies;
using Platform.Domain.Warehouses;

namespace Platform.Domain.Exceptions;

/// <summary>Writes the next version of the routing of exceptions, whole; it decides nothing until it was simulated and somebody else publishes it.</summary>
[Needs("exceptions.govern")]
[Refuses<InvalidField>, Refuses<ExceptionCategoryUnknown>, Refuses<CurrencyUnknown>, Refuses<CalendarNotFound>]
public sealed record DraftExceptionRouting(RoutingRules Routing, string Note) : ICommand<PolicyDrafted>;

internal sealed class DraftExceptionRoutingHandler(PlatformDb db) : ICommandHandler<DraftExceptionRouting, PolicyDrafted>
{
    private const int MostRules = 500;

    public async Task<Result<PolicyDrafted>> HandleAsync(
        DraftExceptionRouting command, Envelope envelope, CancellationToken ct)
    {
        var rules = command.Routing.Rules;
        var invalid = Field.Whole("rules", rules.Count, least: 1, most: MostRules)
            ?? Field.Text("note", command.Note, most: 500)
            ?? rules.Select((rule, at) => Check(rule, at)).FirstOrDefault(found => found is not null);
        if (invalid is not null)
        {
            return invalid;
        }

        if (await db.FindCurrencyAsync(command.Routing.Currency, ct) is null)
        {
            return new CurrencyUnknown(command.Routing.Currency);
        }

        foreach (var category in rules.SelectMany(rule => rule.Categories).Distinct(StringComparer.Ordinal))
        {
            if (await db.FindCategoryAsync(category, ct) is null)
            {
                return new ExceptionCategoryUnknown(category);
            }
        }

        foreach (var calendar in rules.Select(rule => rule.Calendar).OfType<CalendarId>().Distinct())
        {
            if (!await db.CalendarExistsAsync(calendar, ct))
            {
                return new CalendarNotFound(calendar);
            }
        }

        return await db.DraftPolicyAsync(PolicyKind.ExceptionRouting, command.Routing, command.Note, envelope, ct);
    }

    private static InvalidField? Check(RoutingRule rule, int at) =>
        Field.Text($"rules.{at}.name", rule.Name, most: 100)
        ?? QueueName.Check($"rules.{at}.queue", rule.Queue)
        ?? QueueName.CheckHours($"rules.{at}.slaHours", rule.SlaHours)
        ?? Field.Positive($"rules.{at}.minValue", rule.MinValue, most: 100_000_000_000m, decimals: 4)
        ?? Field.Known($"rules.{at}.minSeverity", rule.MinSeverity)
        ?? Field.Known($"rules.{at}.minServiceImpact", rule.MinServiceImpact)
        ?? Field.Known($"rules.{at}.severity", rule.Severity)
        ?? Field.Whole($"rules.{at}.escalationPath", rule.EscalationPath.Count, least: 1, most: 10)
        ?? rule.EscalationPath.Select(queue => QueueName.Check($"rules.{at}.escalationPath", queue)).FirstOrDefault(found => found is not null);
}
