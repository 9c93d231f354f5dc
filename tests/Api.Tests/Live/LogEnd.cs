using System.Globalization;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>Where the event log ends.</summary>
internal static class LogEnd
{
    /// <summary>The last position, once everything that was committed so far has its own.</summary>
    public static async Task<string> SettledHeadAsync(this TestDatabase database)
    {
        while (await database.ScalarAsync<bool>(
            "select exists (select from event e where not exists (select from event_position p where p.xid = e.xid and p.id = e.id))"))
        {
            await Task.Delay(10);
        }

        var head = await database.ScalarAsync<long>("select last_position from event_publisher");
        return head.ToString(CultureInfo.InvariantCulture);
    }
}
