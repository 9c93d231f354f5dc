using System.Diagnostics;
using System.Net.WebSockets;
using System.Text;
using Platform.GraphQL.Execution;
using Xunit.Abstractions;
using Platform.Tests.Wire;

namespace Platform.Tests.GraphQL.Transport;

/// <summary>Measures the whole process, so nothing else may run beside it.</summary>
[CollectionDefinition("Memory", DisableParallelization = true)]
public sealed class MemoryCollection;

/// <summary>What clients can make the server keep: idle subscribers, unread answers, the remains of refused requests.</summary>
[Collection("Memory")]
public class MemoryTests(ITestOutputHelper output)
{
    private const int Sockets = 2_000;

    [NodeFact]
    public async Task An_idle_subscriber_costs_a_few_kilobytes()
    {
        // given
        var executor = new ScriptedExecutor();
        executor.On("subscription { idle }", () => new ScriptedStream(ResponseStreamKind.Subscription));
        await using var server = await TransportServer.StartAsync(executor, options => options.Sockets.MaxPerAddress = Sockets);
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // when
        using var node = Process.Start(new ProcessStartInfo("node", ["idle.mjs", server.Endpoint.ToString(), $"{Sockets}"])
        {
            WorkingDirectory = NodeScript.Folder,
            UseShellExecute = false,
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        (await node.StandardOutput.ReadLineAsync().WaitAsync(TimeSpan.FromSeconds(60))).ShouldBe("open");
        while (executor.Requests.Count < Sockets)
        {
            await Task.Delay(50);
        }

        var each = (GC.GetTotalMemory(forceFullCollection: true) - before) / Sockets;
        node.StandardInput.Close();
        await node.WaitForExitAsync();

        // then
        output.WriteLine($"{each} bytes for each of {Sockets} sockets");
        each.ShouldBeLessThan(32 * 1024);
    }

    [Fact]
    public async Task A_hundred_rounds_of_bombs_leave_neither_memory_nor_slowness_behind()
    {
        // given: everything is compiled, and caches and pools hold what they will keep
        await using var executor = Shop.Executor();
        await using var server = await TransportServer.StartAsync(executor);
        var bombs = AttackCorpus.Of(Shop.Words).Select(bomb => AttackRoads.Body(bomb.Document, null)).ToList();
        await RoundsAsync(server, bombs);
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var started = Stopwatch.GetTimestamp();

        // when
        await RoundsAsync(server, bombs);

        // then: less than 50 ms each, on average and on a busy machine
        (Stopwatch.GetElapsedTime(started) / (100 * bombs.Count)).ShouldBeLessThan(TimeSpan.FromMilliseconds(50));
        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(5 * 1024 * 1024);
    }

    [Fact]
    public async Task A_client_that_pings_without_reading_is_held_back_not_stored()
    {
        await using var server = await TransportServer.StartAsync(new ScriptedExecutor(), options => options.Streams.SlowReaderGrace = TimeSpan.FromSeconds(1));
        await using var socket = await RawSocket.InitialisedAsync(server);
        var ping = "{\"type\":\"ping\",\"payload\":{\"x\":\"" + new string('x', 900) + "\"}}";
        var before = GC.GetTotalMemory(forceFullCollection: true);

        // when: 100 MB of pings, or as many as the server lets through
        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        try
        {
            for (var i = 0; i < 100_000; i++)
            {
                await socket.Socket.SendAsync(Encoding.UTF8.GetBytes(ping), WebSocketMessageType.Text, true, enough.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or WebSocketException)
        {
        }

        (GC.GetTotalMemory(forceFullCollection: true) - before).ShouldBeLessThan(20 * 1024 * 1024);
    }

    private static async Task RoundsAsync(TransportServer server, List<string> bombs)
    {
        for (var i = 0; i < 100; i++)
        {
            await RoundAsync(server, bombs);
        }
    }

    private static async Task RoundAsync(TransportServer server, List<string> bombs)
    {
        foreach (var bomb in bombs)
        {
            await server.PostAsync(bomb, "application/json");
        }
    }
}
