namespace Platform.GraphQL.Execution.Resolvers;

/// <summary>
/// How a field gets its value. §6.4.2 Value Resolution. There are five forms and no others:
/// <see cref="PureResolver"/> reads the parent while the response is written;
/// <see cref="SingleResolver"/> is asked once per parent;
/// <see cref="BatchResolver"/> is asked once per selection for all parents;
/// <see cref="PlannedResolver"/> takes over the selection set below the field and writes it;
/// <see cref="StreamResolver"/> is the source of a subscription.
/// </summary>
public abstract class FieldResolver
{
    private protected FieldResolver()
    {
    }
}
