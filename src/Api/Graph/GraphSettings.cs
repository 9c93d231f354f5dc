using Platform.Api.Hosting.Settings;

namespace Platform.Api.Graph;

/// <summary>How much one request may bring. Whoever is not signed in may send 256 KiB, whatever stands here.</summary>
public sealed class GraphSettings : ISettings
{
    private const int Least = 256 << 10;
    private const int Most = 16 << 20;

    public string Section => "Graph";

    /// <summary>Bytes of a request. A line of a posting takes 250 to 400, so this holds a document of ten thousand lines.</summary>
    public int MaxRequestBytes { get; set; } = 4 << 20;

    /// <summary>Values in the variables of a mutation: a line has about a dozen.</summary>
    public int MaxMutationValues { get; set; } = 150_000;

    public IEnumerable<string> Faults()
    {
        if (MaxRequestBytes is < Least or > Most)
        {
            yield return $"MaxRequestBytes is {MaxRequestBytes}, it must lie between {Least} and {Most}";
        }

        if (MaxMutationValues is < 1_000 or > 1_000_000)
        {
            yield return $"MaxMutationValues is {MaxMutationValues}, it must lie between 1000 and 1000000";
        }
    }
}
