using Platform.Domain.Kernel.Events;

namespace Platform.Api.Live.Waking;

/// <summary>The publisher's own node needs no notification from the database to know that it has published.</summary>
internal sealed class LocalWake(EventDoorbell doorbell, EventFeed feed) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            var ring = doorbell.PublishedHere.NextRing;
            while (true)
            {
                await ring.WaitAsync(stoppingToken);
                ring = doorbell.PublishedHere.NextRing;
                feed.Wake();
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host stops.
        }
    }
}
