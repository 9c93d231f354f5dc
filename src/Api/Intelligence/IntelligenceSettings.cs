using Platform.Api.Hosting.Settings;

namespace Platform.Api.Intelligence;

public sealed class IntelligenceSettings : ISettings
{
    public string Section => "Intelligence";

    /// <summary>Whether lead times are watched on this node; without it the platform works on its rules.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>How often it is asked whether anything came since the last look.</summary>
    public TimeSpan LookEvery { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>A look without anything new, so that what grew old is noticed.</summary>
    public TimeSpan LookAtLeastEvery { get; set; } = TimeSpan.FromHours(6);

    /// <summary>A look that takes longer is given up.</summary>
    public TimeSpan LookAtMostFor { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>How often the model is learnt anew.</summary>
    public TimeSpan RetrainEvery { get; set; } = TimeSpan.FromDays(7);

    /// <summary>How many of the latest order lines are learnt from.</summary>
    public int MostOrders { get; set; } = 20_000;

    /// <summary>How many items at sites are looked at.</summary>
    public int MostSupplies { get; set; } = 20_000;

    public IEnumerable<string> Faults()
    {
        foreach (var (name, value, least, most) in new[]
        {
            (nameof(LookEvery), LookEvery, TimeSpan.FromMilliseconds(100), TimeSpan.FromHours(1)),
            (nameof(LookAtLeastEvery), LookAtLeastEvery, TimeSpan.FromMinutes(1), TimeSpan.FromDays(7)),
            (nameof(LookAtMostFor), LookAtMostFor, TimeSpan.FromSeconds(1), TimeSpan.FromHours(2)),
            (nameof(RetrainEvery), RetrainEvery, TimeSpan.FromHours(1), TimeSpan.FromDays(365)),
        })
        {
            if (value < least || value > most)
            {
                yield return $"{name} is {value}, it must lie between {least} and {most}";
            }
        }

        foreach (var (name, value) in new[] { (nameof(MostOrders), MostOrders), (nameof(MostSupplies), MostSupplies) })
        {
            if (value is < 100 or > 1_000_000)
            {
                yield return $"{name} is {value}, it must lie between 100 and 1000000";
            }
        }
    }
}
