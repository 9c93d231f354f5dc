using Platform.Api.Hosting.Settings;

namespace Platform.Api.Live;

public sealed class LiveSettings : ISettings
{
    public string Section => "Live";

    /// <summary>How many of the last events a node keeps in memory for those who are up to date.</summary>
    public int KeptInMemory { get; set; } = 8_192;

    /// <summary>How many listeners who come back read the log from the database at a time.</summary>
    public int ReplaysAtOnce { get; set; } = 8;

    /// <summary>A silent stream shows that it lives, and up to where, this often.</summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(12);

    /// <summary>A listener who takes no byte for so long is disconnected; it resumes where it was.</summary>
    public TimeSpan SlowReaderGrace { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Streams of /events that a node serves at a time.</summary>
    public int MaxStreams { get; set; } = 20_000;

    /// <summary>Of these, for one account.</summary>
    public int MaxStreamsPerUser { get; set; } = 100;

    /// <summary>Of these, from one address (a /64 in IPv6).</summary>
    public int MaxStreamsPerAddress { get; set; } = 200;

    public IEnumerable<string> Faults()
    {
        if (KeptInMemory is < 256 or > 1_000_000)
        {
            yield return $"KeptInMemory is {KeptInMemory}, it must lie between 256 and 1000000";
        }

        if (ReplaysAtOnce is < 1 or > 64)
        {
            yield return $"ReplaysAtOnce is {ReplaysAtOnce}, it must lie between 1 and 64";
        }

        if (Heartbeat < TimeSpan.FromMilliseconds(100) || Heartbeat > TimeSpan.FromMinutes(1))
        {
            yield return $"Heartbeat is {Heartbeat}, it must lie between 0.1 s and 1 min";
        }

        if (SlowReaderGrace < TimeSpan.FromSeconds(1) || SlowReaderGrace > TimeSpan.FromMinutes(10))
        {
            yield return $"SlowReaderGrace is {SlowReaderGrace}, it must lie between 1 s and 10 min";
        }

        foreach (var (name, value) in new[]
        {
            (nameof(MaxStreams), MaxStreams),
            (nameof(MaxStreamsPerUser), MaxStreamsPerUser),
            (nameof(MaxStreamsPerAddress), MaxStreamsPerAddress),
        })
        {
            if (value is < 1 or > 1_000_000)
            {
                yield return $"{name} is {value}, it must lie between 1 and 1000000";
            }
        }
    }
}
