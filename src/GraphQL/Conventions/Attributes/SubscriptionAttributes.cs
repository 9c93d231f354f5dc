namespace Platform.GraphQL.Conventions;

/// <summary>The method resolves a subscription field for each event of its topic.</summary>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class SubscribeAttribute : Attribute
{
    /// <summary>The method of the same class that opens the stream, where it is not the topic's.</summary>
    public string? With { get; init; }
}

/// <summary>
/// The topic a subscription listens to. <c>{name}</c> stands for an argument; on a parameter, the argument's value is
/// the topic. Without it the topic has the field's name.
/// </summary>
[AttributeUsage(AttributeTargets.Method | AttributeTargets.Parameter, Inherited = false)]
public sealed class TopicAttribute(string? name) : Attribute
{
    public TopicAttribute()
        : this(null)
    {
    }

    public string? Name { get; } = name;
}

/// <summary>The parameter is the event.</summary>
[AttributeUsage(AttributeTargets.Parameter, Inherited = false)]
public sealed class EventMessageAttribute : Attribute;

/// <summary>Where a subscriber left off; a parameter of a method that opens a stream. Null is a new subscriber.</summary>
public readonly record struct ResumePosition(string? Value);
