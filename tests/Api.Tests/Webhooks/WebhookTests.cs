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

    /// <summary>The whole life of a dead letter as its owner sees it: the log page by page, the message sent again.</summary>
    [Fact]
    public async Task The_log_is_paged_and_a_dead_letter_sent_again_through_the_graph()
    {
        // given: every message is refused until the receiver is healed
        await using var receiver = await Receiver.StartAsync();
        var isHealed = false;
        receiver.Answer = _ => Volatile.Read(ref isHealed) ? 200 : 500;
        var owner = await OwnerAsync();
        var webhook = await RegisterAsync(receiver.Url, owner);
        using var client = host.ClientWith(await host.TokenOfAsync(owner));
        for (var i = 0; i < 3; i++)
        {
            await host.DraftItemAsync(MasterData.NewItem());
        }

        await UntilAsync($"select count(*) = 3 from webhook_delivery where webhook_id = '{webhook}' and state = 'DEAD'");

        // when: two by two
        var dead = new List<string>();
        string? cursor = null;
        do
        {
            var page = (await AskAsync(client,
                """
                query ($webhook: ID!, $after: String) {
                  webhookDeliveries(first: 2, after: $after, where: { webhook: { id: { eq: $webhook } }, state: { eq: DEAD } }, order: [{ triedAt: ASC }]) {
                    nodes { id state attempts statusCode fault body } pageInfo { hasNextPage endCursor } totalCount } }
                """,
                new { webhook = NodeIdFormat.Write("Webhook", webhook), after = cursor })).GetProperty("webhookDeliveries");
            page.GetProperty("totalCount").GetInt32().ShouldBe(3);
            foreach (var delivery in page.GetProperty("nodes").EnumerateArray())
            {
                delivery.GetProperty("attempts").GetInt32().ShouldBe(4);
                delivery.GetProperty("statusCode").GetInt32().ShouldBe(500);
                delivery.GetProperty("body").GetString()!.ShouldContain("ItemCreated");
                dead.Add(delivery.GetProperty("id").GetString()!);
            }

            var info = page.GetProperty("pageInfo");
            cursor = info.GetProperty("hasNextPage").GetBoolean() ? info.GetProperty("endCursor").GetString() : null;
        }
        while (cursor is not null);

        dead.Distinct().Count().ShouldBe(3);
        var before = receiver.All.Count;
        Volatile.Write(ref isHealed, true);
        foreach (var delivery in dead)
        {
            var replayed = await AskAsync(client,
                """
                mutation ($delivery: ID!) { replayWebhookDelivery(input: { deliveryId: $delivery }) {
                  webhookDeliveryReplayed { messageId } errors { ... on Error { message } } } }
                """,
                new { delivery });
            replayed.GetProperty("replayWebhookDelivery").GetProperty("webhookDeliveryReplayed").GetProperty("messageId").GetString().ShouldStartWith("msg_");
        }

        // then
        await UntilAsync($"select count(*) = 3 from webhook_delivery where webhook_id = '{webhook}' and state = 'DELIVERED'");
        receiver.All.Skip(before).Select(one => one.Id).Distinct().Count().ShouldBe(3);
        var again = await AskAsync(client,
            "mutation ($delivery: ID!) { replayWebhookDelivery(input: { deliveryId: $delivery }) { errors { __typename } } }", new { delivery = dead[0] });
        again.GetProperty("replayWebhookDelivery").GetProperty("errors")[0].GetProperty("__typename").GetString().ShouldBe("DeliveryNotDeadError");
    }

    /// <summary>What fitted the schema of yesterday: it stops, says why, and everybody who manages webhooks hears of it.</summary>
    [Fact]
    public async Task A_document_that_fits_the_schema_no_more_stops_its_webhook_and_is_reported()
    {
        // given
        await using var receiver = await Receiver.StartAsync();
        var owner = await OwnerAsync();
        var webhook = await RegisterAsync(receiver.Url, owner);

        // when: as if a release had removed the field
        await host.ExecuteAsync(
            $"update webhook set document = 'subscription {{ events {{ position gone }} }}', version = version + 1 where id = '{webhook}'");

        // then
        await UntilAsync($"select status = 'PAUSED' and status_reason like '%gone%' from webhook where id = '{webhook}'");
        await UntilAsync($"select exists (select from event where type = 'WebhookStopped' and aggregate_id = '{webhook}')");
        await UntilAsync($"select exists (select from audit where action = '{nameof(StopWebhook)}')");
        await host.DraftItemAsync(MasterData.NewItem());
        receiver.All.ShouldBeEmpty();
        using var client = host.ClientWith(await host.TokenOfAsync(owner));
        var stopped = Sample(await MetricsAsync(client), "platform_webhooks_stopped");
        for (var i = 0; i < 200 && stopped < 1; i++)
        {
            await Task.Delay(100);
            stopped = Sample(await MetricsAsync(client), "platform_webhooks_stopped");
        }

        stopped.ShouldBeGreaterThanOrEqualTo(1);
    }

    [Fact]
    public async Task What_waits_and_what_fails_can_be_scraped()
    {
        // given: a receiver that takes nothing, and long waits between tries
        await using var receiver = await Receiver.StartAsync();
        receiver.Answer = _ => 503;
        var webhook = await RegisterAsync(receiver.Url, await OwnerAsync());
        await host.DraftItemAsync(MasterData.NewItem());
        await host.DraftItemAsync(MasterData.NewItem());

        // then
        await UntilAsync($"select count(*) >= 1 from webhook_delivery where webhook_id = '{webhook}' and state = 'DEAD'");
        string page;
        var i = 0;
        do
        {
            await Task.Delay(100);
            page = await MetricsAsync(host.Client);
        }
        while (i++ < 200 && Sample(page, "platform_webhooks_dead") < 1);

        Sample(page, "platform_webhooks_dead").ShouldBeGreaterThanOrEqualTo(1);
        foreach (var name in new[] { "waiting", "oldest_seconds", "failing", "stopped" })
        {
            Sample(page, "platform_webhooks_" + name).ShouldBeGreaterThanOrEqualTo(0, name);
        }
    }

    /// <summary>Silence moves the cursor on too: what was never for a webhook is not read again after a restart, and does not expire it.</summary>
    [Fact]
    public async Task The_cursor_passes_what_is_not_for_the_webhook()
    {
        await using var receiver = await Receiver.StartAsync();
        var webhook = await RegisterAsync(receiver.Url, await OwnerAsync());

        await host.PartnerAsync();
        await UntilAsync("select not exists (select from event e where not exists (select from event_position p where p.xid = e.xid and p.id = e.id))");
        var head = await host.ScalarAsync<long>("select last_position from event_publisher");

        await UntilAsync($"select position >= {head} from webhook_cursor where webhook_id = '{webhook}'");
        receiver.All.ShouldBeEmpty();
    }

    /// <summary>R-46: its messages are made by the rights that its account has now.</summary>
    [Fact]
    public async Task A_webhook_is_stopped_when_its_account_is_locked()
    {
        await using var receiver = await Receiver.StartAsync();
        var owner = await OwnerAsync();
        var webhook = await RegisterAsync(receiver.Url, owner);

        (await host.RunAsync(new LockUser(owner, Version: 1, "left"))).Error.ShouldBeNull();

        await UntilAsync($"select status = 'PAUSED' from webhook where id = '{webhook}'");
        await host.DraftItemAsync(MasterData.NewItem());
        await Task.Delay(500);
        receiver.All.ShouldBeEmpty();
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

    private static async Task<System.Text.Json.JsonElement> AskAsync(HttpClient client, string query, object variables)
    {
        var answer = await client.PostAsync(
            new Uri("/graphql", UriKind.Relative),
            new StringContent(System.Text.Json.JsonSerializer.Serialize(new { query, variables }), Encoding.UTF8, "application/json"));
        var body = System.Text.Json.JsonElement.Parse(await answer.Content.ReadAsStringAsync());
        body.TryGetProperty("errors", out _).ShouldBeFalse(body.ToString());
        return body.GetProperty("data");
    }

    private static Task<string> MetricsAsync(HttpClient client) => client.GetStringAsync(new Uri("/metrics", UriKind.Relative));

    /// <summary>-1 where the page does not have it: gauges are told once they were measured.</summary>
    private static double Sample(string page, string name) =>
        page.Split('\n').SingleOrDefault(line => line.StartsWith(name + " ", StringComparison.Ordinal)) is { } line
            ? double.Parse(line.Split(' ')[1], System.Globalization.CultureInfo.InvariantCulture)
            : -1;

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
