using Platform.Api.Access;
using Platform.Api.Live.Feed;
using Platform.Api.Live.Rules;
using Platform.Domain.Kernel.Events;
using Platform.GraphQL.Conventions;
using Platform.GraphQL.Execution;

namespace Platform.Api.Live.Subscriptions;

/// <summary>The log, asked about one thing: each event is judged as it is for those who listen.</summary>
[QueryType]
internal static class HistoryQueries
{
    private const int Usual = 50;

    private const int Most = 200;

    /// <summary>
    /// What happened to one thing, the newest first, as far as the caller may hear of it and the log is kept. Reading on: before the
    /// version of the last one told.
    /// </summary>
    /// <param name="id">The thing: an item, a warehouse, a document.</param>
    /// <param name="before">Only what happened before it reached this version.</param>
    /// <param name="first">How many events, 1 to 200.</param>
    [Authorize("events.read"), ListSize(AssumedSize = Usual, SlicingArguments = ["first"], SlicingArgumentDefaultValue = Usual, RequireOneSlicingArgument = false)]
    public static async Task<IReadOnlyList<DomainEvent>> GetHistoryAsync(
        [ID] Guid id, int? before, int? first, EventHistory history, RequestContext request, CancellationToken ct)
    {
        var most = first ?? Usual;
        return most is >= 1 and <= Most
            ? await history.OfAsync(id, before ?? int.MaxValue, most, Principal.Of(request), ct)
            : throw new GraphQLException(new GraphQLError($"Between 1 and {Most} events can be asked for.")
            {
                Code = most < 1 ? ErrorCodes.PageTooSmall : ErrorCodes.PageTooLarge,
            });
    }
}

/// <summary>Reads what happened to one thing, and leaves out what is not for the reader.</summary>
internal sealed class EventHistory(EventReader log, EventRuleBook rules, Places places)
{
    private const int AtOnce = 200;

    /// <summary>Whoever may hear of almost nothing makes nobody read a log without end.</summary>
    private const int MostReads = 10;

    public async Task<IReadOnlyList<DomainEvent>> OfAsync(Guid subject, int before, int most, Principal reader, CancellationToken ct)
    {
        var told = new List<DomainEvent>();
        for (var reads = 0; reads < MostReads; reads++)
        {
            var some = await log.HistoryAsync(subject, before, AtOnce, ct);
            foreach (var published in some)
            {
                var one = await LiveEvent.OfAsync(published, rules, places, ct);
                if (one.IsFor(reader))
                {
                    told.Add(await DomainEvent.OfAsync(one, reader, ct));
                }

                if (told.Count == most)
                {
                    return told;
                }
            }

            if (some.Count < AtOnce)
            {
                return told;
            }

            before = some[^1].Version;
        }

        return told;
    }
}
