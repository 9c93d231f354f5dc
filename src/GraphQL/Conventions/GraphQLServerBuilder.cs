using System.Linq.Expressions;
using System.Reflection;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.GraphQL.Conventions.Authorization;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Subscriptions;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions;

public static class GraphQLServerServices
{
    /// <summary>
    /// Registers the schema and its executor, as singletons that are made when they are first asked for; every mistake
    /// in the classes is then in one exception.
    /// </summary>
    public static GraphQLServerBuilder AddGraphQLServer(this IServiceCollection services) => new(services);
}

/// <summary>Collects classes and decisions; the names are those that users of HotChocolate know.</summary>
public sealed class GraphQLServerBuilder
{
    private readonly ConventionSettings _settings = new();
    private Func<IServiceProvider, RequestExecutorOptions> _execution = static _ => new RequestExecutorOptions();

    internal GraphQLServerBuilder(IServiceCollection services)
    {
        Services = services;
        services.TryAddSingleton(provider => SchemaReader.Read(_settings, provider));
        services.TryAddSingleton<IRequestExecutor>(provider =>
        {
            var options = _execution(provider);
            var schema = provider.GetRequiredService<Schema>();
            return new RequestExecutor(schema, options with { Gates = [new ValidationGate(schema), .. options.Gates] });
        });
    }

    public IServiceCollection Services { get; }

    /// <summary>All marked classes of an assembly, and all static classes with loaders.</summary>
    public GraphQLServerBuilder AddTypes(Assembly assembly) => AddTypes(
        [.. assembly.GetTypes().Where(TypeSources.Belongs).OrderBy(type => type.FullName, StringComparer.Ordinal)]);

    /// <summary>Marked classes, in this order.</summary>
    public GraphQLServerBuilder AddTypes(params IReadOnlyList<Type> types)
    {
        foreach (var type in types)
        {
            _settings.Sources.Add(type);
        }

        return this;
    }

    public GraphQLServerBuilder AddQueryType<T>() => AddRoot(_settings.Sources.Query, typeof(T));

    public GraphQLServerBuilder AddMutationType<T>() => AddRoot(_settings.Sources.Mutation, typeof(T));

    public GraphQLServerBuilder AddSubscriptionType<T>() => AddRoot(_settings.Sources.Subscription, typeof(T));

    /// <summary>An object, interface, union or enum type, whether a field reaches it or not.</summary>
    public GraphQLServerBuilder AddType<T>()
    {
        _settings.Sources.Add(typeof(T));
        _settings.Sources.Declared.Add((typeof(T), IsInput: false));
        return this;
    }

    /// <summary>A C# interface or abstract class as an interface, without the attribute.</summary>
    public GraphQLServerBuilder AddInterfaceType<T>()
    {
        _settings.Interfaces.Add(typeof(T));
        return AddType<T>();
    }

    /// <summary>A C# interface or abstract class as a union, without the attribute.</summary>
    public GraphQLServerBuilder AddUnionType<T>()
    {
        _settings.Unions.Add(typeof(T));
        return AddType<T>();
    }

    public GraphQLServerBuilder AddInputObjectType<T>()
    {
        _settings.Sources.Declared.Add((typeof(T), IsInput: true));
        return this;
    }

    public GraphQLServerBuilder AddTypeExtension<T>() => AddTypes(typeof(T));

    /// <summary>Static classes cannot be type arguments.</summary>
    public GraphQLServerBuilder AddTypeExtension(Type type) => AddTypes(type);

    public GraphQLServerBuilder AddMutationConventions() => AddMutationConventions(new MutationConventionOptions());

    public GraphQLServerBuilder AddMutationConventions(MutationConventionOptions options)
    {
        _settings.Mutations = options;
        return this;
    }

    /// <summary>The C# interface whose properties every error has; the built-in one has message and code.</summary>
    public GraphQLServerBuilder AddErrorInterfaceType<T>()
    {
        _settings.ErrorInterface = typeof(T);
        return this;
    }

    public GraphQLServerBuilder AddMutationErrorSource(IMutationErrorSource source)
    {
        _settings.ErrorSources.Add(source);
        return this;
    }

    public GraphQLServerBuilder AddTransactionScopeHandler<T>()
        where T : class, ITransactionScopeHandler
    {
        Services.AddScoped<ITransactionScopeHandler, T>();
        return this;
    }

    /// <summary><c>Node</c>, <c>node</c> and <c>nodes</c> over all types with a [NodeResolver].</summary>
    public GraphQLServerBuilder AddGlobalObjectIdentification()
    {
        _settings.HasNodes = true;
        return this;
    }

    /// <summary>Filters need no switch; this says that they are meant, as in HotChocolate.</summary>
    public GraphQLServerBuilder AddFiltering() => this;

    public GraphQLServerBuilder AddFiltering(Func<FilterOptions, FilterOptions> modify)
    {
        _settings.Filtering = modify(_settings.Filtering);
        return this;
    }

    /// <summary>Orders need no switch; this says that they are meant, as in HotChocolate.</summary>
    public GraphQLServerBuilder AddSorting() => this;

    public GraphQLServerBuilder AddSorting(Func<SortOptions, SortOptions> modify)
    {
        _settings.Sorting = modify(_settings.Sorting);
        return this;
    }

    /// <summary>The policies that rules may name.</summary>
    public GraphQLServerBuilder AddAuthorization(Action<AuthorizationOptions> configure)
    {
        Services.AddLogging();
        Services.AddAuthorizationCore(configure);
        return this;
    }

    public GraphQLServerBuilder ModifyOptions(Func<ConventionOptions, ConventionOptions> modify)
    {
        _settings.Options = modify(_settings.Options);
        return this;
    }

    public GraphQLServerBuilder ModifyPagingOptions(Func<PagingOptions, PagingOptions> modify)
    {
        _settings.Paging = modify(_settings.Paging);
        return this;
    }

    /// <summary>Limits, gates, hooks of the executor.</summary>
    public GraphQLServerBuilder ConfigureExecution(Func<IServiceProvider, RequestExecutorOptions> options)
    {
        _execution = options;
        return this;
    }

    /// <summary>Values of the C# type travel as the scalar, whose own C# type they already have.</summary>
    public GraphQLServerBuilder BindRuntimeType<T>(string scalar)
    {
        _settings.Bindings[typeof(T)] = new ScalarBinding(scalar, Unwrap: null);
        return this;
    }

    /// <summary>Values of the C# type wrap one of the scalar: a struct with one constructor of that value.</summary>
    public GraphQLServerBuilder BindRuntimeType<T, TScalar>(string scalar, Expression<Func<T, TScalar>> unwrap) =>
        BindRuntimeType(typeof(T), scalar, unwrap);

    /// <summary>The same for types that are found by reflection, such as all typed ids of an assembly.</summary>
    public GraphQLServerBuilder BindRuntimeType(Type type, string scalar, LambdaExpression unwrap)
    {
        _settings.Bindings[type] = new ScalarBinding(scalar, unwrap);
        return this;
    }

    /// <summary>Topics in the memory of this process.</summary>
    public GraphQLServerBuilder AddInMemorySubscriptions()
    {
        Services.TryAddSingleton(_ => new InMemoryTopics(_settings.Options.TopicBufferCapacity));
        Services.TryAddSingleton<ITopicEventSender>(provider => provider.GetRequiredService<InMemoryTopics>());
        Services.TryAddSingleton<ITopicEventReceiver>(provider => provider.GetRequiredService<InMemoryTopics>());
        return this;
    }

    /// <summary>Changes the configuration after the classes are read and before rules are put in front of resolvers.</summary>
    public GraphQLServerBuilder ConfigureSchema(Action<SchemaBuilder> configure) =>
        ConfigureSchema((builder, _) => configure(builder));

    /// <summary>The same, for a configuration that asks the application's services what there is.</summary>
    public GraphQLServerBuilder ConfigureSchema(Action<SchemaBuilder, IServiceProvider> configure)
    {
        _settings.Configurations.Add(configure);
        return this;
    }

    private GraphQLServerBuilder AddRoot(List<Type> root, Type type)
    {
        _settings.Sources.Add(type);
        if (!root.Contains(type))
        {
            root.Add(type);
        }

        return this;
    }
}
