using Platform.GraphQL.DataLoading;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Tests.GraphQL.Execution;

/// <summary>§6.2.2 Mutation.</summary>
public sealed class MutationExecutionTests
{
    private readonly List<string> _log = [];
    private int _stock;

    private TestServer NewServer() =>
        new TestServer("type Query { a: Int } type Mutation { post(n: Int!): Balance } type Balance { stock: Int loaded: Int }")
            .ResolveAsync("Mutation.post", async (_, field, ct) =>
            {
                var n = field.Arguments.Get<int>("n");
                _log.Add($"begin {n}");
                await Task.Delay(10 - n, ct);
                _stock += n;
                _log.Add($"end {n}");
                return _stock;
            })
            .Resolve("Balance.stock", BatchResolver.From((batch, _, _) =>
            {
                _log.Add($"stock {_stock}");
                batch.Set(0, _stock);
                return ValueTask.CompletedTask;
            }))
            .ResolveAsync("Balance.loaded", async (_, field, _) =>
            {
                CurrentStock.Read = () => _stock;
                return await field.Loaders.Get<CurrentStock>().LoadAsync(1);
            });

    [Fact]
    public async Task Root_fields_run_one_after_the_other_each_with_all_below_it()
    {
        var answer = await NewServer().Run("mutation { a: post(n: 1) { stock } b: post(n: 2) { stock } c: post(n: 3) { stock } }");

        answer.ShouldBe("""{"data":{"a":{"stock":1},"b":{"stock":3},"c":{"stock":6}}}""");
        _log.ShouldBe(["begin 1", "end 1", "stock 1", "begin 2", "end 2", "stock 3", "begin 3", "end 3", "stock 6"]);
    }

    [Fact]
    public async Task What_was_loaded_before_a_root_field_is_loaded_again_after_it() =>
        (await NewServer().Run("mutation { a: post(n: 1) { loaded } b: post(n: 2) { loaded } }"))
        .ShouldBe("""{"data":{"a":{"loaded":1},"b":{"loaded":3}}}""");

    private sealed class CurrentStock(DataLoaderScope scope) : BatchDataLoader<int, int>(scope)
    {
        public static Func<int> Read { get; set; } = () => 0;

        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<int, int>>(keys.ToDictionary(key => key, _ => Read()));
    }
}
