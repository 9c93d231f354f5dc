using Platform.Domain.Kernel;

namespace Platform.Intelligence.Workbench.Registry;

/// <summary>
/// The champion of one model for a running service. It looks at the registry's file stamp when asked and loads a
/// promoted version without a restart; a version that cannot be trusted never replaces one that could. Thread-safe.
/// </summary>
internal sealed class ServingChampion(ModelRegistry registry, string model)
{
    private readonly Lock _gate = new();
    private (DateTime Written, long Length) _stamp;
    private RegisteredVersion? _serving;
    private DomainError? _fault;
    private bool _hasLooked;

    /// <summary>Why the registry's present champion does not serve, or null when it does.</summary>
    public DomainError? Fault
    {
        get
        {
            lock (_gate)
            {
                return _fault;
            }
        }
    }

    /// <summary>The version that answers now, or why there is none: then the rule behind the model answers.</summary>
    public Result<RegisteredVersion> Current()
    {
        lock (_gate)
        {
            var stamp = Stamp();
            if (!_hasLooked || stamp != _stamp)
            {
                Look();
                (_stamp, _hasLooked) = (stamp, true);
            }

            return _serving is { } version ? version : _fault!;
        }
    }

    private void Look()
    {
        var found = registry.Champion(model);
        _fault = found.Error;
        _serving = found.Succeeded(out var version) ? version : _serving;
    }

    private (DateTime Written, long Length) Stamp()
    {
        var file = new FileInfo(registry.File);
        return file.Exists ? (file.LastWriteTimeUtc, file.Length) : default;
    }
}
