using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Response;

namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>
/// A data layer takes over a field and the whole selection set below it. It is asked once per selection for all
/// parents, loads what it needs, and writes the values itself when the response reaches them.
/// </summary>
public abstract class PlannedResolver : FieldResolver
{
    public abstract ValueTask<PlannedSubtree> LoadAsync(
        ReadOnlyMemory<object?> parents, FieldContext field, CancellationToken ct);
}

/// <summary>What a planned field loaded.</summary>
public abstract class PlannedSubtree : IDisposable
{
    /// <summary>
    /// Writes the field's complete value for the parent at <paramref name="parent"/>, names and braces included. False
    /// says that the value is null and, in a non-null position, that the null must go on to the field's own parent;
    /// whatever was written is then erased. The field's own nullability is the caller's business.
    /// </summary>
    public abstract bool Write(int parent, SubtreeWriter output);

    /// <summary>Called once the response is written, or will not be.</summary>
    public abstract void Dispose();
}

/// <summary>Where a planned field writes its values and reports its errors.</summary>
public abstract class SubtreeWriter
{
    private protected SubtreeWriter(JsonWriter json)
    {
        Json = json;
    }

    public JsonWriter Json { get; }

    /// <summary>Enters a field of the subtree by its response name; errors below carry it in their path.</summary>
    public abstract void Enter(string responseName);

    /// <summary>Enters an element of a list, or moves on to it when called again before <see cref="Leave"/>.</summary>
    public abstract void Enter(int index);

    public abstract void Leave();

    /// <summary>An error at the place entered last; path and location are added here.</summary>
    public abstract void Report(GraphQLError error);

    /// <summary>
    /// Writes null for a field of the subtree that was entered, or with a depth of one for an element of its list. In a
    /// non-null place that is an error; false then hands the null to the parent, true where the request keeps nulls.
    /// </summary>
    public abstract bool WriteNull(Selection field, int depth);

    /// <summary>The same for a place whose value failed.</summary>
    public abstract bool Fail(Selection field, int depth, GraphQLError error);
}
