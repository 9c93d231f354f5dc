using Platform.Api.Hosting.Background;
using Platform.Domain.Webhooks;

namespace Platform.Api.Webhooks;

/// <summary>Looks how deliveries stand, every few seconds, for whoever scrapes this node.</summary>
internal sealed class WebhookWatch(WebhookOutbox outbox, TimeProvider clock, ILogger<WebhookWatch> logger)
    : RepeatedWork(TimeSpan.FromSeconds(5), clock, logger)
{
    private readonly TimeProvider _clock = clock;
    private WebhookFigures _figures = new(0, TimeSpan.Zero, 0, 0, 0);

    public WebhookFigures Figures => Volatile.Read(ref _figures);

    protected override async Task WorkAsync(CancellationToken ct) =>
        Volatile.Write(ref _figures, await outbox.MeasureAsync(_clock.GetUtcNow(), ct));
}
