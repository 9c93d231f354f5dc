using Platform.Domain.Kernel;

namespace Platform.Domain.Webhooks;

public sealed record WebhookNotFound(WebhookId Webhook) : DomainError
{
    public override string Message => $"There is no webhook {Webhook}.";
}

public sealed record WebhookDocumentInvalid(string Fault) : DomainError
{
    public override string Message => $"The document is no subscription that can run: {Fault}";
}

public sealed record TooManyWebhooks(int Open, int Most) : DomainError
{
    public override string Message => $"{Open} webhooks are open; {Most} are allowed.";
}

public sealed record WrongWebhookStatus(WebhookId Webhook, WebhookStatus Status) : DomainError
{
    public override string Message => $"Webhook {Webhook} is {Status}.";
}

public sealed record DeliveryNotDead(WebhookDeliveryId Delivery, WebhookDeliveryState? State) : DomainError
{
    public override string Message => State is null
        ? $"There is no delivery {Delivery}."
        : $"Delivery {Delivery} is {State}; only what is dead is sent again.";
}
