using System.Collections;
using System.Collections.Frozen;
using Platform.Api.Live.Feed;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Resolvers;
using Platform.GraphQL.TypeSystem;

namespace Platform.Api.Live.Subscriptions;

/// <summary>What every stream can be told, and how its arguments are read.</summary>
internal static class StreamArguments
{
    private const string After = "after";

    private const string Throttle = "throttle";

    public static void Add(FieldConfiguration field)
    {
        field.Argument(After, "String").Description =
            "The position of the last event or snapshot seen; without it the stream starts now.";
        field.Argument(Throttle, "Int").Description =
            "Milliseconds to collect in, 100 to 60000: of each thing only the last is then told.";
    }

    public static ValueTask<IEventSource> OpenAsync(
        FieldContext field, string? resumeFrom, EventFilter filter, LiveMessages messages) =>
        field.Service<LiveSources>().OpenAsync(
            new StartingPoint(field.Arguments[After] as string, new ResumePosition(resumeFrom)),
            new LiveQuestion(filter, messages, LiveSources.Throttle(field.Arguments[Throttle] as int?)),
            field.Request);

    public static IEnumerable<string>? Texts(FieldContext field, string argument) =>
        (field.Arguments[argument] as IEnumerable)?.Cast<string>();

    public static IReadOnlySet<Guid>? Ids(FieldContext field, string argument, string typeName) =>
        Texts(field, argument)?.Select(text => IdOf(text, typeName)).ToFrozenSet();

    public static Guid? Id(FieldContext field, string argument, string typeName) =>
        field.Arguments[argument] is string text ? IdOf(text, typeName) : null;

    private static Guid IdOf(string text, string typeName) =>
        NodeIdFormat.TryRead(text, out var type, out var raw) && type == typeName
            && NodeIdFormat.Value(raw, typeof(Guid)) is Guid id
            ? id
            : throw new GraphQLException(new GraphQLError($"This is no id of the type {typeName}.") { Code = ErrorCodes.BadId });
}
