using System.Net;
using Platform.Api.Hosting.Settings;

namespace Platform.Api.Webhooks;

public sealed class WebhookSettings : ISettings
{
    public string Section => "Webhooks";

    /// <summary>
    /// Networks beside the public internet that may be sent to, such as <c>10.20.0.0/16, 127.0.0.0/8</c>; plain http is
    /// accepted there only.
    /// </summary>
    public string? AllowedNetworks { get; set; }

    /// <summary>Between the first try and the second; doubled after each.</summary>
    public TimeSpan FirstRetry { get; set; } = TimeSpan.FromSeconds(5);

    /// <summary>However often a message was not taken, it is tried again after so long.</summary>
    public TimeSpan LongestRetry { get; set; } = TimeSpan.FromHours(5);

    /// <summary>After so many tries a message is dead; with the defaults after about a day.</summary>
    public int MaxAttempts { get; set; } = 17;

    /// <summary>From connecting to the answer's end.</summary>
    public TimeSpan Timeout { get; set; } = TimeSpan.FromSeconds(15);

    internal IReadOnlyList<IPNetwork> Networks => (AllowedNetworks ?? string.Empty)
        .Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
        .Select(text => IPNetwork.Parse(text))
        .ToList();

    public IEnumerable<string> Faults()
    {
        if ((AllowedNetworks ?? string.Empty).Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .FirstOrDefault(text => !IPNetwork.TryParse(text, out _)) is { } wrong)
        {
            yield return $"AllowedNetworks holds '{wrong}', which is no network such as 10.20.0.0/16";
        }

        if (FirstRetry < TimeSpan.FromMilliseconds(10) || FirstRetry > LongestRetry || LongestRetry > TimeSpan.FromDays(1))
        {
            yield return $"FirstRetry is {FirstRetry} and LongestRetry is {LongestRetry}, they must rise within 0.01 s and 1 day";
        }

        if (MaxAttempts is < 1 or > 100)
        {
            yield return $"MaxAttempts is {MaxAttempts}, it must lie between 1 and 100";
        }

        if (Timeout < TimeSpan.FromMilliseconds(100) || Timeout > TimeSpan.FromMinutes(2))
        {
            yield return $"Timeout is {Timeout}, it must lie between 0.1 s and 2 min";
        }
    }
}
