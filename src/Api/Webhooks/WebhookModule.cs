using Platform.Api.Hosting;
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
    }

    public void Map(WebApplication app)
    {
    }
}
