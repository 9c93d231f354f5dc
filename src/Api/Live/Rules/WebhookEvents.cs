using Platform.Domain.Webhooks;

namespace Platform.Api.Live.Rules;

/// <summary>For those who manage webhooks and see the whole house, because webhooks send what the whole house sees.</summary>
internal sealed class WebhookEvents : IEventRules
{
    private const string Manage = "webhooks.manage";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Shared<WebhookRegistered>(Manage),
        Rule.Shared<WebhookPaused>(Manage),
        Rule.Shared<WebhookStopped>(Manage),
        Rule.Shared<WebhookResumed>(Manage),
        Rule.Shared<WebhookRemoved>(Manage),
        Rule.Shared<WebhookSecretRotated>(Manage),
        Rule.Shared<WebhookDeliveryReplayed>(Manage),
    ];
}
