using Platform.Api.Live.Rules;
using Platform.Domain.Kernel;

namespace Platform.Tests.Api.Live;

public sealed class EventRuleTests
{
    /// <summary>R-43 for events: what nobody decided about is heard by nobody, and does not pass the tests.</summary>
    [Fact]
    public void Every_event_says_who_may_hear_of_it()
    {
        var rules = new EventRuleBook();

        var without = typeof(PlatformDb).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IEvent).IsAssignableFrom(type))
            .Select(type => type.Name)
            .Where(name => rules.Find(name) is null);

        without.ShouldBeEmpty("add a line to the IEventRules of the capability, under src/Api/Live/Rules");
    }

    /// <summary>The name is the key in the log.</summary>
    [Fact]
    public void No_two_events_share_a_name() =>
        typeof(PlatformDb).Assembly.GetTypes()
            .Where(type => type is { IsClass: true, IsAbstract: false } && typeof(IEvent).IsAssignableFrom(type))
            .GroupBy(type => type.Name, StringComparer.Ordinal)
            .Where(group => group.Count() > 1)
            .Select(group => group.Key)
            .ShouldBeEmpty();
}
