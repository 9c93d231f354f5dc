using System.ComponentModel;
using System.Reflection;
using Platform.GraphQL.Conventions.Reading;

namespace Platform.Api.Hosting.Settings;

/// <summary>One effective value: its key, what it is, and where it came from.</summary>
public sealed record EffectiveSetting(string Key, string Value, string Source);

/// <summary>One setting: its key, its default, and what it means.</summary>
public sealed record ExplainedSetting(string Key, string Default, string Meaning);

/// <summary>Reads every section before anything starts, and tells all faults at once, unknown keys included.</summary>
public sealed class SettingsReader(IConfigurationRoot configuration)
{
    private const string Root = "Platform";

    private readonly List<string> _faults = [];

    /// <summary>The sections by their type; throws with every fault when there is one.</summary>
    public IReadOnlyList<ISettings> Read()
    {
        var sections = Parts.Of<ISettings>().ToList();
        foreach (var settings in sections)
        {
            Fill(settings);
            _faults.AddRange(settings.Faults().Select(fault => $"{Root}__{settings.Section}__{fault}."));
        }

        FindUnknown(sections);
        if (Connections.FaultOf(configuration[Connections.Platform]) is { } fault)
        {
            _faults.Add(fault);
        }

        return _faults.Count == 0 ? sections : throw new InvalidSettingsException(_faults);
    }

    /// <summary>Every value with its source; secrets masked.</summary>
    public IEnumerable<EffectiveSetting> Effective()
    {
        yield return Connection(Connections.Platform, absent: "(private PostgreSQL)");
        yield return Connection(Connections.Redis, absent: "(none)");
        foreach (var settings in Read())
        {
            foreach (var property in Properties(settings))
            {
                var value = Convert.ToString(property.GetValue(settings), System.Globalization.CultureInfo.InvariantCulture);
                var isSecret = property.GetCustomAttribute<SecretAttribute>() is not null && !string.IsNullOrEmpty(value);
                yield return new EffectiveSetting(
                    Variable(settings, property), isSecret ? "***" : value ?? string.Empty, Source(Key(settings, property)));
            }
        }
    }

    /// <summary>Every setting as its own comment describes it.</summary>
    public static IEnumerable<ExplainedSetting> Explained() =>
        from settings in Parts.Of<ISettings>()
        from property in Properties(settings)
        let value = Convert.ToString(property.GetValue(settings), System.Globalization.CultureInfo.InvariantCulture)
        select new ExplainedSetting(
            Variable(settings, property),
            string.IsNullOrEmpty(value) ? "(none)" : value,
            XmlDocumentation.Summary(property) ?? throw new InvalidOperationException($"{Variable(settings, property)} has no comment."));

    private EffectiveSetting Connection(string key, string absent) =>
        configuration[key] is { } value
            ? new EffectiveSetting(key.Replace(":", "__", StringComparison.Ordinal), Connections.Masked(value), Source(key))
            : new EffectiveSetting(key.Replace(":", "__", StringComparison.Ordinal), absent, "default");

    private void Fill(ISettings settings)
    {
        foreach (var property in Properties(settings))
        {
            if (configuration[Key(settings, property)] is not { } text)
            {
                continue;
            }

            var kind = Nullable.GetUnderlyingType(property.PropertyType) ?? property.PropertyType;
            try
            {
                property.SetValue(settings, TypeDescriptor.GetConverter(kind).ConvertFromInvariantString(text));
            }
            catch (Exception fault) when (fault is FormatException or ArgumentException or NotSupportedException or OverflowException)
            {
                _faults.Add($"{Variable(settings, property)} is '{text}', which is no {Word(kind)}.");
            }
        }
    }

    /// <summary>A misspelt key would otherwise be a silent default.</summary>
    private void FindUnknown(List<ISettings> sections)
    {
        var known = sections
            .SelectMany(settings => Properties(settings).Select(property => Key(settings, property)))
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        foreach (var (key, value) in configuration.GetSection(Root).AsEnumerable())
        {
            // Tests__ is what test runs are told with; the host does not read it.
            var isForTests = key.StartsWith($"{Root}:Tests:", StringComparison.OrdinalIgnoreCase);
            if (value is not null && !known.Contains(key) && !isForTests)
            {
                _faults.Add($"{key.Replace(":", "__", StringComparison.Ordinal)} is not a setting.");
            }
        }
    }

    private string Source(string key)
    {
        var provider = configuration.Providers.LastOrDefault(candidate => candidate.TryGet(key, out _));
        return provider?.ToString() ?? "default";
    }

    private static IEnumerable<PropertyInfo> Properties(ISettings settings) =>
        settings.GetType().GetProperties().Where(property => property.CanWrite);

    private static string Key(ISettings settings, PropertyInfo property) => $"{Root}:{settings.Section}:{property.Name}";

    private static string Variable(ISettings settings, PropertyInfo property) => $"{Root}__{settings.Section}__{property.Name}";

    private static string Word(Type kind) => kind.Name switch
    {
        nameof(TimeSpan) => "time span such as 00:00:05",
        nameof(Boolean) => "true or false",
        nameof(Int32) or nameof(Int64) => "whole number",
        nameof(Decimal) or nameof(Double) => "number",
        var other => other,
    };
}
