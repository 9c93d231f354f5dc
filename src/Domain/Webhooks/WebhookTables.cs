using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;
using Npgsql;
using Platform.Domain.Kernel;

namespace Platform.Domain.Webhooks;

/// <summary>The rows of webhooks, and every lock on them.</summary>
internal static class WebhookTables
{
    public static Task<Webhook?> LockWebhookAsync(this PlatformDb db, WebhookId id, CancellationToken ct) =>
        db.Set<Webhook>()
            .FromSql($"select * from webhook where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    public static Task<int> CountOpenWebhooksAsync(this PlatformDb db, CancellationToken ct) =>
        db.Set<Webhook>().CountAsync(webhook => webhook.Status != WebhookStatus.Removed, ct);

    public static Task<WebhookDelivery?> LockDeliveryAsync(this PlatformDb db, WebhookDeliveryId id, CancellationToken ct) =>
        db.Set<WebhookDelivery>()
            .FromSql($"select * from webhook_delivery where id = {id.Value} for no key update")
            .SingleOrDefaultAsync(ct);

    /// <summary>The next try is due at once; from now on, if the past is not wanted.</summary>
    public static async Task ForgetFailuresAsync(this PlatformDb db, WebhookId id, bool fromNow, CancellationToken ct)
    {
        await using var forget = db.Statement(
            """
            update webhook_cursor set attempts = 0, next_at = null,
                   position = case when $2 then (select last_position from event_publisher) else position end
            where webhook_id = $1
            """);
        forget.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        forget.Parameters.Add(new NpgsqlParameter<bool> { TypedValue = fromNow });
        await forget.ExecuteNonQueryAsync(ct);
    }

    public static async Task RotateSecretAsync(this PlatformDb db, WebhookId id, DateTimeOffset until, CancellationToken ct)
    {
        await using var rotate = db.Statement(
            "update webhook set previous_secret = secret, previous_until = $2, secret = default where id = $1");
        rotate.Parameters.Add(new NpgsqlParameter<Guid> { TypedValue = id.Value });
        rotate.Parameters.Add(new NpgsqlParameter<DateTimeOffset> { TypedValue = until });
        await rotate.ExecuteNonQueryAsync(ct);
    }
}

internal sealed class WebhookMapping : IEntityTypeConfiguration<Webhook>
{
    public void Configure(EntityTypeBuilder<Webhook> builder)
    {
        builder.ToTable("webhook").HasKey(webhook => webhook.Id);
        builder.Property(webhook => webhook.Id).ValueGeneratedNever();
        builder.Property(webhook => webhook.Variables).HasColumnType("jsonb");
        builder.Property(webhook => webhook.Version).IsConcurrencyToken();

        // Secrets are no properties: nothing that reads a webhook reads them by accident.
        builder.Property<byte[]>("Secret").HasColumnType("bytea").IsRequired().ValueGeneratedOnAdd();
        builder.Property<byte[]?>("PreviousSecret").HasColumnType("bytea");
        builder.Property<DateTimeOffset?>("PreviousUntil");
    }
}

internal sealed class WebhookDeliveryMapping : IEntityTypeConfiguration<WebhookDelivery>
{
    public void Configure(EntityTypeBuilder<WebhookDelivery> builder)
    {
        builder.ToTable("webhook_delivery").HasKey(delivery => delivery.Id);
        builder.Property(delivery => delivery.Id).ValueGeneratedNever();
        builder.HasOne<Webhook>().WithMany().HasForeignKey(delivery => delivery.WebhookId);
    }
}
