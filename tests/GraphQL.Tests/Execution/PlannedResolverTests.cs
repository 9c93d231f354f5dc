using Platform.GraphQL.Execution;
using Platform.GraphQL.Execution.Compilation;
using Platform.GraphQL.Execution.Resolvers;

namespace Platform.Tests.GraphQL.Execution;

/// <summary>A data layer that takes over whole selection sets.</summary>
public sealed class PlannedResolverTests
{
    private readonly List<string> _log = [];

    private TestServer NewServer() => new TestServer("""
        type Query { orders(first: Int!): [Order] shop: Shop order: Order! }
        type Shop { orders(first: Int!): [Order] name: String }
        type Order { id: Int! lines(first: Int = 2): [Line!] risk: Int! }
        type Line { sku: String }
        """)
        .Resolve("Query.orders", new Table(_log)).Resolve("Shop.orders", new Table(_log)).Resolve("Query.order", new Nothing())
        .Resolve("Query.shop", "north").Read<string, string>("Shop.name", shop => shop)
        .Resolve("Order.risk", BatchResolver.From((batch, _, _) =>
        {
            _log.Add($"risk of {batch.Count}");
            for (var i = 0; i < batch.Count; i++)
            {
                if (batch.Parent<int>(i) == 3)
                {
                    batch.Fail(i, new GraphQLError("no risk"));
                }
                else
                {
                    batch.Set(i, batch.Parent<int>(i) * 10);
                }
            }

            return ValueTask.CompletedTask;
        }));

    [Fact]
    public async Task It_sees_the_compiled_selections_their_names_and_arguments_and_writes_the_value()
    {
        (await NewServer().Run("query($n: Int) { shop { name mine: orders(first: 2) { no: id lines(first: $n) { sku } } } }", """{"n":1}"""))
            .ShouldBe("""{"data":{"shop":{"name":"north","mine":[{"no":1,"lines":[{"sku":"1-1"}]},{"no":2,"lines":[{"sku":"2-1"}]}]}}}""");
        _log.ShouldBe(["load 1 parents", "disposed"]);
    }

    [Fact]
    public async Task It_lets_the_engine_resolve_what_it_cannot_once_for_all_rows()
    {
        (await NewServer().Run("{ orders(first: 2) { risk id } }"))
            .ShouldBe("""{"data":{"orders":[{"risk":10,"id":1},{"risk":20,"id":2}]}}""");
        _log.ShouldBe(["load 1 parents", "risk of 2", "disposed"]);
    }

    [Fact]
    public async Task Its_errors_have_paths_and_its_nulls_propagate()
    {
        (await NewServer().Run("{ orders(first: 3) { id risk } }"))
            .ShouldBe("""{"errors":[{"message":"no risk","locations":[{"line":1,"column":25}],"path":["orders",2,"risk"]}],"data":{"orders":[{"id":1,"risk":10},{"id":2,"risk":20},null]}}""");
        (await NewServer().Run("{ order { id } }"))
            .ShouldBe("""{"errors":[{"message":"Cannot return null for non-nullable field Query.order.","locations":[{"line":1,"column":3}],"path":["order"],"extensions":{"code":"HC0018"}}],"data":null}""");
    }

    [Fact]
    public async Task A_plan_that_cannot_load_fails_its_field_only() =>
        (await NewServer().Run("{ orders(first: -1) { id } shop { name } }"))
        .ShouldBe("""{"errors":[{"message":"first must be positive","locations":[{"line":1,"column":3}],"path":["orders"]}],"data":{"orders":null,"shop":{"name":"north"}}}""");

    [Fact]
    public async Task What_the_engine_resolves_for_it_may_load_without_waiting_for_it()
    {
        var watch = System.Diagnostics.Stopwatch.StartNew();
        var server = NewServer().ResolveAsync(
            "Order.risk", async (parent, field, _) => await field.Loaders.Get<Tens>().LoadAsync((int)parent!));
        await server.Run("{ orders(first: 2) { risk } }");
        watch.Restart();

        (await server.Run("{ orders(first: 2) { risk } shop { orders(first: 2) { risk } } }"))
            .ShouldBe("""{"data":{"orders":[{"risk":10},{"risk":20}],"shop":{"orders":[{"risk":10},{"risk":20}]}}}""");
        watch.ElapsedMilliseconds.ShouldBeLessThan(250, "a batch that is held back until the stall guard takes longer");
    }

    [Theory]
    [InlineData(ErrorHandling.Propagate, """{"orders":[{"id":1},null]}""")]
    [InlineData(ErrorHandling.Null, """{"orders":[{"id":1},{"id":null}]}""")]
    public async Task It_need_not_know_what_a_null_does_to_its_surroundings(ErrorHandling mode, string data)
    {
        var plans = new Planned();
        var server = NewServer().Resolve("Query.orders", plans);
        for (var i = 0; i < 2; i++)
        {
            var answer = await server.Run(TestServer.Request("{ orders(first: 2) { id } }") with { OnError = mode });

            answer.ShouldBe(
                """{"errors":[{"message":"Cannot return null for non-nullable field Order.id.","locations":[{"line":1,"column":22}],"path":["orders",1,"id"],"extensions":{"code":"HC0018"}}],"data":""" +
                data + "}");
        }

        plans.Made.ShouldBe(1, "a repeated document is planned once");
    }

    /// <summary>One order with an id and one without.</summary>
    private sealed class Planned : PlannedResolver
    {
        public int Made { get; private set; }

        public override ValueTask<PlannedSubtree> LoadAsync(ReadOnlyMemory<object?> parents, FieldContext field, CancellationToken ct) =>
            ValueTask.FromResult<PlannedSubtree>(field.Selection.Plan(selection =>
            {
                Made++;
                return new HalfEmpty(selection);
            }));

        private sealed class HalfEmpty(Selection orders) : PlannedSubtree
        {
            private readonly Selection _id = orders.Children!.For(orders.Children.PossibleTypes[0]).Selections[0];

            public override bool Write(int parent, SubtreeWriter output)
            {
                output.Json.WriteRaw("[{\"id\":1},"u8);
                output.Enter(1);
                var start = output.Json.Position;
                output.Json.WriteRaw("{\"id\":"u8);
                output.Enter("id");
                var isKept = output.WriteNull(_id, depth: 0);
                output.Leave();
                if (isKept)
                {
                    output.Json.WriteRaw("}"u8);
                }
                else
                {
                    output.Json.Rewind(start);
                    output.Json.WriteNull();
                }

                output.Leave();
                output.Json.WriteRaw("]"u8);
                return true;
            }

            public override void Dispose()
            {
            }
        }
    }

    private sealed class Tens(Platform.GraphQL.DataLoading.DataLoaderScope scope)
        : Platform.GraphQL.DataLoading.BatchDataLoader<int, int>(scope)
    {
        protected override Task<IReadOnlyDictionary<int, int>> LoadBatchAsync(IReadOnlyList<int> keys, CancellationToken ct) =>
            Task.FromResult<IReadOnlyDictionary<int, int>>(keys.ToDictionary(key => key, key => key * 10));
    }

    private sealed class Table(List<string> log) : PlannedResolver
    {
        public override async ValueTask<PlannedSubtree> LoadAsync(
            ReadOnlyMemory<object?> parents, FieldContext field, CancellationToken ct)
        {
            log.Add($"load {parents.Length} parents");
            var count = field.Arguments.Get<int>("first");
            if (count < 0)
            {
                throw new GraphQLException("first must be positive");
            }

            await Task.Yield();
            var set = field.Selection.Children!.For(field.Selection.Children.PossibleTypes[0]);
            var ids = Enumerable.Range(1, count).Cast<object?>().ToArray();
            var resolved = new Dictionary<Selection, ResolvedSelection>();
            foreach (var selection in set.Selections.Where(selection => selection.Field.Name == "risk"))
            {
                resolved[selection] = await field.ResolveAsync(selection, ids);
            }

            return new Rows(set, count, resolved, selection => field.ArgumentsOf(selection).Get<int>("first"), log);
        }
    }

    private sealed class Rows(
        SelectionSet set,
        int count,
        Dictionary<Selection, ResolvedSelection> resolved,
        Func<Selection, int> first,
        List<string> log) : PlannedSubtree
    {
        public override bool Write(int parent, SubtreeWriter output)
        {
            output.Json.WriteRaw((byte)'[');
            for (var i = 0; i < count; i++)
            {
                output.Json.WriteRaw(i == 0 ? ""u8 : ","u8);
                output.Enter(i);
                var start = output.Json.Position;
                if (!WriteOrder(i, output))
                {
                    output.Json.Rewind(start);
                    output.Json.WriteNull();
                }
            }

            output.Leave();
            output.Json.WriteRaw((byte)']');
            return true;
        }

        public override void Dispose() => log.Add("disposed");

        private bool WriteOrder(int row, SubtreeWriter output)
        {
            var isFirst = true;
            output.Json.WriteRaw((byte)'{');
            foreach (var selection in set.Selections)
            {
                output.Json.WriteRaw(isFirst ? ""u8 : ","u8);
                isFirst = false;
                output.Json.WriteRaw(selection.JsonName);
                output.Enter(selection.ResponseName);
                if (resolved.TryGetValue(selection, out var values))
                {
                    if (!values.Write(row, output))
                    {
                        output.Leave();
                        return false;
                    }
                }
                else if (selection.Field.Name == "id")
                {
                    output.Json.WriteNumber(row + 1);
                }
                else
                {
                    output.Json.WriteRaw((byte)'[');
                    for (var line = 1; line <= first(selection); line++)
                    {
                        output.Json.WriteRaw(line == 1 ? "{\"sku\":"u8 : ",{\"sku\":"u8);
                        output.Json.WriteString($"{row + 1}-{line}");
                        output.Json.WriteRaw((byte)'}');
                    }

                    output.Json.WriteRaw((byte)']');
                }

                output.Leave();
            }

            output.Json.WriteRaw((byte)'}');
            return true;
        }
    }

    private sealed class Nothing : PlannedResolver
    {
        public override ValueTask<PlannedSubtree> LoadAsync(ReadOnlyMemory<object?> parents, FieldContext field, CancellationToken ct) =>
            ValueTask.FromResult<PlannedSubtree>(new None());

        private sealed class None : PlannedSubtree
        {
            public override bool Write(int parent, SubtreeWriter output) => false;

            public override void Dispose()
            {
            }
        }
    }
}
