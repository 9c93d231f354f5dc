using Platform.Domain.Kernel;

namespace Platform.Tests.Support;

/// <summary>What came back from a hammering, in the order of the callers.</summary>
public sealed record Hammered<TEvent>(IReadOnlyList<Result<TEvent>> Results, IReadOnlyList<Exception> Faults)
    where TEvent : notnull
{
    public int Succeeded => Results.Count(result => result.Error is null && !result.IsReplay);

    public int Replayed => Results.Count(result => result.IsReplay);

    public IEnumerable<string> Codes =>
        Results.Where(result => result.Error is not null).Select(result => result.Error!.Code);
}

/// <summary>Fires commands at the same instant, as impatient people and retrying clients do .</summary>
public static class Hammer
{
    /// <summary>The usual width: more than the cores and the hot rows of any test.</summary>
    public const int Width = 16;

    /// <summary>The same request 16-fold, each with its own key or all with one, as <paramref name="request"/> decides.</summary>
    public static async Task<Hammered<TEvent>> FireAsync<TEvent>(
        int width, Func<int, Task<Result<TEvent>>> request)
        where TEvent : notnull
    {
        var ready = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var results = new List<Result<TEvent>>();
        var faults = new List<Exception>();
        var callers = Enumerable.Range(0, width).Select(caller => Task.Run(async () =>
        {
            await ready.Task;
            return await request(caller);
        })).ToList();
        ready.SetResult();
        foreach (var caller in callers)
        {
            try
            {
                results.Add(await caller);
            }
            catch (Exception fault)
            {
                faults.Add(fault);
            }
        }

        return new Hammered<TEvent>(results, faults);
    }
}
