using Platform.Domain.Webhooks;

namespace Platform.Api.Live.Rules;

/// <summary>For those who manage webhooks and see the whole house, because webhooks send what the whole house sees.</summary>
internal sealed class WebhookEvents : IEventRules
{
    private const string Manage = "webhooks.manage";

    public IEnumerable<EventRule> Rules =>
    [
        Rule.Unlimited<WebhookRegistered>(Manage),
        Rule.Unlimited<WebhookPaused>(Manage),
        Rule.Unlimited<WebhookStopped>(Manage),
        Rule.Unlimited<WebhookResumed>(Manage),
        Rule.Unlimited<WebhookRemoved>(Manage),
        Rule.Unlimited<WebhookSecretRotated>(Manage),
        Rule.Unlimited<WebhookDeliveryReplayed>(Manage),
    ];
}
