using System.CommandLine;
using Platform.Api.Hosting.Settings;

namespace Platform.Api.Hosting.CommandLine;

/// <summary>Shows every effective setting with its source, secrets masked; and what each means.</summary>
internal sealed class ConfigVerb : IVerb
{
    public Command Build()
    {
        var show = new Command("show", "Prints every effective setting and where it comes from; secrets are masked.");
        show.SetAction(async (_, _) =>
        {
            foreach (var setting in new SettingsReader(SharedOptions.Configuration()).Effective().ToList())
            {
                await Console.Out.WriteLineAsync($"{setting.Key} = {setting.Value}  ({setting.Source})");
            }

            return ExitCode.Ok;
        });
        var explain = new Command("explain", "Prints what every setting means, and its default.");
        explain.SetAction(async (_, _) =>
        {
            foreach (var setting in SettingsReader.Explained())
            {
                await Console.Out.WriteLineAsync($"{setting.Key} = {setting.Default}\n    {setting.Meaning}");
            }

            return ExitCode.Ok;
        });
        return new Command("config", "The configuration.") { show, explain };
    }
}
