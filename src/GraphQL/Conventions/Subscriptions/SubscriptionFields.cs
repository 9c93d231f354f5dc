using System.Reflection;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Conventions.Resolvers;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.Execution.Subscriptions;
using Platform.GraphQL.TypeSystem;

namespace Platform.GraphQL.Conventions.Subscriptions;

/// <summary>Methods as subscription fields: of a topic, of a method that opens a stream, or streams themselves.</summary>
internal sealed class SubscriptionFields(ReadingContext context)
{
    public void Read(MethodInfo method, object? target, ObjectTypeConfiguration subscription)
    {
        var subscribe = method.Mark<SubscribeAttribute>();
        var field = subscription.Field(Names.Member(method));
        TypeAnnotations.Describe(field, method);
        AuthorizationRules.Read(field, method);
        field.Metadata.Set(new FieldMember(method));
        var shape = ClrShape.OfResult(method);
        if (subscribe is null)
        {
            ReadStream(method, target, field, shape);
            return;
        }

        field.Type = context.Catalog.Output(shape, method);
        var draft = new FieldDraft(field, method, parentType: null, shape);
        var resolve = ResolverCompiler.Single(method, target, new ParameterBinder(draft, context));
        field.Resolver = subscribe.With is { } opener
            ? new MethodStream(Opening(method, opener, target, field), resolve)
            : new TopicStream(Topic(method, field), resolve);
    }

    /// <summary>Without [Subscribe] the method is the stream, and each element the field's value.</summary>
    private void ReadStream(MethodInfo method, object? target, FieldConfiguration field, ClrShape shape)
    {
        if (shape.Element is not { } element || ClrShape.Implements(shape.Type, typeof(IAsyncEnumerable<>)) is null)
        {
            context.Errors.Add(
                method, "it is no stream.", "Return IAsyncEnumerable<T>, or mark it with [Subscribe] and [Topic].");
            return;
        }

        field.Type = context.Catalog.Output(element, method);
        var draft = new FieldDraft(field, method, parentType: null, shape);
        field.Resolver = new MethodStream(
            ResolverCompiler.Single(method, target, new ParameterBinder(draft, context), StreamUse.Kept),
            static (message, _, _) => new ValueTask<object?>(message));
    }

    private FieldDelegate Opening(MethodInfo method, string name, object? target, FieldConfiguration field)
    {
        var opener = method.DeclaringType!.GetMethod(
            name, BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Static | BindingFlags.Instance);
        if (opener is null)
        {
            context.Errors.Add(method, $"there is no method {name}.", "Name one by [Subscribe(With = nameof(…))].");
            return static (_, _, _) => default;
        }

        var draft = new FieldDraft(field, opener, parentType: null, ClrShape.OfResult(opener));
        return ResolverCompiler.Single(
            opener, opener.IsStatic ? null : target, new ParameterBinder(draft, context), StreamUse.Kept);
    }

    /// <summary>The topic of a call: a fixed text, one with arguments in it, or an argument itself.</summary>
    private Func<FieldContext, string> Topic(MethodInfo method, FieldConfiguration field)
    {
        var parameter = Array.Find(method.GetParameters(), p => p.IsMarked<TopicAttribute>());
        if (parameter is not null)
        {
            var argument = Names.Argument(parameter);
            return call => TopicText.Of(call.Arguments[argument]);
        }

        var topic = method.Mark<TopicAttribute>()?.Name ?? field.Name;
        var parts = TopicText.Split(topic);
        foreach (var argument in parts.Where((_, i) => i % 2 == 1))
        {
            if (!field.Arguments.Exists(known => known.Name == argument))
            {
                context.Errors.Add(method, $"its topic names an argument \"{argument}\" that it has not.", "Add a parameter of that name.");
            }
        }

        return parts.Length == 1
            ? _ => topic
            : call => string.Concat(parts.Select((part, i) => i % 2 == 0 ? part : TopicText.Of(call.Arguments[part])));
    }
}

/// <summary>Events of a topic.</summary>
internal sealed class TopicStream(Func<FieldContext, string> topic, FieldDelegate resolve) : StreamResolver
{
    public override ValueTask<IEventSource> SubscribeAsync(FieldContext field, string? resumeFrom, CancellationToken ct) =>
        field.Service<ITopicEventReceiver>().SubscribeAsync(topic(field), resumeFrom, ct);

    public override ValueTask<object?> ResolveAsync(object? message, FieldContext field, CancellationToken ct) =>
        resolve(message, field, ct);
}

/// <summary>Events of whatever a method opens.</summary>
internal sealed class MethodStream(FieldDelegate open, FieldDelegate resolve) : StreamResolver
{
    public override async ValueTask<IEventSource> SubscribeAsync(
        FieldContext field, string? resumeFrom, CancellationToken ct) => await open(resumeFrom, field, ct) switch
        {
            IEventSource source => source,
            { } stream => SequenceSource.Of(stream),
            null => throw new InvalidOperationException($"{field.Selection.Field.Name} opened no stream."),
        };

    public override ValueTask<object?> ResolveAsync(object? message, FieldContext field, CancellationToken ct) =>
        resolve(message, field, ct);
}
