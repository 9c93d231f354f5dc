using System.Globalization;
using System.Runtime.CompilerServices;
using Platform.GraphQL.Conventions.Reading;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.GraphQL.Conventions.Subscriptions;

/// <summary>A sequence without positions as a source of events; it belongs to one subscriber.</summary>
internal static class SequenceSource
{
    public static IEventSource Of(object sequence)
    {
        var element = ClrShape.Implements(sequence.GetType(), typeof(IAsyncEnumerable<>))?.GetGenericArguments()[0]
            ?? throw new InvalidOperationException($"{TypeText.Of(sequence.GetType())} is no stream of events.");
        return (IEventSource)Activator.CreateInstance(typeof(SequenceSource<>).MakeGenericType(element), sequence)!;
    }
}

internal sealed class SequenceSource<T>(IAsyncEnumerable<T> sequence) : IEventSource
{
    public string? SharingKey => null;

    public IAsyncEnumerator<SourceEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) =>
        ReadAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async IAsyncEnumerable<SourceEvent> ReadAsync([EnumeratorCancellation] CancellationToken ct)
    {
        await foreach (var item in sequence.WithCancellation(ct))
        {
            yield return item is SourceEvent positioned ? positioned : new SourceEvent(item, Position: null);
        }
    }
}

/// <summary>Topics with arguments in braces.</summary>
internal static class TopicText
{
    /// <summary>Texts at even places, names of arguments at odd ones.</summary>
    public static string[] Split(string topic) => topic.Split('{', '}');

    public static string Of(object? value) => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "";
}
