using Platform.Api.Hosting;
using Platform.Api.Hosting.Telemetry;
using Platform.Domain.Webhooks;

namespace Platform.Api.Webhooks;

/// <summary>Sends what subscriptions tell to those who do not keep a connection open.</summary>
internal sealed class WebhookModule : IHostModule
{
    /// <summary>What the schema's resolvers and the handlers ask for.</summary>
    public static void AddDocuments(IServiceCollection services)
    {
        services.AddSingleton<IWebhookDocuments, WebhookDocuments>();
        services.AddSingleton<WebhookPreviews>();
    }

    public void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddSingleton<PublicAddresses>();
        builder.Services.AddSingleton<WebhookSender>();
        builder.Services.AddSingleton<WebhookMessages>();
        builder.Services.AddSingleton<WebhookTools>();
        builder.Services.AddHostedService<DeliveringWork>();
        builder.Services.AddSingleton<WebhookWatch>();
        builder.Services.AddHostedService(provider => provider.GetRequiredService<WebhookWatch>());
        AddGauge("platform.webhooks.waiting", "{event}", "Events that webhooks have not passed yet.", figures => figures.Waiting);
        AddGauge("platform.webhooks.oldest", "s", "How long the oldest of them waits.", figures => figures.OldestWaiting.TotalSeconds);
        AddGauge("platform.webhooks.failing", "{webhook}", "Webhooks whose next message was tried in vain.", figures => figures.Failing);
        AddGauge("platform.webhooks.stopped", "{webhook}", "Webhooks that do not send.", figures => figures.Stopped);
        AddGauge("platform.webhooks.dead", "{message}", "Messages that were given up.", figures => figures.Dead);

        void AddGauge(string name, string unit, string description, Func<WebhookFigures, double> read) =>
            builder.Services.AddSingleton(provider => new Gauge(
                name, unit, description, () => read(provider.GetRequiredService<WebhookWatch>().Figures)));
    }

    public void Map(WebApplication app)
    {
    }
}
