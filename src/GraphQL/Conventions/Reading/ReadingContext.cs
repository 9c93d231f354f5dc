using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.Conventions.Loaders;
using Platform.GraphQL.Conventions.Relay;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Reading;

/// <summary>What everybody who reads classes needs.</summary>
internal sealed class ReadingContext
{
    public ReadingContext(ConventionSettings settings, IServiceProvider services)
    {
        Settings = settings;
        Provider = services;
        Services = services.GetService<IServiceProviderIsService>() ?? new NoServices();
        Catalog = new TypeCatalog(settings.Options, Errors);
        Loaders = new LoaderRegistry();
        Nodes = new NodeRegistry();
        Inputs = new InputReader(this);
    }

    public ConventionSettings Settings { get; }

    public SchemaBuilder Builder { get; } = new();

    public Authorization.BuiltSchema Built { get; } = new();

    public BuildErrors Errors { get; } = new();

    public TypeCatalog Catalog { get; }

    public InputReader Inputs { get; }

    public LoaderRegistry Loaders { get; }

    public NodeRegistry Nodes { get; }

    public IServiceProviderIsService Services { get; }

    public IServiceProvider Provider { get; }

    public FilterOptions Filtering => Settings.Filtering;

    public SortOptions Sorting => Settings.Sorting;

    private sealed class NoServices : IServiceProviderIsService
    {
        public bool IsService(Type serviceType) => false;
    }
}
