using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Conventions;

/// <summary>Answers a field for one parent; what stands around it calls the next.</summary>
public delegate ValueTask<object?> FieldDelegate(object? parent, FieldContext field, CancellationToken ct);

/// <summary>Puts code of your own around a resolver. Attributes nearer to the method run inside those above them.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public abstract class FieldMiddlewareAttribute : Attribute
{
    public abstract FieldDelegate Around(FieldDelegate next);
}
