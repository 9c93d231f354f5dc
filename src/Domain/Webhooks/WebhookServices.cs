using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Domain.Kernel;

namespace Platform.Domain.Webhooks;

internal sealed class WebhookServices : ICapabilityServices
{
    public void Register(IServiceCollection services)
    {
        services.AddSingleton<WebhookOutbox>();
        services.TryAddSingleton<IWebhookDocuments, AnyDocument>();
    }
}
