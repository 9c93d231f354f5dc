using System.Diagnostics;
using Platform.Domain.Access;
using Platform.Domain.Warehouses;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>R-19 with the clients that our users have, as locked in <c>tests/GraphQL.Tests/clients</c>.</summary>
public sealed class ClientTests(TestHost host) : IClassFixture<TestHost>
{
    private static readonly string? _folder = FolderOfClients();

    [Theory]
    [InlineData("ws")]
    [InlineData("sse")]
    public async Task A_client_that_is_cut_off_after_every_message_misses_none(string how)
    {
        if (_folder is null)
        {
            Environment.GetEnvironmentVariable("CI").ShouldBeNull("the clients are not installed");
            Console.WriteLine("Skipped: run `npm ci` in tests/GraphQL.Tests/clients.");
            return;
        }

        // given
        var after = await host.ScalarAsync<long>("select last_position from event_publisher");
        var token = await host.TokenOfAsync(await host.UserAsync([Role.Operations], RowLimits.None));
        using var client = Process.Start(new ProcessStartInfo(
            "node", [Path.Combine(_folder, "live.mjs"), how, host.Url, token, $"{after}", "6"])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        var output = client.StandardOutput.ReadToEndAsync();
        var errors = client.StandardError.ReadToEndAsync();

        // when
        var codes = new List<string>();
        for (var i = 0; i < 6; i++)
        {
            var code = MasterData.Code("CLIENT");
            codes.Add($"{code} {code}");
            (await host.RunAsync(new CreateCalendar(code, new CalendarWeek("Five", [DayOfWeek.Monday])), MasterData.Steward)).Error.ShouldBeNull();
            await Task.Delay(i % 2 == 0 ? 0 : 300);
        }

        // then
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        await client.WaitForExitAsync(patience.Token);
        (await errors).ShouldBeEmpty();
        (await output).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).ShouldBe(codes);
    }

    private static string? FolderOfClients()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(Path.Combine(folder.FullName, "tests", "GraphQL.Tests", "clients")))
        {
            folder = folder.Parent;
        }

        var clients = folder is null ? null : Path.Combine(folder.FullName, "tests", "GraphQL.Tests", "clients");
        return clients is not null && Directory.Exists(Path.Combine(clients, "node_modules")) ? clients : null;
    }
}
