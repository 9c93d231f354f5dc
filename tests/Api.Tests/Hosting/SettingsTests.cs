using Platform.Api.Hosting.Settings;

namespace Platform.Tests.Api.Hosting;

public sealed class SettingsTests
{
    [Fact]
    public void Every_setting_says_what_it_means_and_what_it_is_without_being_set()
    {
        var explained = SettingsReader.Explained().ToList();

        explained.ShouldAllBe(setting => setting.Key.StartsWith("Platform__") && setting.Meaning.Length > 10 && setting.Default.Length > 0);
        explained.Select(setting => setting.Key).ShouldContain("Platform__Proxies__Trusted");
    }
}
