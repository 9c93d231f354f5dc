namespace Platform.Api.Hosting.Settings;

/// <summary>
/// One section of the configuration. Its properties are the only keys that the section may have; they are texts,
/// numbers, booleans or time spans, and their initial values are the defaults.
/// </summary>
public interface ISettings
{
    /// <summary>Below <c>Platform</c>: <c>Audit</c> is read from <c>Platform__Audit__…</c>.</summary>
    string Section { get; }

    /// <summary>Every rule that the values break, in words that start with the property's name.</summary>
    IEnumerable<string> Faults();
}

/// <summary>A value that no command prints.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecretAttribute : Attribute;

/// <summary>The configuration cannot be used. The message names every fault, not only the first.</summary>
public sealed class InvalidSettingsException(IReadOnlyList<string> faults)
    : Exception("The configuration is wrong:" + Environment.NewLine + string.Join(Environment.NewLine, faults.Select(fault => "  " + fault)))
{
    public IReadOnlyList<string> Faults { get; } = faults;
}
