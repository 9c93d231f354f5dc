using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using Platform.Domain.Access;
using Platform.Tests.Support;

namespace Platform.Tests.Api.Live;

/// <summary>What <c>docs/live-events.md</c> tells people to paste does what it says.</summary>
public sealed partial class LiveDocumentTests(TestHost host) : IClassFixture<TestHost>
{
    /// <summary>How curl says that the time it was given is over; the streams do not end by themselves.</summary>
    private const int TimeIsOver = 28;

    [Fact]
    public async Task The_commands_of_the_page_about_live_events_work_as_they_stand()
    {
        // given
        var commands = Commands().Matches(await File.ReadAllTextAsync(PagePath())).Select(match => match.Groups["text"].Value).ToList();
        commands.Count.ShouldBe(3);
        var token = await host.TokenOfAsync(await host.UserAsync([Role.Operations], RowLimits.None));
        await host.CalendarAsync();
        await host.SettledHeadAsync();

        // when
        var snapshot = JsonElement.Parse(await RunAsync(commands[0], token, position: string.Empty));
        var position = snapshot.GetProperty("extensions").GetProperty("live").GetProperty("position").GetString()!;
        var calendar = await host.CalendarAsync();
        var code = await host.ScalarAsync<string>($"select code from calendar where id = '{calendar}'");

        // then
        snapshot.GetProperty("data").GetProperty("calendars").GetProperty("nodes").GetArrayLength().ShouldBeGreaterThan(0);
        (await RunAsync(commands[1], token, position)).ShouldContain($"\"calendar\":{{\"code\":\"{code}\"}}");
        (await RunAsync(commands[2], token, position)).ShouldContain("\"type\":\"platform.CalendarCreated.v1\"");
    }

    private async Task<string> RunAsync(string command, string token, string position)
    {
        using var shell = Process.Start(new ProcessStartInfo("sh", ["-c", command])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
            Environment = { ["URL"] = host.Url, ["TOKEN"] = token, ["POSITION"] = position, ["NO_PROXY"] = "*" },
        })!;
        var output = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();
        shell.ExitCode.ShouldBeOneOf(0, TimeIsOver);
        return output;
    }

    private static string PagePath()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder!.FullName, "docs", "live-events.md")))
        {
            folder = folder.Parent;
        }

        return Path.Combine(folder.FullName, "docs", "live-events.md");
    }

    [GeneratedRegex("```sh\n(?<text>.*?)```", RegexOptions.Singleline | RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1_000)]
    private static partial Regex Commands();
}
