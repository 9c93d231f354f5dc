using Microsoft.Extensions.DependencyInjection;
using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution;

namespace Platform.Tests.GraphQL.DataLoading;

public sealed class DataLoaderTests
{
    private readonly DataLoaderScope _scope = NewScope(TimeSpan.FromSeconds(2));

    [Fact]
    public async Task Keys_of_tasks_that_run_together_make_one_batch()
    {
        var loader = _scope.Get<Doubles>();

        var values = await RunTogether(10, i => loader.LoadAsync(i));

        values.ShouldBe(Enumerable.Range(0, 10).Select(i => i * 2));
        loader.Batches.ShouldBe(["0 1 2 3 4 5 6 7 8 9"]);
    }

    [Fact]
    public async Task A_batch_waits_for_a_task_that_does_something_else_first()
    {
        var loader = _scope.Get<Doubles>();

        await RunTogether(4, async i =>
        {
            if (i == 2)
            {
                await Task.Delay(20);
            }

            return await loader.LoadAsync(i);
        });

        loader.Batches.ShouldBe(["0 1 3 2"]);
    }

    [Fact]
    public async Task A_load_after_a_load_is_batched_again_over_all_tasks()
    {
        var loader = _scope.Get<Doubles>();

        var values = await RunTogether(3, async i => await loader.LoadAsync(100 + await loader.LoadAsync(i)));

        values.ShouldBe([200, 204, 208]);
        loader.Batches.ShouldBe(["0 1 2", "100 102 104"]);
    }

    [Fact]
    public async Task A_loader_that_uses_a_loader_batches_as_well()
    {
        var inner = _scope.Get<Doubles>();
        var outer = _scope.Get<Quadruples>();

        var values = await RunTogether(3, i => outer.LoadAsync(i));

        values.ShouldBe([0, 4, 8]);
        inner.Batches.ShouldBe(["0 1 2"]);
    }

    [Fact]
    public async Task The_same_key_is_fetched_once()
    {
        var loader = _scope.Get<Doubles>();

        await RunTogether(5, _ => loader.LoadAsync(7));
        await RunTogether(1, _ => loader.LoadAsync(7));

        loader.Batches.ShouldBe(["7"]);
    }

    [Fact]
    public async Task More_keys_than_a_batch_holds_become_several_batches()
    {
        var loader = _scope.Get<InThrees>();

        await RunTogether(7, i => loader.LoadAsync(i));

        loader.Batches.ShouldBe(["0 1 2", "3 4 5", "6"], ignoreOrder: true);
    }

    [Fact]
    public async Task A_load_outside_of_any_task_goes_at_once()
    {
        (await _scope.Get<Doubles>().LoadAsync(4)).ShouldBe(8);
    }

    [Fact]
    public async Task A_task_that_waits_for_another_tasks_load_does_not_hold_the_batch_for_ever()
    {
        var loader = _scope.Get<Doubles>();
        Task<int>? shared = null;

        var values = await RunTogether(2, i => shared ??= loader.LoadAsync(i));

        values.ShouldBe([0, 0]);
    }

    [Fact]
    public async Task A_missing_key_has_no_value_and_a_failing_batch_fails_all_its_keys()
    {
        var loader = _scope.Get<Doubles>();
        (await loader.LoadAsync(Doubles.Missing)).ShouldBe(0);

        var failing = RunTogether(2, i => loader.LoadAsync(Doubles.Failing + i));

        (await Should.ThrowAsync<InvalidOperationException>(failing)).Message.ShouldBe("no such luck");
    }

    [Fact]
    public async Task A_batch_that_takes_too_long_fails_with_the_timeout_code()
    {
        var scope = NewScope(TimeSpan.FromMilliseconds(30));

        var error = await Should.ThrowAsync<GraphQLException>(scope.Get<Never>().LoadAsync(1));

        error.Errors.Single().Code.ShouldBe(ErrorCodes.Timeout);
    }

    // G-54: what one caller loaded cannot be seen by another.
    [Fact]
    public async Task Scopes_share_nothing()
    {
        var other = NewScope(TimeSpan.FromSeconds(2));
        await _scope.Get<Doubles>().LoadAsync(1);

        await other.Get<Doubles>().LoadAsync(1);

        other.Get<Doubles>().Batches.ShouldBe(["1"]);
    }

    [Fact]
    public async Task A_hundred_runs_of_the_same_work_make_the_same_batches()
    {
        var seen = new HashSet<string>(StringComparer.Ordinal);
        for (var run = 0; run < 100; run++)
        {
            var scope = NewScope(TimeSpan.FromSeconds(2));
            var loader = scope.Get<Doubles>();
            await RunTogether(scope, 8, async i =>
            {
                await Task.Yield();
                return await loader.LoadAsync(1000 + await loader.LoadAsync(i));
            });
            seen.Add(string.Join('|', loader.Batches.Select(b => b.Split(' ').Length)));
        }

        seen.ShouldBe(["8|8"]);
    }

    private static DataLoaderScope NewScope(TimeSpan timeout) =>
        new(new ServiceCollection().BuildServiceProvider(), timeout, CancellationToken.None);

    private Task<int[]> RunTogether(int count, Func<int, Task<int>> work) => RunTogether(_scope, count, work);

    /// <summary>What an executor does with the resolvers of one level.</summary>
    private static async Task<int[]> RunTogether(DataLoaderScope scope, int count, Func<int, Task<int>> work)
    {
        var level = scope.Start();
        var tasks = Enumerable.Range(0, count).Select(async i =>
        {
            var task = scope.Start();
            try
            {
                return await DataLoaderScope.RunAsync(task, i, work);
            }
            finally
            {
                task.Finish();
            }
        }).ToArray();
        level.Finish();
        return await Task.WhenAll(tasks).WaitAsync(TimeSpan.FromSeconds(10));
    }

    private class Doubles(DataLoaderScope scope) : BatchDataLoader<int, int>(scope)
    {
        public const int Missing = -1;
        public const int Failing = 9000;

        public List<string> Batches { get; } = [];

        protected override async Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(
            IReadOnlyList<int> keys, CancellationToken ct)
        {
            lock (Batches)
            {
                Batches.Add(string.Join(' ', keys));
            }

            await Task.Yield();
            return keys[0] >= Failing
                ? throw new InvalidOperationException("no such luck")
                : keys.Where(key => key != Missing).ToDictionary(key => key, key => key * 2);
        }
    }

    private sealed class InThrees(DataLoaderScope scope) : Doubles(scope)
    {
        public override int MaxBatchSize => 3;
    }

    private sealed class Quadruples(DataLoaderScope scope) : BatchDataLoader<int, int>(scope)
    {
        protected override async Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(
            IReadOnlyList<int> keys, CancellationToken ct)
        {
            var halves = await Scoped.Get<Doubles>().LoadAsync(keys);
            return keys.Zip(halves).ToDictionary(pair => pair.First, pair => pair.Second * 2);
        }

        private DataLoaderScope Scoped { get; } = scope;
    }

    private sealed class Never(DataLoaderScope scope) : BatchDataLoader<int, int>(scope)
    {
        protected override async Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(
            IReadOnlyList<int> keys, CancellationToken ct)
        {
            await Task.Delay(Timeout.Infinite, ct);
            return new Dictionary<int, int>();
        }
    }
}
