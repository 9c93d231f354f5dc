using Platform.Domain.Schedules;

namespace Platform.Api.Live.Rules;

/// <summary>What the house does by itself concerns every site.</summary>
internal sealed class ScheduleEvents : IEventRules
{
    private const string Read = "schedules.read";

    public IEnumerable<EventRule> Rules => [Rule.Shared<ScheduleSet>(Read), Rule.Shared<ScheduleRan>(Read)];
}
