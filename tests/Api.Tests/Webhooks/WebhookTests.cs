using System.Net;
using System.Security.Cryptography;
using System.Text;
using Platform.Api.Webhooks;
using Platform.Domain.Access;
using Platform.Domain.Kernel;
using Platform.Domain.Webhooks;
using Platform.GraphQL.Conventions;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Webhooks;

public sealed class WebhookTests(WebhookTests.Host host) : IClassFixture<WebhookTests.Host>
{
    private const string Items =
        """subscription ($types: [String!]) { events(types: $types) { position type data } }""";

    [Fact]
    public async Task Messages_are_signed_in_order_and_each_has_an_id_of_its_own()
    {
        // given
        await using var receiver = await Receiver.StartAsync();
        var webhook = await RegisterAsync(receiver.Url, await OwnerAsync());

        // when
        var items = new List<Guid>();
        for (var i = 0; i < 5; i++)
        {
            items.Add((await host.DraftItemAsync(MasterData.NewItem())).Value);
        }

        // then
        var all = await receiver.WaitForAsync(5);
        all.Select(one => one.Json.GetProperty("data").GetProperty("events").GetProperty("data").GetProperty("item").GetGuid())
            .ShouldBe(items);
        all.Select(one => one.Id).ShouldBeUnique();
        var secret = await SecretAsync(webhook);
        foreach (var one in all)
        {
            one.Signature.ShouldBe(Signed(secret, one));
        }
    }

    /// <summary>At least once, in order: what follows waits for what failed.</summary>
    [Fact]
    public async Task A_message_that_fails_is_tried_again_with_the_same_id_before_the_next_is_sent()
    {
        // given
        await using var receiver = await Receiver.StartAsync();
        var fails = 3;
        receiver.Answer = _ => Interlocked.Decrement(ref fails) >= 0 ? 503 : 204;
        var webhook = await RegisterAsync(receiver.Url, await OwnerAsync());

        // when
        await host.DraftItemAsync(MasterData.NewItem());
        await host.DraftItemAsync(MasterData.NewItem());

        // then
        var all = await receiver.WaitForAsync(5);
        all.Take(4).Select(one => one.Id).Distinct().Count().ShouldBe(1);
        all[4].Id.ShouldNotBe(all[0].Id);
        await UntilAsync($"select count(*) = 2 from webhook_delivery where webhook_id = '{webhook}' and state = 'DELIVERED'");
        (await host.ScalarAsync<int>($"select max(attempts) from webhook_delivery where webhook_id = '{webhook}'")).ShouldBe(4);
    }

    [Fact]
    public async Task What_is_never_taken_is_dead_does_not_hold_up_the_rest_and_can_be_sent_again()
    {
        // given: MaxAttempts is 4 here
        await using var receiver = await Receiver.StartAsync();
        string? poison = null;
        var isHealed = false;
        receiver.Answer = one => !Volatile.Read(ref isHealed) && one.Id == (poison ??= one.Id) ? 500 : 200;
        var webhook = await RegisterAsync(receiver.Url, await OwnerAsync());

        // when
        await host.DraftItemAsync(MasterData.NewItem());
        await host.DraftItemAsync(MasterData.NewItem());
        await receiver.WaitForAsync(5);
        await UntilAsync($"select count(*) = 1 from webhook_delivery where webhook_id = '{webhook}' and state = 'DEAD'");
        Volatile.Write(ref isHealed, true);
        var dead = await host.ScalarAsync<Guid>($"select id from webhook_delivery where webhook_id = '{webhook}' and state = 'DEAD'");
        (await host.RunAsync(new ReplayWebhookDelivery(new WebhookDeliveryId(dead)))).Error.ShouldBeNull();

        // then
        var all = await receiver.WaitForAsync(6);
        all[5].Id.ShouldBe(poison);
        await UntilAsync($"select state = 'DELIVERED' from webhook_delivery where id = '{dead}'");
        (await host.RunAsync(new ReplayWebhookDelivery(new WebhookDeliveryId(dead)))).Error
            .ShouldBe(new DeliveryNotDead(new WebhookDeliveryId(dead), WebhookDeliveryState.Delivered));
    }

    [Fact]
    public async Task A_paused_webhook_sends_what_it_missed_when_it_resumes_or_only_what_is_new()
    {
        // given
        await using var receiver = await Receiver.StartAsync();
        var webhook = await RegisterAsync(receiver.Url, await OwnerAsync());
        var id = new WebhookId(webhook);
        (await host.RunAsync(new PauseWebhook(id, "their upgrade"))).Error.ShouldBeNull();
        await Task.Delay(1_200); // The deliverer looks twice a second.

        // when
        await host.DraftItemAsync(MasterData.NewItem());
        await Task.Delay(500);
        receiver.All.ShouldBeEmpty();
        (await host.RunAsync(new ResumeWebhook(id, FromNow: false))).Error.ShouldBeNull();

        // then
        await receiver.WaitForAsync(1);
        (await host.RunAsync(new ResumeWebhook(id, FromNow: true))).Error.ShouldBe(new WrongWebhookStatus(id, WebhookStatus.Active));
        (await host.RunAsync(new RemoveWebhook(id, "not used"))).Error.ShouldBeNull();
        (await host.RunAsync(new PauseWebhook(id, "x"))).Error.ShouldBe(new WrongWebhookStatus(id, WebhookStatus.Removed));
    }

    [Fact]
    public async Task For_a_day_after_a_rotation_both_secrets_sign()
    {
        // given
        await using var receiver = await Receiver.StartAsync();
        var webhook = await RegisterAsync(receiver.Url, await OwnerAsync());
        var old = await SecretAsync(webhook);

        // when
        (await host.HostRunAsync(new RotateWebhookSecret(new WebhookId(webhook)), await OwnerAsync())).Error.ShouldBeNull(); // by the host's clock
        await Task.Delay(1_200);
        await host.DraftItemAsync(MasterData.NewItem());

        // then
        var one = (await receiver.WaitForAsync(1))[0];
        var secret = await SecretAsync(webhook);
        secret.ShouldNotBe(old);
        one.Signature.ShouldBe($"{Signed(secret, one)} {Signed(old, one)}");
    }

    [Fact]
    public async Task A_receiver_that_is_gone_for_good_stops_its_webhook_with_the_reason()
    {
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => 410;
        var webhook = await RegisterAsync(receiver.Url, await OwnerAsync());

        await host.DraftItemAsync(MasterData.NewItem());

        await UntilAsync($"select status = 'PAUSED' and status_reason like '%410%' from webhook where id = '{webhook}'");
    }

    /// <summary>R-46: its messages hold what its account may see; without an account there are none.</summary>
    [Fact]
    public async Task A_webhook_ends_with_the_rights_of_the_account_that_registered_it()
    {
        await using var receiver = await Receiver.StartAsync();
        var worker = await host.UserAsync([Role.WarehouseWorker], RowLimits.None); // without events.read
        var webhook = await RegisterAsync(receiver.Url, worker);

        await host.DraftItemAsync(MasterData.NewItem());

        await UntilAsync($"select status = 'PAUSED' from webhook where id = '{webhook}'");
        receiver.All.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("query { service { name } }", "exactly one operation, a subscription")]
    [InlineData("subscription { nonsense }", "nonsense")]
    [InlineData("subscription {", "Syntax")]
    public async Task A_document_that_is_no_subscription_is_refused(string document, string fault)
    {
        var refused = await host.HostRunAsync(new RegisterWebhook("Wrong", "https://example.org/hook", document, null), await OwnerAsync());

        refused.Error.ShouldBeOfType<WebhookDocumentInvalid>().Fault.ShouldContain(fault);
    }

    [Theory]
    [InlineData("ftp://example.org/")]
    [InlineData("https://user:password@example.org/")]
    [InlineData("not an address")]
    public async Task An_address_that_is_none_is_refused(string url) =>
        (await host.HostRunAsync(new RegisterWebhook("Wrong", url, Items, null), await OwnerAsync()))
            .Error.ShouldBeOfType<InvalidField>().Field.ShouldBe("url");

    [Fact]
    public async Task A_dry_run_shows_what_would_have_been_sent_and_sends_nothing()
    {
        // given
        await host.DraftItemAsync(MasterData.NewItem());
        await Task.Delay(300);
        using var client = host.ClientWith(await host.TokenOfAsync(await OwnerAsync()));

        // when
        var answer = await client.PostAsync(
            new Uri("/graphql", UriKind.Relative),
            new StringContent(
                System.Text.Json.JsonSerializer.Serialize(new
                {
                    query = "query ($document: String!) { webhookPreviews(document: $document) { position body } }",
                    variables = new { document = """subscription { events(types: ["ItemCreated"]) { type } }""" },
                }),
                Encoding.UTF8,
                "application/json"));

        // then
        (await answer.Content.ReadAsStringAsync()).ShouldContain("ItemCreated");
    }

    /// <summary>No webhook reaches what stands behind our own wall, whatever name it goes by.</summary>
    [Theory]
    [InlineData("10.1.2.3", false)]
    [InlineData("127.0.0.1", false)]
    [InlineData("169.254.169.254", false)]
    [InlineData("100.64.0.1", false)]
    [InlineData("0.0.0.0", false)]
    [InlineData("::1", false)]
    [InlineData("::ffff:10.0.0.1", false)]
    [InlineData("64:ff9b::a00:1", false)]
    [InlineData("fd00::1", false)]
    [InlineData("fe80::1", false)]
    [InlineData("2002:7f00:1::", false)]
    [InlineData("93.184.216.34", true)]
    [InlineData("2606:2800:220:1::1", true)]
    public void Only_public_addresses_are_sent_to(string address, bool isAllowed) =>
        new PublicAddresses(new WebhookSettings()).IsAllowed(IPAddress.Parse(address)).ShouldBe(isAllowed);

    private async Task<UserId> OwnerAsync() => await host.UserAsync([Role.Operations, Role.Integrator], RowLimits.None);

    private async Task<Guid> RegisterAsync(string url, UserId owner)
    {
        var registered = await host.HostRunAsync(
            new RegisterWebhook("Test", url, Items, """{ "types": ["ItemCreated"] }"""), owner);
        registered.Error.ShouldBeNull();
        var webhook = registered.Value.Webhook.Value;
        await UntilAsync(
            $"select exists (select from webhook_cursor where webhook_id = '{webhook}' and position is not null) or exists (select from webhook where id = '{webhook}' and status = 'PAUSED')");
        return webhook;
    }

    private async Task<byte[]> SecretAsync(Guid webhook)
    {
        using var client = host.ClientWith(await host.TokenOfAsync(await OwnerAsync()));
        var answer = await client.PostAsync(
            new Uri("/graphql", UriKind.Relative),
            new StringContent(
                $$"""{"query":"{ webhookSecret(id: \"{{NodeIdFormat.Write("Webhook", webhook)}}\") }"}""", Encoding.UTF8, "application/json"));
        var text = await answer.Content.ReadAsStringAsync();
        var secret = System.Text.Json.JsonElement.Parse(text).GetProperty("data").GetProperty("webhookSecret").GetString();
        secret.ShouldNotBeNull(text);
        return Convert.FromBase64String(secret["whsec_".Length..]);
    }

    private async Task UntilAsync(string sql)
    {
        for (var i = 0; i < 400; i++)
        {
            if (await host.ScalarAsync<bool>(sql))
            {
                return;
            }

            await Task.Delay(50);
        }

        throw new TimeoutException(sql);
    }

    /// <summary>As any library of Standard Webhooks computes it.</summary>
    private static string Signed(byte[] secret, Received one) => "v1," + Convert.ToBase64String(
        HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes($"{one.Id}.{one.Timestamp}.{one.Body}")));

    public sealed class Host : TestHost
    {
        protected override IReadOnlyDictionary<string, string?> Configuration { get; } =
            new Dictionary<string, string?>(StringComparer.Ordinal)
            {
                ["Platform:Webhooks:AllowedNetworks"] = "127.0.0.0/8",
                ["Platform:Webhooks:FirstRetry"] = "00:00:00.05",
                ["Platform:Webhooks:MaxAttempts"] = "4",
            };

        /// <summary>Through the host, which knows what a document is.</summary>
        public Task<Result<TEvent>> HostRunAsync<TEvent>(ICommand<TEvent> command, UserId owner)
            where TEvent : notnull
        {
            var anybody = Callers.Of(ActorKind.Human, "Owner", "webhooks.manage");
            var runner = Microsoft.Extensions.DependencyInjection.ServiceProviderServiceExtensions.GetRequiredService<CommandRunner>(HostServices);
            return runner.Async(
                command, anybody with { Actor = anybody.Actor with { Id = owner.Value, Person = owner.Value } }, CancellationToken.None);
        }
    }
}
