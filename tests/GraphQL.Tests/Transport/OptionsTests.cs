using System.Net;
using Microsoft.Extensions.Options;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Transport;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>What may be set, and what the limits are when nobody sets anything (RELIABILITY §3.1).</summary>
public class OptionsTests
{
    [Fact]
    public async Task A_server_with_wrong_options_does_not_start_and_says_everything_that_is_wrong()
    {
        var failure = await Should.ThrowAsync<OptionsValidationException>(() => TransportServer.StartAsync(
            new ScriptedExecutor(),
            options =>
            {
                options.MaxRequestBytes = 0;
                options.AllowedGetOperations = OperationKinds.All;
                options.Sockets.PongTimeout = TimeSpan.FromSeconds(1);
            }));

        failure.Failures.Count().ShouldBe(3);
    }

    [Fact]
    public void Every_limit_has_the_number_of_the_checklist()
    {
        var options = new GraphQLServerOptions();

        options.Mistakes().ShouldBeEmpty();
        options.MaxRequestBytes.ShouldBe(256 * 1024);
        options.MaxVariablesDepth.ShouldBe(64);
        options.Batching.Allowed.ShouldBe(BatchingKinds.None);
        options.Batching.MaxSize.ShouldBe(10);
        options.Upload.Enabled.ShouldBeFalse();
        options.PersistedOperations.Automatic.ShouldBe(AutomaticRegistration.Off);
        options.Sockets.MaxMessageBytes.ShouldBe(64 * 1024);
        options.Sockets.InitTimeout.ShouldBe(TimeSpan.FromSeconds(3));
        options.Sockets.PingInterval.ShouldBe(TimeSpan.FromSeconds(12));
        options.Sockets.PongTimeout.ShouldBe(TimeSpan.FromSeconds(24));
        options.Sockets.MaxOperations.ShouldBe(20);
        options.Sockets.MaxPerUser.ShouldBe(5);
        options.Sockets.MaxPerAddress.ShouldBe(200);
        options.Streams.QueueEvents.ShouldBe(256);
        options.Streams.QueueBytes.ShouldBe(1024 * 1024);
    }

    [Theory]
    [InlineData("192.0.2.7", "::ffff:192.0.2.7", true)]
    [InlineData("192.0.2.7", "192.0.2.8", false)]
    [InlineData("2001:db8:0:1::1", "2001:db8:0:1:ffff::2", true)] // one /64 is one customer (G-52)
    [InlineData("2001:db8:0:1::1", "2001:db8:0:2::1", false)]
    public void Addresses_of_one_network_count_as_one(string one, string other, bool same) =>
        (ConnectionSlots.KeyOf(IPAddress.Parse(one)) == ConnectionSlots.KeyOf(IPAddress.Parse(other))).ShouldBe(same);
}
