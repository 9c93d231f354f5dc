using System.Linq.Expressions;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions;

/// <summary>What was asked for while the server was configured.</summary>
internal sealed class ConventionSettings
{
    public TypeSources Sources { get; } = new();

    public ConventionOptions Options { get; set; } = new();

    public PagingOptions Paging { get; set; } = new();

    public FilterOptions Filtering { get; set; } = new();

    public SortOptions Sorting { get; set; } = new();

    public bool HasNodes { get; set; }

    /// <summary>Null leaves mutations as they are written.</summary>
    public MutationConventionOptions? Mutations { get; set; }

    public List<IMutationErrorSource> ErrorSources { get; } = [];

    /// <summary>The C# interface behind <c>Error</c>; null takes the built-in one.</summary>
    public Type? ErrorInterface { get; set; }

    /// <summary>Interface types without the attribute.</summary>
    public List<Type> Interfaces { get; } = [];

    /// <summary>Unions without the attribute.</summary>
    public List<Type> Unions { get; } = [];

    public Dictionary<Type, ScalarBinding> Bindings { get; } = [];

    /// <summary>Changes to the finished configuration, before rules are applied to it.</summary>
    public List<Action<SchemaBuilder, IServiceProvider>> Configurations { get; } = [];
}

/// <summary>A C# type that travels as a scalar.</summary>
internal sealed record ScalarBinding(string Scalar, LambdaExpression? Unwrap);
