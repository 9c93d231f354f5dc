using Platform.Api.Reading.Declaring;
using Platform.Domain.Webhooks;

namespace Platform.Api.Webhooks;

internal sealed class WebhookType : Readable<Webhook>
{
    public WebhookType()
        : base("Webhook", "webhooks", "webhooks.manage")
    {
        Shared(); // Row security shows them to nobody who is limited to rows.
        Column(row => row.Name, "What people call it.");
        Column(row => row.Url, "Where messages are posted.");
        Column(row => row.Document);
        Column(row => row.AccountId);
        Column(row => row.Status);
        Column(row => row.StatusReason, "Why it does not send.");
        Column(row => row.Version);
        Column(row => row.CreatedAt);
        Column(row => row.UpdatedAt);
        Many<WebhookDelivery>("deliveries", row => row.WebhookId, "What was sent, and what could not be.");
    }
}

internal sealed class WebhookDeliveryType : Readable<WebhookDelivery>
{
    public WebhookDeliveryType()
        : base("WebhookDelivery", "webhookDeliveries", "webhooks.manage")
    {
        Shared(); // Row security shows them to nobody who is limited to rows.
        Column(row => row.MessageId);
        Column(row => row.Position);
        Column(row => row.State, "What came of it.");
        Column(row => row.Attempts, "How often it was tried.");
        Column(row => row.StatusCode);
        Column(row => row.Fault);
        Column(row => row.TookMs);
        Column(row => row.Body);
        Column(row => row.TriedAt, "When it was tried last.");
        One<Webhook>("webhook", row => row.WebhookId, "To whom it was sent.");
    }
}
