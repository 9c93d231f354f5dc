namespace Platform.GraphQL.Execution.Subscriptions;

/// <summary>
/// A subscription that goes on when its caller changes: what was made for who they were and is not sent yet is dropped,
/// and the source is opened again, after the last position they saw, as who they are now.
/// </summary>
internal sealed class FollowedSubscription(
    SharedSubscriptions subscriptions, Func<RequestContext, CurrentCaller?> now, SubscribedOperation asked, RequestContext context)
    : ResponseStream
{
    private Subscriber? _current;

    public override ResponseStreamKind Kind => ResponseStreamKind.Subscription;

    public override string? Position => Volatile.Read(ref _current)?.Position;

    /// <exception cref="GraphQLException">The source refuses; it is a request error.</exception>
    public ValueTask OpenAsync() => OpenAsync(asked.Request.ResumeFrom);

    public override async IAsyncEnumerator<OperationResult> GetAsyncEnumerator(CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var current = _current!;
            await foreach (var result in current.WithCancellation(cancellationToken))
            {
                yield return result;
            }

            if (!current.IsOutdated)
            {
                yield break;
            }

            if (await RefusalToContinueAsync() is { } refusal)
            {
                yield return refusal;
                yield break;
            }
        }
    }

    public override ValueTask DisposeAsync() => _current?.DisposeAsync() ?? ValueTask.CompletedTask;

    private async ValueTask OpenAsync(string? after)
    {
        var request = asked with { Request = asked.Request with { ResumeFrom = after } };
        if (now(context) is not { } caller)
        {
            Volatile.Write(ref _current, await subscriptions.OpenAsync(request, context));
            return;
        }

        var opened = await subscriptions.OpenAsync(request, context.As(caller));
        Volatile.Write(ref _current, opened);
        opened.EndOnChange(caller.Changed);
    }

    private async ValueTask<OperationResult?> RefusalToContinueAsync()
    {
        var position = _current!.Position;
        await _current.DisposeAsync();
        try
        {
            await OpenAsync(position);
            return null;
        }
        catch (GraphQLException refused)
        {
            return SubscriptionMessage.Of(refused.Errors[0], position: null).ToResult();
        }
#pragma warning disable CA1031 // The outermost frame of the opening: the fault is reported and the subscriber is told.
        catch (Exception fault) when (fault is not OperationCanceledException)
#pragma warning restore CA1031
        {
            return SubscriptionMessage.Of(subscriptions.Mask(fault, asked, context), position: null).ToResult();
        }
    }
}
