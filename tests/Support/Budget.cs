using System.Globalization;

namespace Platform.Tests.Support;

/// <summary>
/// How long the long tests run. The usual run is short; <c>Platform__Tests__CRASHES=200 ./platform test</c> is the
/// long form.
/// </summary>
public static class Budget
{
    public static int Count(string name, int usual) =>
        int.TryParse(
            Environment.GetEnvironmentVariable($"Platform__Tests__{name}"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked)
            ? asked
            : usual;

    public static int Seconds(string name, int usual) => Count(name + "_SECONDS", usual);
}
